import * as l10n from '@vscode/l10n';
import type { Format } from './imported.ts';
import { chatDraft } from './messages/chatDraft.ts';
import { Findings } from './reading/findings.ts';
import { brokenAt } from './reading/foreignFile.ts';
import { originOf, safeParameters } from './reading/parameters.ts';
import { isRecord, scalarText, type Fields } from './reading/values.ts';

const read = new Set([
	'name',
	'template',
	'model_config',
	'description',
	'creation_timestamp',
	'last_updated_timestamp',
	'uri',
]);

/** A version of a prompt of MLflow's registry, as JSON. */
export const mlflow: Format = {
	id: 'mlflow',
	label: 'MLflow prompt version',
	detect: ({ json }) => (isRecord(json) && 'template' in json && 'version' in json && 'name' in json ? 0.8 : 0),
	read(file) {
		const findings = new Findings();
		const json = file.requireJson() as Fields;
		const found = chatDraft(scalarText(json['name']) ?? file.stem, json['template'], 'user', findings);
		if (!found) {
			throw brokenAt({ line: 1, column: 1 }, l10n.t('There is no message of the system or the user'));
		}
		const { model_name: model, provider, ...config } = isRecord(json['model_config']) ? json['model_config'] : {};
		const name = scalarText(model);
		const vendor = provider === 'openai' || provider === 'anthropic' ? `${provider}/` : '';
		const description = scalarText(json['description']);
		const draft = {
			...found.draft,
			...(description !== undefined && { description }),
			...(name !== undefined && { model: vendor + name }),
			...safeParameters(config, findings),
			...originOf('mlflow', json, read, findings, () => undefined),
		};
		return { format: 'mlflow', drafts: [draft], suites: found.suites, fixtures: [], report: findings.report() };
	},
};
