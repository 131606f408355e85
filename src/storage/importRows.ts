import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import { AppError } from '../common/errors.ts';
import { textHash } from '../disk/textHash.ts';
import { type ImportSummary, maxImportBytes } from './contract.ts';
import { exportFormat } from './exportData.ts';
import { jsonSchemas } from './jsonColumns.ts';

export type Imported = Record<string, unknown>;
export type Skipped = ImportSummary['skipped'];

export interface ImportedStore {
	prompts: Imported[];
	chats: Imported[];
	messages: Imported[];
	/** With their `test_results`, which are checked like the other rows. */
	drafts: (Imported & { test_results: Imported[] })[];
	versions: Imported[];
	texts: Map<string, string>;
	suites: Imported[];
	/** Number of runs, which are not imported. */
	runs: number;
	storedTexts: Map<string, string>;
	/** Records that cannot be read. */
	skipped: Skipped;
}

/** Deeper than anything that this product writes, and far from overflowing the stack. */
const maxDepth = 100;
const maxShown = 120;

const optionalText = v.nullish(v.string());
const date = v.pipe(
	v.string(),
	v.check(
		(text) => /^\d{4}-\d\d-\d\dT/.test(text) && !Number.isNaN(Date.parse(text)),
		() => l10n.t('not a date such as 2026-01-31T12:00:00Z'),
	),
);
const name = v.pipe(
	v.string(),
	v.nonEmpty(() => l10n.t('empty')),
);
/** A column that may be missing because the database has a default for it. */
const optionalJson = { metadata: v.nullish(jsonSchemas.metadata) };

const prompt = v.looseObject({
	name,
	title: v.string(),
	content: v.string(),
	description: optionalText,
	created_at: date,
	updated_at: date,
	...optionalJson,
});
const chat = v.looseObject({
	topic: v.string(),
	title: optionalText,
	created_at: date,
	updated_at: date,
	...optionalJson,
});
const message = v.looseObject({
	role: v.string(),
	content: v.string(),
	thinking: optionalText,
	parts: v.optional(jsonSchemas.parts),
	model: optionalText,
	status: v.string(),
	usage: v.optional(jsonSchemas.usage),
	created_at: date,
});
const draft = v.looseObject({
	draft_name: optionalText,
	draft_content: v.string(),
	draft_description: optionalText,
	status: v.optional(v.string()),
	created_at: date,
	updated_at: date,
	...optionalJson,
});
const version = v.looseObject({
	owner_kind: v.string(),
	content_hash: v.string(),
	reason: v.string(),
	author: v.string(),
	label: optionalText,
	created_at: date,
	...optionalJson,
});
const suite = v.looseObject({ owner_kind: v.string(), content: v.string(), created_at: date, updated_at: date });
const result = v.looseObject({
	test_id: name,
	query: v.string(),
	topic: v.string(),
	response_preview: v.string(),
	tools_used: jsonSchemas.tools_used,
	citations: jsonSchemas.citations,
	parameters: jsonSchemas.parameters,
	usage: v.optional(jsonSchemas.usage),
	error: v.optional(jsonSchemas.error),
	model: v.string(),
	status: v.string(),
	notes: optionalText,
	timestamp: date,
});

function isRecord(value: unknown): value is Imported {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function invalid(text: string): AppError {
	return new AppError('validation', l10n.t('Nothing was imported. {0}', text), { info: { field: 'json' } });
}

function shown(text: string): string {
	return text.length > maxShown ? `${text.slice(0, maxShown)}…` : text;
}

/** How people find the record: its table and its name or id. */
export function recordName(table: string, row: Imported): string {
	const fields = ['draft_name', 'name', 'title', 'query', 'id', 'test_id', 'owner_id'];
	const label = fields
		.map((field) => row[field])
		.find((one) => (typeof one === 'string' && one !== '') || typeof one === 'number') as
		string | number | undefined;
	return label === undefined ? table : `${table} ${shown(String(label))}`;
}

/** Without recursion, because some values would overflow the stack. */
function isTooDeep(value: unknown): boolean {
	let level: unknown[] = [value];
	for (let depth = 0; level.length > 0; depth++) {
		if (depth > maxDepth) {
			return true;
		}
		level = level.flatMap((one) =>
			typeof one === 'object' && one !== null ? (Object.values(one) as unknown[]) : [],
		);
	}
	return false;
}

class RowReader {
	readonly skipped: Skipped = [];

	/** The rows of a list that match the schema; the others are added to `skipped`. */
	rows(value: unknown, table: string, schema: v.GenericSchema): Imported[] {
		if (value === undefined) {
			return [];
		}
		if (!Array.isArray(value)) {
			this.skipped.push({ what: table, reason: l10n.t('"{0}" is not a list', table) });
			return [];
		}
		return (value as unknown[]).flatMap((row, index) => {
			if (!isRecord(row)) {
				this.skipped.push({
					what: l10n.t('{0}, entry {1}', table, index + 1),
					reason: l10n.t('not an object'),
				});
				return [];
			}
			const reason = problemOf(row, schema);
			if (reason !== undefined) {
				this.skipped.push({ what: recordName(table, row), reason });
				return [];
			}
			return [row];
		});
	}
}

/** What is wrong with a record, by the name of its field in the file. */
function problemOf(row: Imported, schema: v.GenericSchema): string | undefined {
	const { test_results: _separately, ...own } = row;
	if (isTooDeep(own)) {
		const field = Object.keys(own).find((key) => isTooDeep(own[key])) ?? '';
		return l10n.t('"{0}" is nested too deeply', shown(field));
	}
	const [issue] = v.safeParse(schema, row, { abortEarly: true, message: wrongForm }).issues ?? [];
	return issue && `"${shown(v.getDotPath(issue) ?? '')}": ${shown(issue.message)}`;
}

/** What valibot reports, in the display language. */
function wrongForm({ expected, received, message }: v.BaseIssue<unknown>): string {
	if (expected === null) {
		return l10n.t('Invalid finite: Received {0}', received);
	}
	return message.startsWith('Invalid key')
		? l10n.t('Invalid key: Expected {0} but received {1}', expected, received)
		: l10n.t('Invalid type: Expected {0} but received {1}', expected, received);
}

function parsed(json: string): unknown {
	if (json.length > maxImportBytes) {
		throw invalid(l10n.t('The file is larger than {0} MB.', maxImportBytes / 1024 / 1024));
	}
	try {
		return JSON.parse(json) as unknown;
	} catch (error) {
		const problem = error instanceof Error ? error.message : String(error);
		throw invalid(l10n.t('The file is not valid JSON: {0}', shown(problem)));
	}
}

/** Reads and checks the text of a `workshop.json`. Records that cannot be read are skipped. Throws `validation`. */
export function parseExport(json: string): ImportedStore {
	const file = parsed(json);
	if (!isRecord(file) || file['format'] !== exportFormat) {
		throw invalid(l10n.t('The file was not written by Export All Data: choose the workshop.json of an export.'));
	}
	if (file['version'] !== 1) {
		throw invalid(l10n.t('The file was written by a newer version of Prompt Workshop; update the extension.'));
	}
	const reader = new RowReader();
	const texts = new Map<string, string>();
	for (const { content } of reader.rows(
		file['prompt_texts'],
		'prompt_texts',
		v.looseObject({ content: v.string() }),
	)) {
		texts.set(textHash(String(content)), String(content));
	}
	const stored = isRecord(file['stored_texts']) ? file['stored_texts'] : {};
	const storedTexts = Object.entries(stored).filter(
		(entry): entry is [string, string] => typeof entry[1] === 'string',
	);
	return {
		prompts: reader.rows(file['auspex_prompts'], 'auspex_prompts', prompt),
		chats: reader.rows(file['auspex_chats'], 'auspex_chats', chat),
		messages: reader.rows(file['auspex_messages'], 'auspex_messages', message),
		drafts: reader.rows(file['auspex_prompt_drafts'], 'auspex_prompt_drafts', draft).map((row) => ({
			...row,
			test_results: reader.rows(row['test_results'], 'auspex_test_results', result),
		})),
		versions: reader.rows(file['prompt_versions'], 'prompt_versions', version),
		texts,
		suites: reader.rows(file['prompt_suites'], 'prompt_suites', suite),
		runs: Array.isArray(file['suite_runs']) ? file['suite_runs'].length : 0,
		storedTexts: new Map(storedTexts),
		skipped: reader.skipped,
	};
}
