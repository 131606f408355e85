import { mutantsOf } from './mutant.ts';

/** The lint: what it may cost, and what it must not miss. */
export const lintMutants = mutantsOf('src/prompts/lint', 'unit', [
	{
		name: 'a prompt of any length is linted in full',
		file: 'lintPrompt.ts',
		from: 'text.slice(0, maxLinted)',
		to: 'text',
		tests: ['prompts/lint/rules/tooLong'],
	},
	{
		name: 'every rule is compared with every other',
		file: 'rules/duplicateRule.ts',
		from: 'if (known.length > mostCandidates) {',
		to: 'if (known.length < 0) {',
		tests: ['prompts/lint/rules/duplicateRule'],
	},
	{
		name: 'a character that changes the direction of the text is a mere warning',
		file: 'rules/invisibleCharacter.ts',
		from: '...(changesDirection && ',
		to: '...(!changesDirection && ',
		tests: ['prompts/lint/rules/invisibleCharacter'],
	},
	{
		name: 'secrets in code blocks are not found',
		file: 'rules/secret.ts',
		from: '*check({ text }) {',
		to: '*check({ prose: text }) {',
		tests: ['prompts/lint/rules/secret'],
	},
]);
