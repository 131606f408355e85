import * as l10n from '@vscode/l10n';
import { AppError } from '../../common/errors.ts';
import { type Draft, type DraftStatus, type DraftSummary, localUser } from '../../common/model.ts';
import type { Drafts } from '../contract.ts';
import type { Row } from '../database.ts';
import { JsonReader } from '../jsonColumns.ts';
import type { LogParam } from '../logFormat.ts';
import { type Session, insertRow, number, numberOrNull, text, textOrNull, toJson, updateRow } from './rows.ts';

/** Ratings of the built-in guide's results do not count. */
const summaryColumns = `d.id, d.user_id, d.draft_name, d.draft_description, d.status, d.parent_prompt_name,
	d.content_length, d.workshop_chat_id, d.revision, d.metadata, d.created_at, d.updated_at,
	(SELECT count(*) FROM auspex_test_results r WHERE r.draft_id = d.id) AS test_count,
	(SELECT avg(r.user_rating) FROM auspex_test_results r
		WHERE r.draft_id = d.id AND r.is_model = 1) AS average_rating`;

function toSummary(row: Row): DraftSummary {
	return {
		id: number(row, 'id'),
		draftName: textOrNull(row, 'draft_name'),
		draftDescription: textOrNull(row, 'draft_description'),
		status: text(row, 'status') as DraftStatus,
		parentPromptName: textOrNull(row, 'parent_prompt_name'),
		contentLength: number(row, 'content_length'),
		testCount: number(row, 'test_count'),
		averageRating: numberOrNull(row, 'average_rating'),
		metadata: new JsonReader(row).get('metadata'),
		createdAt: text(row, 'created_at'),
		updatedAt: text(row, 'updated_at'),
	};
}

function toDraft(row: Row): Draft {
	return {
		...toSummary(row),
		userId: text(row, 'user_id'),
		draftContent: text(row, 'draft_content'),
		workshopChatId: numberOrNull(row, 'workshop_chat_id'),
		revision: number(row, 'revision'),
	};
}

export function createDrafts({ database, changes }: Session): Drafts {
	function get(id: number): Draft {
		const row = database.row(
			`SELECT ${summaryColumns}, d.draft_content FROM auspex_prompt_drafts d WHERE d.id = ? AND d.user_id = ?`,
			[id, localUser],
		);
		if (!row) {
			throw new AppError('not-found', l10n.t('Draft not found or access denied'));
		}
		return toDraft(row);
	}

	/** A chat belongs to one draft and is deleted with it. */
	function requireFreeChat(chatId: number | null | undefined, draftId: number | null): void {
		const holder =
			chatId === null || chatId === undefined
				? undefined
				: database.row('SELECT id FROM auspex_prompt_drafts WHERE workshop_chat_id = ? AND id IS NOT ?', [
						chatId,
						draftId,
					]);
		if (holder) {
			throw new AppError(
				'validation',
				l10n.t('Chat {0} belongs to draft {1}', String(chatId), String(number(holder, 'id'))),
				{
					info: { field: 'workshopChatId' },
				},
			);
		}
	}

	return {
		get,
		has(id) {
			return (
				database.row('SELECT 1 FROM auspex_prompt_drafts WHERE id = ? AND user_id = ?', [id, localUser]) !==
				undefined
			);
		},
		create(draft) {
			requireFreeChat(draft.workshopChatId, null);
			const row = insertRow(database, 'auspex_prompt_drafts', {
				user_id: localUser,
				draft_name: draft.draftName,
				draft_content: draft.draftContent,
				content_length: draft.draftContent.length,
				draft_description: draft.draftDescription ?? null,
				workshop_chat_id: draft.workshopChatId ?? null,
				parent_prompt_name: draft.parentPromptName ?? null,
				status: draft.status ?? 'draft',
				metadata: toJson(draft.metadata ?? {}),
				created_at: draft.now,
				updated_at: draft.now,
			});
			changes.drafts.add(number(row, 'id'));
			return toDraft({ ...row, test_count: 0, average_rating: null });
		},
		list(filter = {}) {
			const params: LogParam[] = [localUser];
			let condition = 'd.user_id = ?';
			if (filter.status) {
				condition += ' AND d.status = ?';
				params.push(filter.status);
			}
			if (filter.ids) {
				condition += ` AND d.id IN (${filter.ids.map(() => '?').join(', ')})`;
				params.push(...filter.ids);
			}
			return database
				.rows(
					`SELECT ${summaryColumns} FROM auspex_prompt_drafts d WHERE ${condition}
					ORDER BY d.updated_at DESC, d.id DESC`,
					params,
				)
				.map(toSummary);
		},
		update(id, patch, now) {
			const before = get(id);
			requireFreeChat(patch.workshopChatId, id);
			const textChanged = patch.draftContent !== undefined && patch.draftContent !== before.draftContent;
			const nameChanged = patch.draftName !== undefined && patch.draftName !== before.draftName;
			updateRow(
				database,
				'auspex_prompt_drafts',
				{ column: 'id', value: id },
				{
					draft_name: patch.draftName,
					draft_content: textChanged ? patch.draftContent : undefined,
					content_length: textChanged ? patch.draftContent?.length : undefined,
					draft_description: patch.draftDescription,
					status: patch.status,
					parent_prompt_name: patch.parentPromptName,
					workshop_chat_id: patch.workshopChatId,
					metadata: patch.metadata === undefined ? undefined : toJson(patch.metadata),
					revision: textChanged || nameChanged ? before.revision + 1 : undefined,
					updated_at: now,
				},
			);
			changes.drafts.add(id);
			return get(id);
		},
	};
}
