import type { SqlJsStatic } from 'sql.js';
import { localUser } from '../common/model.ts';
import type { OrphanedStore } from './contract.ts';
import type { DiskFiles } from '../disk/files.ts';
import { loadState } from './loadState.ts';

export interface OrphanSearch {
	files: DiskFiles;
	loadSqlJs: () => Promise<SqlJsStatic>;
	/** The folder that holds one folder a workspace. */
	root: string;
	/** Where in a workspace's folder a store lies, for example `auspex.prompt-workshop/store`. */
	storePath: string;
	/** The store of this workspace; it is left out. */
	ownFolder: string;
}

/** Stores of other workspaces that hold drafts: a folder that was renamed or cloned anew has left one. Reads only. */
export async function findOrphanedStores(search: OrphanSearch): Promise<OrphanedStore[]> {
	const { files, root, storePath, ownFolder, loadSqlJs } = search;
	const sqlJs = await loadSqlJs();
	const found: OrphanedStore[] = [];
	for (const name of await files.list(root)) {
		const folder = `${root}/${name}/${storePath}`;
		if (samePath(folder, ownFolder) || (await files.list(folder).catch(() => [])).length === 0) {
			continue;
		}
		const drafts = await countDrafts(files, folder, sqlJs);
		if (drafts.count > 0) {
			const workspace = await workspaceName(files, `${root}/${name}/workspace.json`);
			found.push({ folder, workspace, drafts: drafts.count, updatedAt: drafts.updatedAt });
		}
	}
	return found;
}

function samePath(a: string, b: string): boolean {
	const plain = (path: string) => path.replaceAll('\\', '/').replace(/\/+$/, '');
	return plain(a) === plain(b);
}

async function countDrafts(
	files: DiskFiles,
	folder: string,
	sqlJs: SqlJsStatic,
): Promise<{ count: number; updatedAt: string | null }> {
	try {
		const { database } = await loadState(files, folder, sqlJs);
		try {
			const row = database.row(
				'SELECT count(*) AS count, max(updated_at) AS updated_at FROM auspex_prompt_drafts WHERE user_id = ?',
				[localUser],
			);
			return { count: Number(row?.['count'] ?? 0), updatedAt: (row?.['updated_at'] ?? null) as string | null };
		} finally {
			database.close();
		}
	} catch {
		// Not a store that this version can read: nothing can be offered.
		return { count: 0, updatedAt: null };
	}
}

/** VS Code notes there which folder or workspace file the storage belongs to. */
async function workspaceName(files: DiskFiles, path: string): Promise<string | null> {
	const bytes = await files.read(path);
	try {
		const note = JSON.parse(new TextDecoder().decode(bytes)) as { folder?: unknown; workspace?: unknown };
		const uri = note.folder ?? note.workspace;
		return typeof uri === 'string' ? decodeURIComponent(uri) : null;
	} catch {
		return null;
	}
}
