import * as vscode from 'vscode';
import { isAppError } from '../../../common/errors.ts';
import { DisposableStore, type Disposable } from '../../../common/lifecycle.ts';
import type { Store, StoreChange } from '../../../storage/contract.ts';
import { fileBeside } from '../suiteFiles.ts';
import { suiteOwnerOf } from '../suiteUri.ts';
import { watchSuiteFiles } from '../suiteWatch.ts';
import { LaterOnce } from './laterOnce.ts';
import type { TestsServices } from './testsServices.ts';
import type { SuiteTests } from './suiteTests.ts';
import type { TestExplorer } from './testExplorer.ts';

/** Changes within this many milliseconds are looked at together. */
const pause = 150;

/** Keeps the Test Explorer up to date with the store, also where other windows change it, and with the workspace's files. */
export function watchTests(explorer: TestExplorer, services: TestsServices): Disposable {
	const { openStore, onDidOpenStore, suiteRuns, log } = services;
	const onFailed = (error: unknown) => log.error(`[testing] ${String(error)}`);
	const disposables = new DisposableStore();
	const later = disposables.add(new LaterOnce(pause, onFailed));
	const list = () => later.run('list', () => explorer.tree.list());
	const prompts = () => later.run('prompts', () => explorer.promptsChanged());
	const changed = (uri: string) => {
		// One that was not read yet has nothing to update, but may be gone.
		if (explorer.tree.suite(uri)?.cases) {
			later.run(uri, () => explorer.changed(uri));
		} else {
			list();
		}
	};
	const follow = (store: Store, change: StoreChange) => {
		const owners = new Set([...change.drafts.map((id) => `draft:${id}`), ...change.suites]);
		const suites = [...explorer.tree.suites];
		const isOwned = suites.some(({ uri }) => owners.has(ownerKey(uri)));
		if (change.all || change.suites.length > 0 || change.prompts.length > 0 || isOwned) {
			list();
		}
		for (const { uri } of suites) {
			if (change.all || change.suites.includes(ownerKey(uri))) {
				changed(uri);
			}
		}
		if (change.all || change.drafts.length > 0 || change.prompts.length > 0) {
			prompts();
		}
		for (const runId of change.runs) {
			later.run(`run:${runId}`, async () => {
				const run = await store.read(({ runs }) => runs.list().find((one) => one.runId === runId));
				await (run && run.status !== 'running' ? explorer.runEnded(run.suite, runId) : undefined);
			});
		}
	};
	const followed = new WeakSet<Store>();
	const open = (store: Store) => {
		if (!followed.has(store)) {
			followed.add(store);
			disposables.add(store.onDidChange((change) => follow(store, change)));
		}
	};
	const beside = disposables.add(
		new BesideFiles((uri) => later.run(`beside:${uri}`, () => again(explorer, uri)), onFailed),
	);
	for (const item of [
		onDidOpenStore(open),
		watchSuiteFiles((uri) => changed(uri.toString())),
		vscode.workspace.onDidGrantWorkspaceTrust(list),
		vscode.workspace.onDidChangeWorkspaceFolders(list),
		explorer.tree.onDidRead(({ suite }) => beside.follow(suite)),
		suiteRuns.onNews(({ suite, runId, event }) => {
			if (event.type === 'done') {
				later.run(`run:${runId}`, () => explorer.runEnded(suite, runId));
			}
		}),
	]) {
		disposables.add(item);
	}
	openStore().then(open, onFailed);
	return disposables;
}

/** A file of cases or a prompt of the suite has changed. */
async function again(explorer: TestExplorer, uri: string): Promise<void> {
	await explorer.changed(uri);
	await explorer.promptsChanged();
}

function ownerKey(uri: string): string {
	const owner = suiteOwnerOf(vscode.Uri.parse(uri));
	return owner ? `${owner.ownerKind}:${owner.ownerId}` : '';
}

/** Watches the files that suites name: prompts and cases. */
class BesideFiles implements Disposable {
	readonly #onChanged: (suite: string) => void;
	readonly #onFailed: (error: unknown) => void;
	readonly #watchers = new Map<string, { files: string; disposables: DisposableStore }>();

	constructor(onChanged: (suite: string) => void, onFailed: (error: unknown) => void) {
		this.#onChanged = onChanged;
		this.#onFailed = onFailed;
	}

	follow({ uri, files }: SuiteTests): void {
		const key = files.join('\n');
		const known = this.#watchers.get(uri);
		if (known?.files !== key && (known || key !== '')) {
			known?.disposables.dispose();
			const disposables = new DisposableStore();
			this.#watchers.set(uri, { files: key, disposables });
			files.forEach((file) => void this.#watch(uri, file, disposables).catch(this.#onFailed));
		}
	}

	dispose(): void {
		this.#watchers.forEach(({ disposables }) => disposables.dispose());
		this.#watchers.clear();
	}

	async #watch(uri: string, file: string, disposables: DisposableStore): Promise<void> {
		let place: vscode.Uri;
		try {
			place = await fileBeside(file, vscode.Uri.parse(uri));
		} catch (error) {
			if (isAppError(error, 'internal')) {
				throw error;
			}
			// It cannot be read either, which is a problem of the suite.
			return;
		}
		const folder = vscode.Uri.joinPath(place, '..');
		const pattern = new vscode.RelativePattern(folder, place.path.slice(folder.path.length + 1));
		const watcher = disposables.add(vscode.workspace.createFileSystemWatcher(pattern));
		const changed = () => this.#onChanged(uri);
		for (const item of [watcher.onDidChange(changed), watcher.onDidCreate(changed), watcher.onDidDelete(changed)]) {
			disposables.add(item);
		}
	}
}
