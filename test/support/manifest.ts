// Writes the kinds of providers, as src/providers/all.ts lists them, into package.json and package.nls.json.
import { readFileSync, writeFileSync } from 'node:fs';
import { providerKinds } from '../../src/providers/all.ts';
import { manifestOfKinds } from './manifestOfKinds.ts';

const [manifest = '', texts = ''] = ['package.json', 'package.nls.json'].map((file) => readFileSync(file, 'utf8'));
const written = manifestOfKinds(providerKinds, manifest, texts);
writeFileSync('package.json', written.manifest);
writeFileSync('package.nls.json', written.texts);
