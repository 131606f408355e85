import type { ExportedFile } from './contract.ts';
import type { Database, Row } from './database.ts';
import { isJsonColumn, parsedJson } from './jsonColumns.ts';

export const exportFormat = 'prompt-workshop-export';

type ExportedRow = Record<string, unknown>;

/** `workshop.json`: the tables under their names; the results of a draft are in its `test_results`. */
export interface ExportedStore {
	format: typeof exportFormat;
	version: 1;
	exported_at: string;
	auspex_prompts: ExportedRow[];
	auspex_chats: ExportedRow[];
	auspex_messages: ExportedRow[];
	auspex_prompt_drafts: (ExportedRow & { test_results: ExportedRow[] })[];
	prompt_versions: ExportedRow[];
	prompt_texts: ExportedRow[];
	prompt_suites: ExportedRow[];
	/** Without their trials. */
	suite_runs: ExportedRow[];
	suite_variants: ExportedRow[];
	/** Full answers and exact requests by their references. */
	stored_texts: Record<string, string>;
}

function table(database: Database, name: string): ExportedRow[] {
	return database.rows(`SELECT * FROM ${name} ORDER BY rowid`).map((row) => {
		const entries = Object.entries(row).map(([column, value]): [string, unknown] => [
			column,
			// An export has the parsed value of a JSON column; text that cannot be parsed is exported as it is.
			isJsonColumn(column) && typeof value === 'string' ? (parsedJson(value) ?? value) : value,
		]);
		return Object.fromEntries(entries);
	});
}

export function groupBy(rows: readonly ExportedRow[], column: string): Map<unknown, ExportedRow[]> {
	const groups = new Map<unknown, ExportedRow[]>();
	for (const row of rows) {
		const group = groups.get(row[column]);
		if (group) {
			group.push(row);
		} else {
			groups.set(row[column], [row]);
		}
	}
	return groups;
}

/** A value as readable text. */
function show(value: unknown): string {
	return typeof value === 'string' ? value : value === null || value === undefined ? '' : JSON.stringify(value);
}

/** All records but the trash, without the stored texts. */
export function exportRecords(database: Database, now: string): ExportedStore {
	const results = groupBy(table(database, 'auspex_test_results'), 'draft_id');
	return {
		format: exportFormat,
		version: 1,
		exported_at: now,
		auspex_prompts: table(database, 'auspex_prompts'),
		auspex_chats: table(database, 'auspex_chats'),
		auspex_messages: table(database, 'auspex_messages'),
		auspex_prompt_drafts: table(database, 'auspex_prompt_drafts').map((draft) => ({
			...draft,
			test_results: results.get(draft['id']) ?? [],
		})),
		prompt_versions: table(database, 'prompt_versions'),
		prompt_texts: table(database, 'prompt_texts'),
		prompt_suites: table(database, 'prompt_suites'),
		suite_runs: table(database, 'suite_runs'),
		suite_variants: table(database, 'suite_variants'),
		stored_texts: {},
	};
}

/** A file name from an id and a title: safe on every system, unique because of the id. */
function fileName(id: unknown, title: unknown): string {
	const slug = show(title)
		.toLowerCase()
		.replace(/[^a-z0-9]+/g, '-')
		.replace(/^-|-$/g, '')
		.slice(0, 40);
	return slug === '' ? show(id) : `${show(id)}-${slug}`;
}

function facts(row: Row, columns: readonly string[]): string {
	return columns
		.filter((column) => row[column] !== null && row[column] !== undefined)
		.map((column) => `- ${column}: ${show(row[column])}`)
		.join('\n');
}

function draftFile(draft: ExportedRow): ExportedFile {
	const columns = ['status', 'revision', 'draft_description', 'parent_prompt_name', 'created_at', 'updated_at'];
	return {
		path: `drafts/${fileName(draft['id'], draft['draft_name'])}.md`,
		text: `# ${show(draft['draft_name'] ?? `Draft ${show(draft['id'])}`)}\n\n${facts(draft, columns)}\n\n---\n\n${show(draft['draft_content'])}\n`,
	};
}

function promptFile(prompt: ExportedRow): ExportedFile {
	const columns = ['name', 'description', 'is_default', 'created_at', 'updated_at'];
	return {
		path: `prompts/${fileName(prompt['id'], prompt['name'])}.md`,
		text: `# ${show(prompt['title'])}\n\n${facts(prompt, columns)}\n\n---\n\n${show(prompt['content'])}\n`,
	};
}

function chatFile(chat: ExportedRow, messages: readonly ExportedRow[]): ExportedFile {
	const turns = messages.map((message) => {
		const thinking =
			message['thinking'] === null ? '' : `*Thinking*\n\n${show(message['thinking'])}\n\n*Answer*\n\n`;
		const heading = [message['role'], message['model'], message['created_at'], message['status']]
			.filter((part) => part !== null)
			.map(show)
			.join(' · ');
		return `## ${heading}\n\n${thinking}${show(message['content'])}\n`;
	});
	return {
		path: `chats/${fileName(chat['id'], chat['title'])}.md`,
		text: `# ${show(chat['title'] ?? `Chat ${show(chat['id'])}`)}\n\n${turns.join('\n')}`,
	};
}

function resultFile(result: ExportedRow, stored: Record<string, string>): ExportedFile {
	const { response_preview: preview, notes, ...rest } = result;
	const full = stored[show(result['response_ref'])];
	const answer = full === undefined ? `${show(preview)}\n\n(The full answer is not stored.)` : full;
	return {
		path: `results/draft-${show(result['draft_id'])}/${fileName(result['test_id'], result['query'])}.md`,
		text: `# ${show(result['query']) || 'The prompt as the question'}\n\n${facts(rest, Object.keys(rest))}\n\n${notes === null ? '' : `> ${show(notes)}\n\n`}---\n\n${answer}\n`,
	};
}

function versionFile(version: ExportedRow, texts: ReadonlyMap<unknown, unknown>): ExportedFile {
	const owner = `${show(version['owner_kind'])}-${show(version['owner_id'])}`;
	const columns = ['reason', 'author', 'label', 'created_at', 'content_hash'];
	return {
		path: `versions/${owner}/${fileName(version['id'], version['reason'])}.md`,
		text: `${facts(version, columns)}\n\n---\n\n${show(texts.get(version['content_hash']))}\n`,
	};
}

function suiteFile(suite: ExportedRow): ExportedFile {
	return {
		path: `suites/${show(suite['owner_kind'])}-${show(suite['owner_id'])}.prompttest.yaml`,
		text: show(suite['content']),
	};
}

/** The readable files and `workshop.json`. */
export function exportedFiles(store: ExportedStore): ExportedFile[] {
	const messages = groupBy(store.auspex_messages, 'chat_id');
	const texts = new Map(store.prompt_texts.map((row) => [row['content_hash'], row['content']]));
	return [
		{ path: 'workshop.json', text: `${JSON.stringify(store, null, '\t')}\n` },
		...store.auspex_prompt_drafts.map(draftFile),
		...store.auspex_prompts.map(promptFile),
		...store.auspex_chats.map((chat) => chatFile(chat, messages.get(chat['id']) ?? [])),
		...store.auspex_prompt_drafts.flatMap((draft) =>
			draft.test_results.map((result) => resultFile(result, store.stored_texts)),
		),
		...store.prompt_versions.map((version) => versionFile(version, texts)),
		...store.prompt_suites.map(suiteFile),
	];
}
