import * as vscode from 'vscode';
import { DisposableStore } from '../../common/lifecycle.ts';
import type { Store, StoreChange } from '../../storage/contract.ts';
import { visibleRows } from '../kit/visibleRows.ts';
import type { SuiteFiles } from './suiteFiles.ts';
import type { SuiteNode, SuitesNode } from './suiteNodes.ts';
import type { SuiteRuns } from './suiteRuns.ts';
import { suiteOwnerOf } from './suiteUri.ts';
import { watchSuiteFiles } from './suiteWatch.ts';

/** How often changes are shown at most, in milliseconds: a run stores its counts twice a second. */
const redrawPause = 250;

export interface SuitesTreeServices {
	openStore: () => Promise<Store>;
	suiteFiles: Pick<SuiteFiles, 'names'>;
	suiteRuns: Pick<SuiteRuns, 'running' | 'onNews'>;
	onFailed: (error: unknown) => void;
}

/** All suites and their runs. */
export class SuitesTree implements vscode.TreeDataProvider<SuitesNode>, vscode.Disposable {
	readonly #changed = new vscode.EventEmitter<SuitesNode | undefined>();
	readonly #disposables = new DisposableStore();
	readonly #services: SuitesTreeServices;
	readonly #view: vscode.TreeView<SuitesNode>;
	/** As they were shown last. */
	#suites: SuiteNode[] | undefined;
	#timer: ReturnType<typeof setTimeout> | undefined;

	readonly onDidChangeTreeData = this.#changed.event;

	constructor(services: SuitesTreeServices, createView: typeof vscode.window.createTreeView<SuitesNode>) {
		this.#services = services;
		this.#view = createView('promptWorkshop.suites', {
			treeDataProvider: visibleRows<SuitesNode>(this),
			showCollapseAll: true,
			canSelectMany: true,
		});
		const soon = () => this.#soon();
		for (const item of [
			this.#view,
			this.#changed,
			watchSuiteFiles(soon),
			vscode.workspace.onDidGrantWorkspaceTrust(soon),
			vscode.workspace.onDidChangeWorkspaceFolders(soon),
			services.suiteRuns.onNews(({ event }) => {
				if (event.type !== 'trial') {
					soon();
				}
			}),
		]) {
			this.#disposables.add(item);
		}
	}

	/** Follows a newly opened store. */
	follow({ drafts, prompts, suites, runs, all }: StoreChange): void {
		const isNamed = (key: string) => this.#suites?.some(({ suite }) => suite.includes(`/${key}/`)) ?? true;
		const renamed = drafts.some((id) => isNamed(`draft/${id}`)) || prompts.length > 0;
		if (all || suites.length > 0 || runs.length > 0 || renamed) {
			this.#soon();
		}
	}

	refresh(): void {
		this.#suites = undefined;
		this.#changed.fire(undefined);
	}

	/** Shows a run and selects it. */
	async reveal(runId: string): Promise<void> {
		const suites = await this.#load();
		const node = suites.flatMap(({ runs }) => runs).find((one) => one.runId === runId);
		if (node) {
			await this.#view.reveal(node, { select: true, focus: true });
		}
	}

	async getChildren(parent?: SuitesNode): Promise<SuitesNode[]> {
		if (parent) {
			return parent.kind === 'suite' ? parent.runs : [];
		}
		try {
			return await this.#load();
		} catch (error) {
			this.#services.onFailed(error);
			return [];
		}
	}

	getParent(node: SuitesNode): SuitesNode | undefined {
		return node.kind === 'run' ? this.#suites?.find(({ suite }) => suite === node.run.suite) : undefined;
	}

	async getTreeItem(node: SuitesNode): Promise<vscode.TreeItem> {
		// With the statistics of their rates, which nothing needs at activation.
		const { runItem, suiteItem } = await import('./suiteItems.ts');
		return node.kind === 'suite' ? suiteItem(node) : runItem(node);
	}

	dispose(): void {
		clearTimeout(this.#timer);
		this.#disposables.dispose();
	}

	async #load(): Promise<SuiteNode[]> {
		this.#suites ??= await this.#read();
		return this.#suites;
	}

	async #read(): Promise<SuiteNode[]> {
		const { openStore, suiteFiles, suiteRuns } = this.#services;
		const store = await openStore();
		const [names, runs] = await Promise.all([suiteFiles.names(), store.read((all) => all.runs.list())]);
		const here = new Set(suiteRuns.running);
		const suites = new Map<string, SuiteNode>();
		for (const { uri, name } of names) {
			const suite = uri.toString();
			suites.set(suite, { kind: 'suite', suite, name, exists: true, runs: [] });
		}
		for (const run of runs) {
			const { suite, suiteName: name, runId } = run;
			const node = suites.get(suite) ?? { kind: 'suite', suite, name, exists: !isKnown(suite), runs: [] };
			suites.set(suite, node);
			node.runs.push({ kind: 'run', runId, run, isHere: here.has(runId) });
		}
		return [...suites.values()];
	}

	/** Redraws only what changed: a suite that is still there keeps its row. */
	#soon(): void {
		if (!this.#suites) {
			return;
		}
		this.#timer ??= setTimeout(() => {
			this.#timer = undefined;
			void this.#update().catch(this.#services.onFailed);
		}, redrawPause);
	}

	async #update(): Promise<void> {
		const before = this.#suites;
		const now = await this.#read();
		if (!before || this.#disposables.isDisposed) {
			return;
		}
		const hasSameRows =
			before.length === now.length && before.every(({ suite }, index) => now[index]?.suite === suite);
		if (!hasSameRows) {
			this.#suites = now;
			this.#changed.fire(undefined);
			return;
		}
		for (const [index, node] of before.entries()) {
			const next = now[index];
			if (next && JSON.stringify(next) !== JSON.stringify(node)) {
				Object.assign(node, next);
				this.#changed.fire(node);
			}
		}
	}
}

/** Suites in the store are all listed; a file outside the workspace may still be there. */
function isKnown(suite: string): boolean {
	const uri = vscode.Uri.parse(suite);
	return suiteOwnerOf(uri) !== undefined || vscode.workspace.getWorkspaceFolder(uri) !== undefined;
}
