// Writes the kinds of providers, as src/providers/all.ts lists them, and the lint rules, as src/prompts/lint/rules.ts lists
// them, into package.json and package.nls.json, and the JSON Schema of test suites into media/schemas.
import { readFileSync, writeFileSync } from 'node:fs';
import { lintRules } from '../../src/prompts/lint/rules.ts';
import { providerKinds } from '../../src/providers/all.ts';
import { graders } from '../../src/suites/graders/all.ts';
import { suiteSchema } from '../../src/suites/suiteSchema.ts';
import { manifestOfKinds } from './manifestOfKinds.ts';
import { manifestOfRules } from './manifestOfRules.ts';

const [manifest = '', texts = ''] = ['package.json', 'package.nls.json'].map((file) => readFileSync(file, 'utf8'));
const withKinds = manifestOfKinds(providerKinds, manifest, texts);
const written = manifestOfRules(lintRules, withKinds.manifest, withKinds.texts);
writeFileSync('package.json', written.manifest);
writeFileSync('package.nls.json', written.texts);
writeFileSync('media/schemas/prompttest.schema.json', `${JSON.stringify(suiteSchema(graders), undefined, '\t')}\n`);
