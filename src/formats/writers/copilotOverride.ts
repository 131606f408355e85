import { fileName } from '../writing/fileName.ts';
import { toPlainText } from '../writing/templates.ts';
import { yamlText } from '../writing/yamlText.ts';
import type { Writer } from '../writing/writer.ts';

/** The file that Copilot Chat's setting `promptOverrideFile` names. */
export const copilotOverride: Writer = {
	id: 'copilot-override',
	label: 'Copilot prompt override (.yaml)',
	parts: ['tools'],
	write({ draft }, findings) {
		const described = draft.tools.filter(({ description }) => description !== '');
		const toolDescriptions = Object.fromEntries(described.map(({ name, description }) => [name, { description }]));
		const content = {
			systemPrompt: toPlainText(draft.text, findings),
			...(described.length > 0 && { toolDescriptions }),
		};
		return [{ path: `${fileName(draft.name)}.override.yaml`, text: yamlText(content) }];
	},
};
