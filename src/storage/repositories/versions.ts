import * as l10n from '@vscode/l10n';
import { AppError } from '../../common/errors.ts';
import type { PromptVersion } from '../../common/model.ts';
import type { Versions } from '../contract.ts';
import type { Row } from '../database.ts';
import { JsonReader } from '../jsonColumns.ts';
import { textHash } from '../../disk/textHash.ts';
import { type Session, insertRow, number, text, textOrNull, toJson } from './rows.ts';

function toVersion(row: Row): PromptVersion {
	return {
		id: number(row, 'id'),
		ownerKind: text(row, 'owner_kind') as PromptVersion['ownerKind'],
		ownerId: number(row, 'owner_id'),
		contentHash: text(row, 'content_hash'),
		reason: text(row, 'reason') as PromptVersion['reason'],
		author: text(row, 'author') as PromptVersion['author'],
		label: textOrNull(row, 'label'),
		metadata: new JsonReader(row).get('metadata'),
		createdAt: text(row, 'created_at'),
	};
}

/** Whether a version has this text and, if it is given, this metadata. */
function isSame(version: PromptVersion, contentHash: string, metadata: Record<string, unknown> | undefined): boolean {
	return (
		version.contentHash === contentHash &&
		(metadata === undefined || JSON.stringify(version.metadata) === JSON.stringify(metadata))
	);
}

export function createVersions({ database, changes }: Session): Versions {
	function touch(ownerKind: 'draft' | 'prompt', ownerId: number): void {
		if (ownerKind === 'draft') {
			changes.drafts.add(ownerId);
			return;
		}
		const row = database.row('SELECT name FROM auspex_prompts WHERE id = ?', [ownerId]);
		if (row) {
			changes.prompts.add(text(row, 'name'));
		}
	}

	function list(ownerKind: 'draft' | 'prompt', ownerId: number): PromptVersion[] {
		return database
			.rows('SELECT * FROM prompt_versions WHERE owner_kind = ? AND owner_id = ? ORDER BY id DESC', [
				ownerKind,
				ownerId,
			])
			.map(toVersion);
	}

	function record(version: Parameters<Versions['record']>[0]): PromptVersion {
		const contentHash = textHash(version.content);
		const newest = list(version.ownerKind, version.ownerId)[0];
		if (newest && isSame(newest, contentHash, version.metadata)) {
			return newest;
		}
		database.run('INSERT INTO prompt_texts (content_hash, content) VALUES (?, ?) ON CONFLICT DO NOTHING', [
			contentHash,
			version.content,
		]);
		const row = insertRow(database, 'prompt_versions', {
			owner_kind: version.ownerKind,
			owner_id: version.ownerId,
			content_hash: contentHash,
			reason: version.reason,
			author: version.author,
			label: version.label ?? null,
			metadata: toJson(version.metadata ?? {}),
			created_at: version.now,
		});
		touch(version.ownerKind, version.ownerId);
		return toVersion(row);
	}

	return {
		list,
		record,
		keep(version) {
			const hash = textHash(version.content);
			if (!list(version.ownerKind, version.ownerId).some((kept) => isSame(kept, hash, version.metadata))) {
				record(version);
			}
		},
		get(id) {
			const row = database.row(
				`SELECT v.*, t.content FROM prompt_versions v
				JOIN prompt_texts t ON t.content_hash = v.content_hash WHERE v.id = ?`,
				[id],
			);
			if (!row) {
				throw new AppError('not-found', l10n.t('Version not found'));
			}
			return { ...toVersion(row), content: text(row, 'content') };
		},
	};
}
