import { fileName } from '../writing/fileName.ts';
import type { Writer } from '../writing/writer.ts';

/** Everything about a prompt and its suites, without loss. */
export const json: Writer = {
	id: 'json',
	label: 'JSON',
	parts: ['description', 'model', 'parameters', 'questions', 'tools', 'cases'],
	write: ({ draft, suites }) => [
		{
			path: `${fileName(draft.name)}.json`,
			text: `${JSON.stringify({ promptWorkshop: 1, draft, suites }, undefined, '\t')}\n`,
		},
	],
};
