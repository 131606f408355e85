import type { Filing, FilingPatch } from '../../common/api.ts';
import { parentFolder, folderName } from '../../prompts/filing.ts';
import { isRecord, type GroupRow, type Grouping, type RecordRow } from './filedRows.ts';

/**
 * What changes about a record that is dropped on a row: on a folder, or on a record in one, it moves there; on a tag, or a
 * record under one, it gets the tag; outside all rows it leaves its folder. Undefined if nothing does.
 */
export function droppedFiling<T>(
	target: GroupRow | RecordRow<T> | undefined,
	grouping: Grouping,
	filing: Filing,
): FilingPatch | undefined {
	const group = target && isRecord<T, RecordRow<T>>(target) ? target.parent : target;
	if (grouping === 'tag') {
		return group?.kind === 'tag' ? { tags: [...filing.tags, group.label] } : undefined;
	}
	const folder = folderAt(target, grouping);
	return folder === undefined || folder === filing.folder ? undefined : { folder };
}

/** Where a folder is moved that is dropped on a row; undefined if it stays, or would move into itself. */
export function droppedFolder<T>(
	target: GroupRow | RecordRow<T> | undefined,
	grouping: Grouping,
	folder: string,
): string | undefined {
	const parent = folderAt(target, grouping);
	if (parent === undefined || parent === parentFolder(folder) || `${parent}/`.startsWith(`${folder}/`)) {
		return undefined;
	}
	return parent === '' ? folderName(folder) : `${parent}/${folderName(folder)}`;
}

function folderAt<T>(target: GroupRow | RecordRow<T> | undefined, grouping: Grouping): string | undefined {
	if (grouping !== 'folder') {
		return undefined;
	}
	const group = target && isRecord<T, RecordRow<T>>(target) ? target.parent : target;
	return group?.value ?? '';
}
