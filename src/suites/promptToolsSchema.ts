import type { JsonSchema } from '../common/tools.ts';
import { promptTool } from './reading/fields.ts';

/**
 * The JSON Schema (draft 7) of the tools of a draft, for completion and problems in editors. `npm run manifest` writes it
 * to media/schemas.
 */
export const promptToolsSchema: JsonSchema = {
	$schema: 'http://json-schema.org/draft-07/schema#',
	title: 'Tools of a prompt in Prompt Workshop',
	type: 'array',
	items: promptTool,
	// Known to VS Code.
	defaultSnippets: [
		{
			label: 'A tool with results',
			description: 'One result by arguments, and one for other calls.',
			body: [
				{
					name: '${1:get_order}',
					description: '${2:Returns an order by its number.}',
					inputSchema: {
						type: 'object',
						properties: { '${3:id}': { type: 'string' } },
						required: ['${3:id}'],
					},
					result: '${4:not found}',
					results: [{ when: { '${3:id}': '${5:7}' }, result: { state: '${6:shipped}' } }],
				},
			],
		},
	],
};
