import type { SqlJsStatic } from 'sql.js';
import { defaultPromptName, localUser } from '../common/model.ts';
import type { DiskFiles } from '../disk/files.ts';
import type { OrphanedStore } from './contract.ts';
import { loadState } from './loadState.ts';
import { type Place, placeOf } from './storePlace.ts';

export interface OrphanSearch {
	files: DiskFiles;
	loadSqlJs: () => Promise<SqlJsStatic>;
	/** The folder that has one subfolder per workspace. */
	root: string;
	/** Path of a store in a workspace's folder, for example `auspex.prompt-workshop/store`. */
	storePath: string;
	/** The store of this workspace, which is not listed. */
	ownFolder: string;
	/** The folders that this window has open. */
	openFolders: readonly string[];
	/** Whether a folder exists. */
	exists: (folder: string) => Promise<boolean>;
	/** The store of windows without a folder, for a window that has one. */
	globalStore?: string;
	/** Lists only stores that are known to belong to this window. */
	onlyRelated?: boolean;
}

/**
 * Stores of other workspaces that are not empty, first those that certainly belong to this window: VS Code gives a window a
 * different storage folder when its folder is renamed, when folders are added, or when a server has a different port. Only
 * reads.
 */
export async function findOrphanedStores(search: OrphanSearch): Promise<OrphanedStore[]> {
	const { files, root, storePath, ownFolder, globalStore } = search;
	const found: OrphanedStore[] = [];
	const consider = async (folder: string, place: Place | 'no-folder') => {
		if (samePath(folder, ownFolder) || (await files.list(folder).catch(() => [])).length === 0) {
			return;
		}
		const relation = place === 'no-folder' ? place : await relationOf(search, place);
		const holds = search.onlyRelated && relation === 'other' ? undefined : await contentOf(search, folder);
		if (holds && holds.drafts + holds.prompts + holds.topics.length > 0) {
			const { name = null, folders = [] } = place === 'no-folder' ? {} : place;
			found.push({ folder, relation, workspace: name, folders, ...holds });
		}
	};
	if (globalStore !== undefined) {
		await consider(globalStore, 'no-folder');
	}
	for (const name of await files.list(root)) {
		const folder = `${root}/${name}/${storePath}`;
		await consider(folder, await placeOf(files, `${root}/${name}`, parentOf(folder)));
	}
	const order = ['folder', 'no-folder', 'gone', 'other'];
	const rank = ({ relation }: OrphanedStore) => order.indexOf(relation);
	return found.sort((a, b) => rank(a) - rank(b) || (b.updatedAt ?? '').localeCompare(a.updatedAt ?? ''));
}

/** How a store is related to this window, judging by its workspace. */
async function relationOf(
	{ exists, openFolders }: OrphanSearch,
	{ folders, name }: Place,
): Promise<OrphanedStore['relation']> {
	if (folders.length === 0) {
		// A store of an older version on a server: VS Code has recorded only the folder's name.
		return openFolders.some((open) => baseName(open) === name) ? 'folder' : 'other';
	}
	if (folders.some((folder) => openFolders.some((open) => samePath(open, folder)))) {
		return 'folder';
	}
	// A folder that cannot be checked does not count as gone.
	const existing = await Promise.all(folders.map((folder) => exists(folder).catch(() => true)));
	return existing.includes(true) ? 'other' : 'gone';
}

async function contentOf(
	{ files, loadSqlJs }: OrphanSearch,
	folder: string,
): Promise<Pick<OrphanedStore, 'drafts' | 'prompts' | 'topics' | 'updatedAt'> | undefined> {
	const topics = await topicsOf(files, `${parentOf(folder)}/topics.db.json`);
	try {
		const { database } = await loadState(files, folder, await loadSqlJs());
		try {
			const row = database.row(
				`SELECT count(*) AS drafts, max(updated_at) AS updated_at,
					(SELECT count(*) FROM auspex_prompts WHERE name <> ?) AS prompts
				FROM auspex_prompt_drafts WHERE user_id = ?`,
				[defaultPromptName, localUser],
			);
			return {
				drafts: Number(row?.['drafts']),
				prompts: Number(row?.['prompts']),
				topics,
				updatedAt: (row?.['updated_at'] ?? null) as string | null,
			};
		} finally {
			database.close();
		}
	} catch {
		// This version cannot read the store, so it cannot be offered.
		return undefined;
	}
}

/** The topics of the index next to a store, from the index's JSON record. */
async function topicsOf(files: DiskFiles, path: string): Promise<OrphanedStore['topics']> {
	try {
		const record = JSON.parse(new TextDecoder().decode(await files.read(path))) as { topics?: unknown };
		const topics = Array.isArray(record.topics) ? (record.topics as { name?: unknown; source?: unknown }[]) : [];
		return topics.flatMap(({ name, source }) =>
			typeof name === 'string' ? [{ name, source: typeof source === 'string' ? source : null }] : [],
		);
	} catch {
		return [];
	}
}

function plainPath(path: string): string {
	return path.replaceAll('\\', '/').replace(/\/+$/, '');
}

function samePath(a: string, b: string): boolean {
	return plainPath(a) === plainPath(b);
}

function parentOf(path: string): string {
	return plainPath(path).replace(/\/[^/]*$/, '');
}

function baseName(path: string): string {
	return plainPath(path).replace(/^.*\//, '');
}
