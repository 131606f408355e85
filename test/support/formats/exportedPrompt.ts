import type { Exported } from '../../../src/formats/writing/writer.ts';
import { suiteText } from '../../../src/formats/suiteText.ts';

/** A prompt with everything that some format can say. */
export const exportedPrompt: Exported = {
	draft: {
		name: 'Mail sorter',
		description: 'Sorts the mail of a team',
		text: 'You sort the mail of {{team}}.\n\nRules:\n{{#rules}}\n- {{.}}\n{{/rules}}\nAnswer with one of bill, offer; keep \\{{braces}}.',
		kind: 'agent',
		variables: [
			{ name: 'team', type: 'text', default: 'Kiwi', note: 'who reads it' },
			{ name: 'rules', type: 'json', default: '["short"]' },
			{ name: 'mail', type: 'text' },
		],
		tools: [{ name: 'find', description: 'Finds a mail', inputSchema: { type: 'object' } }],
		promptRole: 'system',
		model: 'openai/gpt-5-mini',
		parameters: { temperature: 0.2 },
		questions: ['{{mail}}'],
		origin: { format: 'skill', fields: { license: 'MIT' } },
	},
	suites: [
		{
			name: 'Mail',
			text: suiteText({
				models: ['openai/gpt-5-mini'],
				defaults: {
					query: '{{mail}}',
					repeat: 2,
					assert: [{ type: 'icontains', value: '{{team | upper}}', metric: 'team' }],
				},
				cases: [
					{
						name: 'a bill',
						vars: { mail: 'Please pay' },
						expected: 'bill',
						assert: [
							{ type: 'equals', value: '{{expected}}' },
							{ type: 'llm-rubric', value: 'It is polite.' },
							{ type: 'max-tool-calls', value: 1 },
						],
					},
					{ name: 'own question', query: 'What is "{{team}}"?', output: 'A team' },
				],
			}),
		},
	],
};
