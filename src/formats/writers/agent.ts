import * as l10n from '@vscode/l10n';
import { fileName } from '../writing/fileName.ts';
import { withFrontMatter } from '../writing/frontMatterText.ts';
import { toPlainText } from '../writing/templates.ts';
import { keptFields } from '../writing/writtenSuite.ts';
import type { Writer } from '../writing/writer.ts';

export const agent: Writer = {
	id: 'agent',
	label: 'Custom agent (.agent.md)',
	parts: ['description', 'model', 'tools'],
	write({ draft }, findings) {
		findings.changed(
			draft.name,
			l10n.t(
				'The editor puts the text before the message of the user, instead of sending it as the system message',
			),
		);
		const tools = draft.tools.length === 0 ? undefined : draft.tools.map(({ name }) => name);
		if (draft.tools.some(({ description }) => description !== '')) {
			findings.dropped('tools', l10n.t('Only the names of tools are written: the editor has its own'));
		}
		return [
			{
				path: `${fileName(draft.name)}.agent.md`,
				text: withFrontMatter(
					{
						name: draft.name,
						description: draft.description,
						model: draft.model,
						tools,
						...keptFields('agent', draft.origin),
					},
					toPlainText(draft.text, findings),
				),
			},
		];
	},
};
