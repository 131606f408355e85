import * as l10n from '@vscode/l10n';
import { type Turn, turnText } from '../common/turn.ts';
import { localUser } from '../common/model.ts';
import type { ImportSummary } from './contract.ts';
import { type Imported, type ImportedStore, recordName } from './importRows.ts';
import { isJsonColumn } from './jsonColumns.ts';
import type { LogParam } from './logFormat.ts';
import { upgradeRow } from './olderRows.ts';
import { type Session, insertRow } from './repositories/rows.ts';

/** The value for a column; strict tables then refuse values of the wrong type. */
function toColumn(column: string, value: unknown): LogParam {
	if (value === null || typeof value === 'string' || typeof value === 'number') {
		return isJsonColumn(column) && value !== null ? JSON.stringify(value) : value;
	}
	return JSON.stringify(value);
}

/** The blocks of an answer if they show the text that is sent to the model; otherwise `null`, and the text itself is shown. */
function shownParts(message: Imported): Turn | null {
	const parts = (message['parts'] ?? null) as Turn | null;
	const plain = (text: string) => text.replace(/\s+/g, '');
	const isShown =
		parts !== null &&
		message['role'] === 'assistant' &&
		plain(turnText(parts)) === plain(String(message['content']));
	return isShown ? parts : null;
}

function ownerIsMissing(): string {
	return l10n.t('"owner_id": its draft or prompt was not imported');
}

/** Adds everything that can be added, inside one transaction. `stored` has the references whose texts are stored. */
export class Import {
	readonly #session: Session;
	readonly #source: ImportedStore;
	readonly #stored: ReadonlySet<string>;
	readonly #columns = new Map<string, string[]>();
	readonly #chats = new Map<unknown, LogParam>();
	readonly #prompts = new Map<unknown, LogParam>();
	readonly #promptIds = new Map<unknown, LogParam>();
	readonly #drafts = new Map<unknown, LogParam>();
	readonly #versions = new Map<unknown, LogParam>();
	readonly #summary: ImportSummary = { drafts: 0, chats: 0, prompts: 0, results: 0, versions: 0, skipped: [] };
	/** Chats that already belong to a draft; no other draft can have them. */
	readonly #taken = new Set<LogParam>();

	constructor(session: Session, source: ImportedStore, stored: ReadonlySet<string>) {
		this.#session = session;
		this.#source = source;
		this.#stored = stored;
	}

	run(): ImportSummary {
		this.#session.changes.all = true;
		this.#summary.skipped.push(...this.#source.skipped);
		this.#importPrompts();
		this.#importChats();
		this.#importDrafts();
		this.#importVersions();
		this.#importResults();
		this.#importSuites();
		this.#skipRuns();
		return this.#summary;
	}

	#skip(what: string, reason: string): void {
		this.#summary.skipped.push({ what, reason });
	}

	/** Inserts the known columns of an imported row, with `own` replacing some; `undefined` when SQLite refuses it. */
	#insert(table: string, row: Imported, own: Record<string, LogParam>): Imported | undefined {
		const { database } = this.#session;
		let columns = this.#columns.get(table);
		if (!columns) {
			columns = database
				.rows('SELECT name FROM pragma_table_info(?)', [table])
				.map((column) => String(column['name']));
			this.#columns.set(table, columns);
		}
		const values: Record<string, LogParam> = {};
		for (const column of columns) {
			const value = row[column];
			if (column in own) {
				values[column] = own[column] ?? null;
			} else if (column !== 'id' && value !== undefined) {
				values[column] = toColumn(column, value);
			}
		}
		try {
			return insertRow(database, table, values);
		} catch (error) {
			this.#skip(recordName(table, row), error instanceof Error ? error.message : String(error));
			return undefined;
		}
	}

	#importPrompts(): void {
		const { database } = this.#session;
		for (const prompt of this.#source.prompts) {
			const name = String(prompt['name']);
			const known = database.row('SELECT id FROM auspex_prompts WHERE name = ? AND content = ?', [
				name,
				String(prompt['content']),
			]);
			if (known) {
				this.#prompts.set(prompt['name'], name);
				this.#promptIds.set(prompt['id'], Number(known['id']));
				continue;
			}
			const free = this.#freeName(name);
			const own = {
				name: free,
				user_created: localUser,
				is_default: 0,
				content_length: String(prompt['content']).length,
			};
			const row = this.#insert('auspex_prompts', prompt, own);
			if (row) {
				this.#prompts.set(prompt['name'], free);
				this.#promptIds.set(prompt['id'], Number(row['id']));
				this.#summary.prompts++;
			}
		}
	}

	#freeName(name: string): string {
		const isTaken = (candidate: string) =>
			this.#session.database.row('SELECT 1 FROM auspex_prompts WHERE name = ?', [candidate]) !== undefined;
		let candidate = name;
		for (let count = 2; isTaken(candidate); count++) {
			candidate = `${name.slice(0, 46)}_${count}`;
		}
		return candidate;
	}

	#importChats(): void {
		for (const chat of this.#source.chats) {
			const row = this.#insert('auspex_chats', chat, { user_id: localUser });
			if (row) {
				this.#chats.set(chat['id'], Number(row['id']));
				this.#summary.chats++;
			}
		}
		this.#importMessages();
	}

	/** Imports only what the chat shows: anything else would be sent to the model without being visible. */
	#importMessages(): void {
		let hidden = 0;
		for (const source of this.#source.messages) {
			const message = upgradeRow('auspex_messages', source);
			const chat = this.#chats.get(message['chat_id']);
			if (chat === undefined) {
				this.#skip(recordName('auspex_messages', message), l10n.t('"chat_id": its chat was not imported'));
				continue;
			}
			const parts = shownParts(message);
			if (parts === null && message['parts'] !== null && message['parts'] !== undefined) {
				this.#skip(
					l10n.t('parts of {0}', recordName('auspex_messages', message)),
					l10n.t('"parts": they show something else than the text that is sent, which is shown instead'),
				);
			}
			hidden += message['provider_blocks'] === null || message['provider_blocks'] === undefined ? 0 : 1;
			this.#insert('auspex_messages', message, {
				chat_id: chat,
				// An answer that was streaming when it was exported will not continue.
				status: message['status'] === 'streaming' ? 'interrupted' : String(message['status']),
				parts: parts === null ? null : JSON.stringify(parts),
				provider_blocks: null,
				request_ref: this.#reference(message['request_ref']),
			});
		}
		if (hidden > 0) {
			this.#skip(
				hidden === 1
					? l10n.t('provider_blocks of 1 message')
					: l10n.t('provider_blocks of {0} messages', hidden),
				l10n.t('"provider_blocks": they are never shown, and would be sent with the next message'),
			);
		}
	}

	#reference(value: unknown): string | null {
		return typeof value === 'string' && this.#stored.has(value) ? value : null;
	}

	#importDrafts(): void {
		for (const draft of this.#source.drafts) {
			const row = this.#insert('auspex_prompt_drafts', draft, {
				user_id: localUser,
				content_length: String(draft['draft_content']).length,
				workshop_chat_id: this.#ownChat(draft),
				parent_prompt_name: this.#prompts.get(draft['parent_prompt_name']) ?? null,
			});
			if (row) {
				this.#drafts.set(draft['id'], Number(row['id']));
				this.#summary.drafts++;
			}
		}
	}

	#ownChat(draft: Imported): LogParam {
		const chat = this.#chats.get(draft['workshop_chat_id']) ?? null;
		if (chat !== null && this.#taken.has(chat)) {
			this.#skip(
				l10n.t('chat of {0}', recordName('auspex_prompt_drafts', draft)),
				l10n.t('"workshop_chat_id": another draft has this chat'),
			);
			return null;
		}
		this.#taken.add(chat);
		return chat;
	}

	#importVersions(): void {
		const { database } = this.#session;
		for (const version of this.#source.versions) {
			const hash = String(version['content_hash']);
			const text = this.#source.texts.get(hash);
			const owner = this.#ownerOf(version);
			if (text === undefined || owner === undefined) {
				const reason = text === undefined ? l10n.t('"content_hash": its text is missing') : ownerIsMissing();
				this.#skip(recordName('prompt_versions', version), reason);
				continue;
			}
			const same = database.row(
				'SELECT id FROM prompt_versions WHERE owner_kind = ? AND owner_id = ? AND content_hash = ? AND created_at = ?',
				[String(version['owner_kind']), owner, hash, String(version['created_at'])],
			);
			if (same) {
				this.#versions.set(version['id'], Number(same['id']));
				continue;
			}
			database.run('INSERT INTO prompt_texts (content_hash, content) VALUES (?, ?) ON CONFLICT DO NOTHING', [
				hash,
				text,
			]);
			const row = this.#insert('prompt_versions', version, { owner_id: owner });
			if (row) {
				this.#versions.set(version['id'], Number(row['id']));
				this.#summary.versions++;
			}
		}
	}

	/** A prompt that is here already keeps the suite that it has here. */
	#importSuites(): void {
		const { database } = this.#session;
		for (const suite of this.#source.suites) {
			const owner = this.#ownerOf(suite);
			if (owner === undefined) {
				this.#skip(recordName('prompt_suites', suite), ownerIsMissing());
				continue;
			}
			const here = database.row('SELECT content FROM prompt_suites WHERE owner_kind = ? AND owner_id = ?', [
				String(suite['owner_kind']),
				owner,
			]);
			if (!here) {
				this.#insert('prompt_suites', suite, { owner_id: owner });
			} else if (here['content'] !== suite['content']) {
				this.#skip(recordName('prompt_suites', suite), l10n.t('its prompt has another suite here'));
			}
		}
	}

	#skipRuns(): void {
		const { runs } = this.#source;
		if (runs > 0) {
			this.#skip(
				runs === 1 ? l10n.t('1 run of a suite') : l10n.t('{0} runs of suites', runs),
				l10n.t('"suite_runs": their trials are not in the file'),
			);
		}
	}

	/** The draft or prompt here that a row belongs to; undefined if it was not imported. */
	#ownerOf(row: Imported): LogParam | undefined {
		return (row['owner_kind'] === 'prompt' ? this.#promptIds : this.#drafts).get(row['owner_id']);
	}

	#importResults(): void {
		const { database } = this.#session;
		for (const draft of this.#source.drafts) {
			const draftId = this.#drafts.get(draft['id']);
			for (const source of draftId === undefined ? [] : draft.test_results) {
				const result = upgradeRow('auspex_test_results', source);
				const testId = String(result['test_id']);
				const taken =
					database.row('SELECT 1 FROM auspex_test_results WHERE test_id = ?', [testId]) !== undefined;
				const responseRef = this.#reference(result['response_ref']);
				const row = this.#insert('auspex_test_results', result, {
					test_id: taken ? crypto.randomUUID() : testId,
					draft_id: draftId ?? null,
					version_id: this.#versions.get(result['version_id']) ?? null,
					response_ref: responseRef,
					request_ref: this.#reference(result['request_ref']),
					full_response_stored: responseRef === null ? 0 : 1,
					// A test that was running when it was exported is not running any more.
					...(result['status'] === 'interrupted' &&
						result['stop_reason'] === null && { stop_reason: 'unknown' }),
				});
				this.#summary.results += row ? 1 : 0;
			}
		}
	}
}
