import { fileName } from '../writing/fileName.ts';
import { withFrontMatter } from '../writing/frontMatterText.ts';
import { toPlainText } from '../writing/templates.ts';
import { keptFields } from '../writing/writtenSuite.ts';
import type { Writer } from '../writing/writer.ts';

export const instructions: Writer = {
	id: 'instructions',
	label: 'Instructions (.instructions.md)',
	parts: ['description'],
	write: ({ draft }, findings) => [
		{
			path: `${fileName(draft.name)}.instructions.md`,
			text: withFrontMatter(
				{ name: draft.name, description: draft.description, ...keptFields('instructions', draft.origin) },
				toPlainText(draft.text, findings),
			),
		},
	],
};
