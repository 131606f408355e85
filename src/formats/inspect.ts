import * as l10n from '@vscode/l10n';
import type { Format, Imported } from './imported.ts';
import { logRun, type LoggedSample } from './inspect/logRun.ts';
import { metricNotes } from './inspect/metricNotes.ts';
import { inspectSample } from './inspect/samples.ts';
import { conversationOf, fixturesOf } from './messages/fixtureText.ts';
import { samplesSuite, type Sample } from './messages/samples.ts';
import { usageNote } from './messages/usageNote.ts';
import { csvHeader, csvRows } from './reading/csvRows.ts';
import { Findings } from './reading/findings.ts';
import { brokenAt, type ForeignFile } from './reading/foreignFile.ts';
import { asText, isRecord, recordsOf, scalarText, type Fields } from './reading/values.ts';

function isSample(value: unknown): boolean {
	return isRecord(value) && 'input' in value && 'target' in value;
}

function isLog(value: unknown): value is Fields {
	return isRecord(value) && isRecord(value['eval']) && Array.isArray(value['samples']);
}

/** Data sets (JSON, JSON Lines, CSV) and logs (JSON, or packed and read as JSON) of Inspect AI. */
export const inspect: Format = {
	id: 'inspect',
	label: 'Inspect AI (data sets, logs)',
	detect(file) {
		const { json, firstLine, name } = file;
		if (isLog(json)) {
			return 1;
		}
		const header = csvHeader(file);
		if (
			isSample(firstLine) ||
			(Array.isArray(json) && isSample(json[0])) ||
			(header?.includes('input') && header.includes('target'))
		) {
			return 0.8;
		}
		return /\.eval$/i.test(name) ? 0.4 : 0;
	},
	selectLine: (line) => line,
	read(file) {
		if (/\.eval$/i.test(file.name) && file.json === undefined) {
			throw brokenAt(
				{ line: 1, column: 1 },
				l10n.t('This log is neither packed nor JSON: it is cut off or damaged. Copy it again'),
			);
		}
		const findings = new Findings();
		return {
			format: 'inspect',
			...(isLog(file.json) ? readLog(file.json, file, findings) : readSet(file, findings)),
			report: findings.report(),
		};
	},
};

type Found = Pick<Imported, 'drafts' | 'suites' | 'fixtures' | 'runs'>;

function readSet(file: ForeignFile, findings: Findings): Found {
	const rows: { row: Fields; line?: number }[] = /\.csv$/i.test(file.name)
		? csvRows(file)
		: Array.isArray(file.json)
			? recordsOf(file.json).map((row) => ({ row }))
			: [...file.rows()].map(({ value, line }) => ({ row: isRecord(value) ? value : {}, line }));
	const samples = rows.map(({ row, line }, index) => inspectSample(row, index + 1, line, findings));
	findings.kept('target', l10n.t('A data set says no scorer: add assertions that compare with {{expected}}'));
	return { ...samplesSuite(samples, file.stem, findings), fixtures: [] };
}

/** Each sample is a conversation, and a case with its recorded answer; what Inspect found is a run. */
function readLog(log: Fields, file: ForeignFile, findings: Findings): Found {
	const evaluation = isRecord(log['eval']) ? log['eval'] : {};
	const name = scalarText(evaluation['task']) ?? file.stem;
	const recorded = recordsOf(log['samples']);
	const summary = logSummary(log, recorded.length);
	if (log['status'] !== 'success') {
		findings.kept('status', summary);
	}
	const scorers = recordsOf(evaluation['scorers']).flatMap((scorer) => scalarText(scorer['name']) ?? []);
	if (scorers.length > 0) {
		findings.changed(
			scorers.join(', '),
			l10n.t(
				'Scores stand in the metadata: add assertions that compare with {{expected}} to grade the answers here',
			),
		);
	}
	const read = logSamples(recorded, findings);
	const conversations = read.flatMap(({ row, sample }) =>
		conversationOf(recordsOf(row['messages']).map(chatMessage), sample.own.name ?? '', findings),
	);
	const model = scalarText(evaluation['model']);
	const found = new Map(read.map((one) => [one.sample, one]));
	const logged: LoggedSample[] = [];
	const { drafts, suites } = samplesSuite([...found.keys()], name, findings, (sample) => {
		const { row = {}, id = '' } = found.get(sample) ?? {};
		logged.push({ row, id, output: sample.own.output ?? '', position: logged.length });
	});
	const run = logRun(log, logged, { name, summary }, findings);
	metricNotes(log['results'], run?.trials ?? [], findings);
	usageNote(!run && recorded.some((row) => isRecord(row['model_usage'])), findings);
	return {
		drafts: drafts.map((draft) => ({ ...draft, ...(model !== undefined && { model }) })),
		suites,
		fixtures: fixturesOf(name, 'Inspect AI', conversations),
		...(run && { runs: [run] }),
	};
}

/** The samples of a log, each epoch under a name of its own; what has the same name is read once. `id` is that of all epochs. */
function logSamples(recorded: readonly Fields[], findings: Findings): { row: Fields; id: string; sample: Sample }[] {
	const names = new Set<string>();
	return recorded.flatMap((row, index) => {
		const { messages, own } = inspectSample(row, index + 1, undefined, findings);
		const { name: id = '' } = own;
		const epoch = Number(row['epoch'] ?? 1);
		const name = epoch > 1 ? `${id} (${epoch})` : id;
		if (names.has(name)) {
			findings.dropped(name, l10n.t('The log has this sample twice: the first one is taken'));
			return [];
		}
		names.add(name);
		const systems = recordsOf(row['messages']).filter(
			({ role, source }) => role === 'system' && source !== 'input',
		);
		const choice = recordsOf(isRecord(row['output']) ? row['output']['choices'] : undefined)[0];
		const message = isRecord(choice?.['message']) ? choice['message'] : {};
		const output = answerText(message['content']);
		const sample: Sample = {
			messages: [
				...systems.map(({ content }) => ({ role: 'system', content: asText(content).trim() })),
				...messages,
			],
			own: { ...own, name, ...(output !== '' && { output }) },
		};
		return [{ row, id, sample }];
	});
}

/** How the run ended, and how many of its samples the log has. */
function logSummary({ status, results }: Fields, count: number): string {
	const total = isRecord(results) ? results['total_samples'] : undefined;
	const word = scalarText(status) ?? '';
	return typeof total === 'number'
		? l10n.t('The run is "{0}", and the log has {1} of its {2} samples', word, count, total)
		: l10n.t('The run is "{0}"', word);
}

/** An answer with thinking is a list of parts. */
function answerText(content: unknown): string {
	return typeof content === 'string'
		? content
		: recordsOf(content)
				.map(({ type, text }) => (type === 'text' ? asText(text) : ''))
				.join('');
}

function chatMessage({ role, content, tool_calls: calls, tool_call_id: id, function: name }: Fields): Fields {
	return {
		role,
		content,
		...(Array.isArray(calls) && {
			tool_calls: recordsOf(calls).map((call) => ({
				id: call['id'],
				name: call['function'],
				arguments: call['arguments'],
			})),
		}),
		...(id !== undefined && { tool_call_id: id, ...(name !== undefined && { name }) }),
	};
}
