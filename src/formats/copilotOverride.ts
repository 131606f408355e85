import * as l10n from '@vscode/l10n';
import type { Format } from './imported.ts';
import { Findings } from './reading/findings.ts';
import { brokenAt } from './reading/foreignFile.ts';
import { isRecord, scalarText } from './reading/values.ts';
import { asLiteral } from './template/literal.ts';

/** The file that Copilot Chat's setting `promptOverrideFile` names. */
export const copilotOverride: Format = {
	id: 'copilot-override',
	label: 'Copilot prompt override',
	detect: ({ data }) =>
		isRecord(data) &&
		typeof data['systemPrompt'] === 'string' &&
		Object.keys(data).every((key) => key === 'systemPrompt' || key === 'toolDescriptions')
			? 0.9
			: 0,
	read(file) {
		const findings = new Findings();
		const root = file.requireYaml();
		const value = root.value();
		const prompt = isRecord(value) ? scalarText(value['systemPrompt']) : undefined;
		if (!isRecord(value) || prompt === undefined) {
			throw brokenAt(file.positionAt(root.start), l10n.t('The file has no "systemPrompt"'));
		}
		const descriptions = isRecord(value['toolDescriptions']) ? value['toolDescriptions'] : {};
		const tools = Object.entries(descriptions).map(([name, tool]) => ({
			name,
			description: isRecord(tool) ? (scalarText(tool['description']) ?? '') : '',
			inputSchema: {},
		}));
		if (tools.length > 0) {
			findings.changed(
				'toolDescriptions',
				l10n.t('The file only describes these tools: add their arguments, and results for tests'),
			);
		}
		return {
			format: 'copilot-override',
			drafts: [
				{
					name: file.stem,
					text: asLiteral(prompt.trimEnd()),
					kind: 'agent',
					variables: [],
					tools,
					promptRole: 'system',
				},
			],
			suites: [],
			fixtures: [],
			report: findings.report(),
		};
	},
};
