import * as l10n from '@vscode/l10n';
import { contentText, type PromptMessage } from '../messages/promptOfMessages.ts';
import type { Sample } from '../messages/samples.ts';
import type { Findings } from '../reading/findings.ts';
import { isRecord, recordsOf, scalarText, textsOf, type Fields } from '../reading/values.ts';

const read = new Set([
	'input',
	'target',
	'id',
	'choices',
	'metadata',
	'epoch',
	'messages',
	'output',
	'scores',
	'store',
	'events',
	'model_usage',
]);

/** A sample of a data set or log of Inspect, by `number` if it has no id. */
export function inspectSample(row: Fields, number: number, line: number | undefined, findings: Findings): Sample {
	const input: Fields[] =
		typeof row['input'] === 'string' ? [{ role: 'user', content: row['input'] }] : recordsOf(row['input']);
	const id = scalarText(row['id']) ?? String(number);
	const target = textsOf(row['target']);
	const choices = textsOf(row['choices']);
	if (choices.length > 0) {
		findings.changed(id, l10n.t('Its choices stand in the metadata: Inspect writes them into the question'), line);
	}
	for (const field of Object.keys(row).filter((name) => !read.has(name) && row[name] !== null && row[name] !== '')) {
		if (line !== undefined) {
			findings.dropped(field, l10n.t('A case has no place for it'), line);
		}
	}
	const metadata = {
		...(isRecord(row['metadata']) && row['metadata']),
		...(choices.length > 0 && { choices }),
		...(isRecord(row['scores']) && { scores: row['scores'] }),
	};
	return {
		...(line !== undefined && { line }),
		messages: input.map(({ role, content }): PromptMessage => ({
			role: scalarText(role) ?? '',
			content: contentText(content, findings, line),
		})),
		own: {
			name: id,
			...(target.length > 0 && { expected: target.length === 1 ? target[0] : target }),
			...(Object.keys(metadata).length > 0 && { metadata }),
		},
	};
}
