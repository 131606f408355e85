import * as l10n from '@vscode/l10n';
import { AppError } from '../../common/errors.ts';
import { defaultPromptName, localUser } from '../../common/model.ts';
import type { Trash } from '../contract.ts';
import type { Row } from '../database.ts';
import type { LogParam } from '../logFormat.ts';
import { upgradeRow } from '../olderRows.ts';
import { suiteOwner } from './suites.ts';
import { type Session, insertRow, number, text, textOrNull } from './rows.ts';

type TrashKind = 'draft' | 'result' | 'prompt';

/** The deleted rows, in the order in which they must be restored. */
type Discarded = {
	table: string;
	rows: Record<string, LogParam>[];
	/** Drafts whose parent was the prompt. */
	children?: number[];
}[];

/** References that become null if their target no longer exists when a row is restored. */
const optionalReferences: { table: string; column: string; target: string; key: string }[] = [
	{ table: 'auspex_prompt_drafts', column: 'parent_prompt_name', target: 'auspex_prompts', key: 'name' },
	{ table: 'auspex_test_results', column: 'version_id', target: 'prompt_versions', key: 'id' },
];

export function createTrash({ database, changes }: Session): Trash {
	function take(table: string, condition: string, params: LogParam[]): Discarded[number] {
		const rows = database.rows(`SELECT rowid, * FROM ${table} WHERE ${condition} ORDER BY rowid`, params);
		return { table, rows: rows as Record<string, LogParam>[] };
	}

	/** The versions and the suite of a draft or prompt. */
	function takeOwned(ownerKind: 'draft' | 'prompt', ownerId: number): Discarded {
		const owned = 'owner_kind = ? AND owner_id = ?';
		const params = [ownerKind, ownerId];
		return [
			take('prompt_texts', `content_hash IN (SELECT content_hash FROM prompt_versions WHERE ${owned})`, params),
			take('prompt_versions', owned, params),
			take('prompt_suites', owned, params),
		];
	}

	function deleteOwned(ownerKind: 'draft' | 'prompt', ownerId: number): void {
		database.run('DELETE FROM prompt_suites WHERE owner_kind = ? AND owner_id = ?', [ownerKind, ownerId]);
		database.run('DELETE FROM prompt_versions WHERE owner_kind = ? AND owner_id = ?', [ownerKind, ownerId]);
		database.run('DELETE FROM prompt_texts WHERE content_hash NOT IN (SELECT content_hash FROM prompt_versions)');
	}

	function discard(kind: TrashKind, label: string, discarded: Discarded, now: string): number {
		const row = insertRow(database, 'trash', { kind, label, data: JSON.stringify(discarded), deleted_at: now });
		return number(row, 'id');
	}

	function touch(table: string, row: Row): void {
		switch (table) {
			case 'auspex_prompt_drafts':
				changes.drafts.add(number(row, 'id'));
				break;
			case 'auspex_chats':
				changes.chats.add(number(row, 'id'));
				break;
			case 'auspex_prompts':
				changes.prompts.add(text(row, 'name'));
				break;
			case 'prompt_suites':
				changes.suites.add(suiteOwner(text(row, 'owner_kind'), number(row, 'owner_id')));
				break;
			case 'auspex_test_results':
				changes.results.add(text(row, 'test_id'));
				changes.drafts.add(number(row, 'draft_id'));
				break;
		}
	}

	function touchAll(discarded: Discarded): void {
		for (const { table, rows } of discarded) {
			for (const row of rows) {
				touch(table, row);
			}
		}
	}

	function putBack(table: string, row: Record<string, LogParam>): void {
		const name = row['name'] ?? null;
		if (table === 'auspex_prompts' && database.row('SELECT 1 FROM auspex_prompts WHERE name = ?', [name])) {
			throw new AppError(
				'validation',
				l10n.t("The prompt name '{0}' is now used by another prompt; delete that prompt first", String(name)),
				{
					info: { field: 'name' },
				},
			);
		}
		const values = { ...upgradeRow(table, row) };
		for (const reference of optionalReferences.filter((one) => one.table === table)) {
			const value = values[reference.column] ?? null;
			const found =
				value !== null &&
				database.row(`SELECT 1 FROM ${reference.target} WHERE ${reference.key} = ?`, [value]) !== undefined;
			values[reference.column] = found ? value : null;
		}
		// The row's position in the order, which a later row may have taken.
		const { rowid } = values;
		if (rowid !== undefined && database.row(`SELECT 1 FROM ${table} WHERE rowid = ?`, [rowid])) {
			delete values['rowid'];
		}
		const columns = Object.keys(values);
		const marks = columns.map(() => '?').join(', ');
		// The text may still exist because another version has the same one.
		const onConflict = table === 'prompt_texts' ? ' ON CONFLICT DO NOTHING' : '';
		database.run(
			`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${marks})${onConflict}`,
			Object.values(values),
		);
		touch(table, values);
	}

	/** The draft's chat; `null` if it has none or shares it with another draft, because then the chat stays. */
	function ownChat(draft: Record<string, LogParam>): LogParam {
		const chatId = draft['workshop_chat_id'] ?? null;
		const shared = database.row('SELECT 1 FROM auspex_prompt_drafts WHERE workshop_chat_id = ? AND id <> ?', [
			chatId,
			draft['id'] ?? null,
		]);
		return shared ? null : chatId;
	}

	return {
		removeDraft(id, now) {
			const drafts = take('auspex_prompt_drafts', 'id = ? AND user_id = ?', [id, localUser]);
			const draft = drafts.rows[0];
			if (!draft) {
				throw new AppError('not-found', l10n.t('Draft not found or access denied'));
			}
			const chatId = ownChat(draft);
			const discarded: Discarded = [
				take('auspex_chats', 'id = ?', [chatId]),
				take('auspex_messages', 'chat_id = ?', [chatId]),
				drafts,
				...takeOwned('draft', id),
				take('auspex_test_results', 'draft_id = ?', [id]),
			];
			touchAll(discarded);
			database.run('DELETE FROM auspex_prompt_drafts WHERE id = ?', [id]);
			database.run('DELETE FROM auspex_chats WHERE id = ?', [chatId]);
			deleteOwned('draft', id);
			return discard('draft', textOrNull(draft, 'draft_name') ?? `Draft ${id}`, discarded, now);
		},
		removeResult(testId, now) {
			const results = take('auspex_test_results', 'test_id = ?', [testId]);
			const result = results.rows[0];
			if (!result) {
				throw new AppError('not-found', l10n.t('Test result not found'));
			}
			touch('auspex_test_results', result);
			database.run('DELETE FROM auspex_test_results WHERE test_id = ?', [testId]);
			return discard('result', text(result, 'query'), [results], now);
		},
		removePrompt(name, now) {
			const prompts = take('auspex_prompts', 'name = ?', [name]);
			const prompt = prompts.rows[0];
			if (!prompt) {
				throw new AppError('not-found', l10n.t("Prompt '{0}' not found", name));
			}
			if (name === defaultPromptName) {
				throw new AppError('validation', l10n.t("'{0}' is built in and cannot be deleted", name), {
					info: { field: 'name' },
				});
			}
			if (number(prompt, 'is_default') === 1) {
				throw new AppError(
					'validation',
					l10n.t("'{0}' is the default prompt; choose another default before deleting it", name),
					{
						info: { field: 'name' },
					},
				);
			}
			const id = number(prompt, 'id');
			const children = database
				.rows('SELECT id FROM auspex_prompt_drafts WHERE parent_prompt_name = ? ORDER BY id', [name])
				.map((child) => number(child, 'id'));
			children.forEach((child) => changes.drafts.add(child));
			const discarded: Discarded = [{ ...prompts, children }, ...takeOwned('prompt', id)];
			touchAll(discarded);
			database.run('DELETE FROM auspex_prompts WHERE name = ?', [name]);
			deleteOwned('prompt', id);
			return discard('prompt', text(prompt, 'title'), discarded, now);
		},
		restore(trashId) {
			const row = database.row('SELECT data FROM trash WHERE id = ?', [trashId]);
			if (!row) {
				throw new AppError('not-found', l10n.t('The deleted item is no longer kept'));
			}
			for (const { table, rows, children } of JSON.parse(text(row, 'data')) as Discarded) {
				for (const discarded of rows) {
					putBack(table, discarded);
				}
				for (const child of children ?? []) {
					database.run(
						'UPDATE auspex_prompt_drafts SET parent_prompt_name = ? WHERE id = ? AND parent_prompt_name IS NULL',
						[rows[0]?.['name'] ?? null, child],
					);
					changes.drafts.add(child);
				}
			}
			database.run('DELETE FROM trash WHERE id = ?', [trashId]);
		},
		list() {
			return database.rows('SELECT id, kind, label, deleted_at FROM trash ORDER BY id DESC').map((row) => ({
				id: number(row, 'id'),
				kind: text(row, 'kind') as TrashKind,
				label: text(row, 'label'),
				deletedAt: text(row, 'deleted_at'),
			}));
		},
		purge(before) {
			return database.run('DELETE FROM trash WHERE deleted_at < ? RETURNING id', [before]).length;
		},
	};
}
