import * as l10n from '@vscode/l10n';
import { AppError } from '../../common/errors.ts';
import type { ListedVersion, PromptVersion } from '../../common/model.ts';
import type { Versions } from '../contract.ts';
import type { Row } from '../database.ts';
import { JsonReader } from '../jsonColumns.ts';
import type { LogParam } from '../logFormat.ts';
import { textHash } from '../../disk/textHash.ts';
import { type Session, insertRow, number, numberOrNull, text, textOrNull, toJson, updateRow } from './rows.ts';
import { textSizes } from './textSizes.ts';

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

/** Versions of an owner with their numbers, the ones before them, and what their tests brought. */
const overviewColumns = `WITH numbered AS (
		SELECT id, row_number() OVER (ORDER BY id) AS number, lag(id) OVER (ORDER BY id) AS previous_id
		FROM prompt_versions WHERE owner_kind = ? AND owner_id = ?
	)
	SELECT v.*, n.number, p.id AS previous_id, p.content_hash AS previous_hash, p.metadata AS previous_metadata,
		(SELECT count(*) FROM auspex_test_results r WHERE r.version_id = v.id AND r.is_model = 1) AS test_count,
		(SELECT avg(r.user_rating) FROM auspex_test_results r WHERE r.version_id = v.id AND r.is_model = 1) AS average_rating,
		(SELECT count(*) FROM auspex_test_results r WHERE r.version_id = v.id AND r.is_model = 0) AS guide_test_count
	FROM numbered n JOIN prompt_versions v ON v.id = n.id LEFT JOIN prompt_versions p ON p.id = n.previous_id`;

export function createVersions({ database, changes }: Session): Versions {
	const sizeOf = textSizes(database);

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

	/** The newest version of the owner, or the newest of those with a text; undefined if its metadata is another. */
	function holding(
		{ ownerKind, ownerId, metadata }: Parameters<Versions['keep']>[0],
		contentHash: string,
		only: 'newest' | 'any',
	): PromptVersion | undefined {
		const rows = database.rows(
			`SELECT * FROM prompt_versions WHERE owner_kind = ? AND owner_id = ? ${only === 'any' ? 'AND content_hash = ?' : ''}
			ORDER BY id DESC ${only === 'any' ? '' : 'LIMIT 1'}`,
			[ownerKind, ownerId, ...(only === 'any' ? [contentHash] : [])],
		);
		return rows
			.map(toVersion)
			.find(
				(version) =>
					version.contentHash === contentHash &&
					(metadata === undefined || JSON.stringify(version.metadata) === JSON.stringify(metadata)),
			);
	}

	function record(version: Parameters<Versions['record']>[0]): PromptVersion {
		const contentHash = textHash(version.content);
		const newest = holding(version, contentHash, 'newest');
		if (newest) {
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

	function stored(id: number): PromptVersion {
		const row = database.row('SELECT * FROM prompt_versions WHERE id = ?', [id]);
		if (!row) {
			throw missing();
		}
		return toVersion(row);
	}

	function listedRows(
		ownerKind: 'draft' | 'prompt',
		ownerId: number,
		condition: string,
		params: LogParam[],
	): ListedVersion[] {
		const current = currentVersion(ownerKind, ownerId);
		return database.rows(`${overviewColumns} ${condition}`, [ownerKind, ownerId, ...params]).map((row) => {
			const version = toVersion(row);
			const previousId = numberOrNull(row, 'previous_id');
			return {
				...version,
				...sizeOf(version.contentHash),
				number: number(row, 'number'),
				previous:
					previousId === null
						? null
						: {
								id: previousId,
								contentHash: text(row, 'previous_hash'),
								metadata: new JsonReader({ metadata: row['previous_metadata'] }).get('metadata'),
								...sizeOf(text(row, 'previous_hash')),
							},
				isCurrent: version.id === current,
				testCount: number(row, 'test_count'),
				averageRating: numberOrNull(row, 'average_rating'),
				guideTestCount: number(row, 'guide_test_count'),
			};
		});
	}

	/** The newest version that holds the owner's current text. */
	function currentVersion(ownerKind: 'draft' | 'prompt', ownerId: number): number | undefined {
		const owner = database.row(
			ownerKind === 'draft'
				? 'SELECT draft_content AS content FROM auspex_prompt_drafts WHERE id = ?'
				: 'SELECT content FROM auspex_prompts WHERE id = ?',
			[ownerId],
		);
		const row =
			owner &&
			database.row(
				'SELECT max(id) AS id FROM prompt_versions WHERE owner_kind = ? AND owner_id = ? AND content_hash = ?',
				[ownerKind, ownerId, textHash(text(owner, 'content'))],
			);
		return (row && numberOrNull(row, 'id')) ?? undefined;
	}

	return {
		list,
		record,
		keep(version) {
			if (!holding(version, textHash(version.content), 'any')) {
				record(version);
			}
		},
		overview(ownerKind, ownerId, limit) {
			const total = database.row(
				'SELECT count(*) AS total FROM prompt_versions WHERE owner_kind = ? AND owner_id = ?',
				[ownerKind, ownerId],
			);
			return {
				total: number(total ?? { total: 0 }, 'total'),
				versions: listedRows(ownerKind, ownerId, 'ORDER BY v.id DESC LIMIT ?', [limit]),
			};
		},
		listed(id) {
			const { ownerKind, ownerId } = stored(id);
			const [version] = listedRows(ownerKind, ownerId, 'WHERE v.id = ?', [id]);
			if (!version) {
				throw missing();
			}
			return version;
		},
		labelled: (ownerKind, ownerId, label) =>
			// Compared here, because SQLite ignores case only in ASCII.
			listedRows(ownerKind, ownerId, 'WHERE v.label IS NOT NULL ORDER BY v.id DESC', []).find(
				(version) => version.label?.toLowerCase() === label.toLowerCase(),
			),
		setLabel(id, label) {
			const { ownerKind, ownerId } = stored(id);
			updateRow(database, 'prompt_versions', { column: 'id', value: id }, { label });
			touch(ownerKind, ownerId);
			return stored(id);
		},
		get(id) {
			const row = database.row(
				`SELECT v.*, t.content FROM prompt_versions v
				JOIN prompt_texts t ON t.content_hash = v.content_hash WHERE v.id = ?`,
				[id],
			);
			if (!row) {
				throw missing();
			}
			return { ...toVersion(row), content: text(row, 'content') };
		},
	};
}

function missing(): AppError {
	return new AppError('not-found', l10n.t('Version not found'));
}
