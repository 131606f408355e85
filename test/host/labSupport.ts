import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import type { PromptWorkshopApi } from '../../src/common/api.ts';
import { sleep } from '../support/sleep.ts';
import { loadSqlJs } from '../support/storage/sql.ts';

/** Writes a file below the first workspace folder and gives its path. */
export async function inWorkspace(path: string, content: unknown): Promise<string> {
	const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
	const file = join(folder, path);
	await mkdir(dirname(file), { recursive: true });
	await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
	return file;
}

/** Everything in the database, table by table, as an export shows it. */
export async function logicalDump(api: PromptWorkshopApi): Promise<Record<string, unknown>> {
	const folder = await mkdtemp(join(tmpdir(), 'lab-dump-'));
	try {
		const file = join(folder, 'dump.sqlite');
		await api.exportDatabase(file);
		const sql = await loadSqlJs();
		const database = new sql.Database(await readFile(file));
		const names =
			database.exec("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")[0]?.values ?? [];
		const dump = names.map(([name]) => [
			String(name),
			database.exec(`SELECT * FROM "${String(name)}"`)[0]?.values ?? [],
		]);
		database.close();
		return Object.fromEntries(dump) as Record<string, unknown>;
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

/** Number of the last transaction in the store's log, and its folder. */
export async function storeStatus(): Promise<{ sequence: number; folder: string }> {
	const status = await vscode.commands.executeCommand<{ sequence: number; folder: string }>(
		'promptWorkshop.showStorageStatus',
	);
	return { sequence: status.sequence, folder: status.folder };
}

/** Opens the store and waits until what it does of its own accord after opening is done. */
export async function settledStore(): Promise<void> {
	for (let before = -1, now = 0; now !== before;) {
		before = now;
		now = (await storeStatus()).sequence;
		await sleep(500, 'the time in which nothing may be written');
	}
}

export async function rejectionOf(work: () => PromiseLike<unknown>): Promise<Error> {
	try {
		await work();
	} catch (error) {
		return error as Error;
	}
	throw new Error('It was expected to reject');
}
