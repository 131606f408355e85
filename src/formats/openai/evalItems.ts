import * as l10n from '@vscode/l10n';
import { conversationOf, type LabelledConversation } from '../messages/fixtureText.ts';
import { contentText, promptOfMessages } from '../messages/promptOfMessages.ts';
import type { Findings } from '../reading/findings.ts';
import { asLiteral } from '../template/literal.ts';
import { asText, isRecord, listOf, recordsOf, scalarText, type Fields } from '../reading/values.ts';
import type { SuiteCaseText } from '../suiteText.ts';

export interface EvalItems {
	cases: SuiteCaseText[];
	conversations: LabelledConversation[];
	/** Of each row that says it. */
	systems: string[];
	models: Set<string>;
	/** Of each row with messages that were sent: how the model was set. */
	settings: Fields[];
	hasUsage: boolean;
}

/** Of a sample of the API. */
const settings = ['temperature', 'max_completion_tokens', 'top_p', 'seed'];

/** Rows of a data source, of the dashboard's download or of the API's output items. */
export function readEvalItems(rows: Iterable<{ value: unknown; line?: number }>, findings: Findings): EvalItems {
	const items: EvalItems = {
		cases: [],
		conversations: [],
		systems: [],
		models: new Set(),
		settings: [],
		hasUsage: false,
	};
	let number = 0;
	for (const { value, line } of rows) {
		number++;
		const row = isRecord(value) ? value : {};
		const item = row['item'] ?? row['datasource_item'];
		if (!isRecord(item)) {
			findings.dropped(l10n.t('row {0}', number), l10n.t('It has no "item"'), line);
			continue;
		}
		readRow(row, item, number, line, items, findings);
	}
	return items;
}

function readRow(
	row: Fields,
	item: Fields,
	number: number,
	line: number | undefined,
	items: EvalItems,
	findings: Findings,
): void {
	const name = String(number);
	const sample = isRecord(row['sample']) ? row['sample'] : undefined;
	const outputs = recordsOf(sample?.['outputs'] ?? sample?.['output']);
	const output = outputs.map(({ content }) => asText(content ?? '')).join('\n\n');
	const error = isRecord(sample?.['error']) ? sample['error'] : undefined;
	if (error) {
		findings.kept(
			name,
			l10n.t('It had no answer: {0}', scalarText(error['message']) ?? scalarText(error['code']) ?? ''),
			line,
		);
	}
	const metadata = recordedVerdict(row);
	if (sample && !error && metadata['passes'] === undefined && metadata['results'] === undefined) {
		findings.kept(name, l10n.t('It has scores and no verdict'), line);
	}
	const input = listOf(sample?.['input']);
	if (input.length > 0 && outputs.length > 0) {
		items.conversations.push(...conversationOf([...input, ...outputs], name, findings, line));
	}
	const sent = promptOfMessages(
		recordsOf(input).map(({ role, content }) => ({
			role: scalarText(role) ?? '',
			content: contentText(content, findings, line),
		})),
		findings,
	);
	if (sent?.promptRole === 'system') {
		items.systems.push(sent.text);
	}
	if (input.length > 0 && sample) {
		items.settings.push(
			Object.fromEntries(
				settings.flatMap((key) => (typeof sample[key] === 'number' ? [[key, sample[key]]] : [])),
			),
		);
	}
	items.hasUsage ||= isRecord(sample?.['usage'] ?? sample?.['token_usage']);
	const model = scalarText(sample?.['model']);
	if (model !== undefined) {
		items.models.add(model);
	}
	items.cases.push({
		name,
		vars: item,
		expand: false,
		...(sent?.promptRole === 'system' && {
			...(sent.query !== undefined && { query: asLiteral(sent.query) }),
			...(sent.messages && {
				messages: sent.messages.map(({ role, content }) => ({ role, content: asLiteral(content) })),
			}),
		}),
		...(output !== '' && { output }),
		...(Object.keys(metadata).length > 0 && { metadata }),
	});
}

/** What graders said, which is shown with a case and decides nothing. */
function recordedVerdict(row: Fields): Record<string, unknown> {
	return Object.fromEntries(
		['grades', 'passes', 'results', 'status'].flatMap((field) => {
			const value = row[field];
			const isEmpty =
				value === undefined || value === null || (isRecord(value) && Object.keys(value).length === 0);
			return isEmpty ? [] : [[field, value]];
		}),
	);
}
