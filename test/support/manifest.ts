// Writes the kinds of providers, as src/providers/all.ts lists them, and the lint rules, as src/prompts/lint/rules.ts lists
// them, into package.json and package.nls.json, and the JSON Schemas of test suites and of tools into media/schemas.
import { readFileSync, writeFileSync } from 'node:fs';
import { lintRules } from '../../src/prompts/lint/rules.ts';
import { providerKinds } from '../../src/providers/all.ts';
import { graders } from '../../src/suites/graders/all.ts';
import { promptToolsSchema } from '../../src/suites/promptToolsSchema.ts';
import { suiteSchema } from '../../src/suites/suiteSchema.ts';
import { manifestOfKinds } from './manifestOfKinds.ts';
import { manifestOfRules } from './manifestOfRules.ts';

const [manifest = '', texts = ''] = ['package.json', 'package.nls.json'].map((file) => readFileSync(file, 'utf8'));
const withKinds = manifestOfKinds(providerKinds, manifest, texts);
const written = manifestOfRules(lintRules, withKinds.manifest, withKinds.texts);
writeFileSync('package.json', written.manifest);
writeFileSync('package.nls.json', written.texts);
for (const [name, schema] of [
	['prompttest', suiteSchema(graders)],
	['prompttools', promptToolsSchema],
] as const) {
	writeFileSync(`media/schemas/${name}.schema.json`, `${JSON.stringify(schema, undefined, '\t')}\n`);
}
