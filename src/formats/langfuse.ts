import * as l10n from '@vscode/l10n';
import type { Format } from './imported.ts';
import { chatDraft } from './messages/chatDraft.ts';
import { Findings } from './reading/findings.ts';
import { brokenAt } from './reading/foreignFile.ts';
import { originOf, safeParameters } from './reading/parameters.ts';
import { isRecord, scalarText, type Fields } from './reading/values.ts';

const read = new Set([
	'name',
	'type',
	'prompt',
	'config',
	'id',
	'createdAt',
	'updatedAt',
	'projectId',
	'createdBy',
	'isActive',
	'resolutionGraph',
]);

/** A prompt as Langfuse's API returns it. */
export const langfuse: Format = {
	id: 'langfuse',
	label: 'Langfuse prompt',
	detect: ({ json }) =>
		isRecord(json) && (json['type'] === 'text' || json['type'] === 'chat') && 'prompt' in json && 'name' in json
			? 0.9
			: 0,
	read(file) {
		const findings = new Findings();
		const json = file.requireJson() as Fields;
		const path = scalarText(json['name']) ?? file.stem;
		const name = path.slice(path.lastIndexOf('/') + 1);
		if (name !== path) {
			findings.changed(path, l10n.t('Its folder is not part of the name of a draft'));
		}
		const found = chatDraft(name, json['prompt'], 'user', findings);
		if (!found) {
			throw brokenAt({ line: 1, column: 1 }, l10n.t('There is no message of the system or the user'));
		}
		const { model, ...config } = isRecord(json['config']) ? json['config'] : {};
		const draft = {
			...found.draft,
			...(scalarText(model) !== undefined && { model: scalarText(model) ?? '' }),
			...safeParameters(config, findings),
			...originOf(
				'langfuse',
				Object.fromEntries(Object.entries(json).filter(([, value]) => value !== null)),
				read,
				findings,
				() => undefined,
			),
		};
		return { format: 'langfuse', drafts: [draft], suites: found.suites, fixtures: [], report: findings.report() };
	},
};
