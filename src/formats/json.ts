import * as l10n from '@vscode/l10n';
import { promptKinds, type PromptKind } from '../common/model.ts';
import { readPromptMetadata } from '../prompts/promptMetadata.ts';
import type { Format, ImportedDraft } from './imported.ts';
import { Findings } from './reading/findings.ts';
import { brokenAt } from './reading/foreignFile.ts';
import { originOf, safeParameters } from './reading/parameters.ts';
import { isRecord, recordsOf, scalarText, textsOf, type Fields } from './reading/values.ts';

const read = new Set([
	'name',
	'description',
	'text',
	'kind',
	'variables',
	'tools',
	'promptRole',
	'model',
	'parameters',
	'questions',
	'origin',
]);

/** Our own export of a prompt and its suites. */
export const json: Format = {
	id: 'json',
	label: 'JSON of Prompt Workshop',
	detect: ({ json: value }) => (isRecord(value) && value['promptWorkshop'] === 1 ? 1 : 0),
	read(file) {
		const findings = new Findings();
		const value = file.requireJson() as Fields;
		const written = isRecord(value['draft']) ? value['draft'] : {};
		if (typeof written['text'] !== 'string') {
			throw brokenAt({ line: 1, column: 1 }, l10n.t('The file has no text of a prompt'));
		}
		const suites = recordsOf(value['suites']).flatMap(({ name, text }) =>
			typeof name === 'string' && typeof text === 'string' ? [{ name, text }] : [],
		);
		return {
			format: 'json',
			drafts: [readDraft(written, written['text'], file.stem, findings)],
			suites,
			fixtures: [],
			report: findings.report(),
		};
	},
};

function readDraft(written: Fields, text: string, stem: string, findings: Findings): ImportedDraft {
	const { variables, tools, promptRole } = readPromptMetadata({
		variables: written['variables'],
		tools: written['tools'],
		promptRole: written['promptRole'],
	});
	const description = scalarText(written['description']);
	const model = scalarText(written['model']);
	const questions = textsOf(written['questions']);
	const origin = isRecord(written['origin']) ? written['origin'] : {};
	const format = scalarText(origin['format']);
	for (const field of Object.keys(written).filter((one) => !read.has(one))) {
		findings.dropped(field, l10n.t('A draft has no place for it'));
	}
	const kept =
		format !== undefined && isRecord(origin['fields'])
			? originOf(format, origin['fields'], new Set(), findings, () => undefined)
			: {};
	const kind = promptKinds.find((one): one is PromptKind => one === written['kind']) ?? 'assistant';
	return {
		name: scalarText(written['name']) ?? stem,
		...(description !== undefined && { description }),
		text,
		kind,
		variables,
		tools,
		promptRole,
		...(model !== undefined && { model }),
		...safeParameters(written['parameters'], findings),
		...(questions.length > 0 && { questions }),
		...kept,
	};
}
