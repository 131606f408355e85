import { fileName } from '../writing/fileName.ts';
import { withFrontMatter } from '../writing/frontMatterText.ts';
import { toPlainText } from '../writing/templates.ts';
import { keptFields } from '../writing/writtenSuite.ts';
import type { Writer } from '../writing/writer.ts';

export const markdown: Writer = {
	id: 'markdown',
	label: 'Markdown',
	parts: [],
	write: ({ draft }, findings) => [
		{
			path: `${fileName(draft.name)}.md`,
			text: withFrontMatter(keptFields('markdown', draft.origin), toPlainText(draft.text, findings)),
		},
	],
};
