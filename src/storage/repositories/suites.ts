import * as l10n from '@vscode/l10n';
import { AppError } from '../../common/errors.ts';
import { localUser } from '../../common/model.ts';
import type { OwnedSuite, Suites } from '../contract.ts';
import { type Session, number, text } from './rows.ts';

type OwnerKind = OwnedSuite['ownerKind'];

/** How a change names the owner of a suite. */
export function suiteOwner(ownerKind: string, ownerId: number): string {
	return `${ownerKind}:${ownerId}`;
}

export function createSuites({ database, changes }: Session): Suites {
	function requireOwner(ownerKind: OwnerKind, ownerId: number): void {
		if (ownerKind === 'draft') {
			const own = 'SELECT 1 FROM auspex_prompt_drafts WHERE id = ? AND user_id = ?';
			if (!database.row(own, [ownerId, localUser])) {
				throw new AppError('not-found', l10n.t('Draft not found or access denied'));
			}
		} else if (!database.row('SELECT 1 FROM auspex_prompts WHERE id = ?', [ownerId])) {
			throw new AppError('not-found', l10n.t('Prompt {0} not found', ownerId));
		}
	}

	return {
		get(ownerKind, ownerId) {
			const row = database.row('SELECT content FROM prompt_suites WHERE owner_kind = ? AND owner_id = ?', [
				ownerKind,
				ownerId,
			]);
			return row && text(row, 'content');
		},
		put({ ownerKind, ownerId, content, now }) {
			requireOwner(ownerKind, ownerId);
			database.run(
				`INSERT INTO prompt_suites (owner_kind, owner_id, content, created_at, updated_at) VALUES (?, ?, ?, ?, ?)
				ON CONFLICT (owner_kind, owner_id) DO UPDATE SET content = excluded.content, updated_at = excluded.updated_at`,
				[ownerKind, ownerId, content, now, now],
			);
			changes.suites.add(suiteOwner(ownerKind, ownerId));
		},
		remove(ownerKind, ownerId) {
			const removed = database.run(
				'DELETE FROM prompt_suites WHERE owner_kind = ? AND owner_id = ? RETURNING owner_id',
				[ownerKind, ownerId],
			);
			if (removed.length > 0) {
				changes.suites.add(suiteOwner(ownerKind, ownerId));
			}
		},
		list() {
			return database
				.rows('SELECT owner_kind, owner_id, content, created_at, updated_at FROM prompt_suites ORDER BY rowid')
				.map((row) => ({
					ownerKind: text(row, 'owner_kind') as OwnerKind,
					ownerId: number(row, 'owner_id'),
					contentLength: text(row, 'content').length,
					createdAt: text(row, 'created_at'),
					updatedAt: text(row, 'updated_at'),
				}));
		},
	};
}
