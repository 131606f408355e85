import * as l10n from '@vscode/l10n';
import { conversationOf, type LabelledConversation } from '../messages/fixtureText.ts';
import type { Findings } from '../reading/findings.ts';
import { asText, isRecord, listOf, recordsOf, scalarText, type Fields } from '../reading/values.ts';
import type { SuiteCaseText } from '../suiteText.ts';

export interface EvalItems {
	cases: SuiteCaseText[];
	conversations: LabelledConversation[];
	/** Of each row that says it. */
	systems: string[];
	models: Set<string>;
}

/** Rows of a data source, of the dashboard's download or of the API's output items. */
export function readEvalItems(rows: Iterable<{ value: unknown; line?: number }>, findings: Findings): EvalItems {
	const items: EvalItems = { cases: [], conversations: [], systems: [], models: new Set() };
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
	const system = recordsOf(input).filter(({ role }) => role === 'system' || role === 'developer');
	if (system.length > 0) {
		items.systems.push(system.map(({ content }) => asText(content)).join('\n\n'));
	}
	const model = scalarText(sample?.['model']);
	if (model !== undefined) {
		items.models.add(model);
	}
	items.cases.push({
		name,
		vars: item,
		expand: false,
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
