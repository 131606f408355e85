import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../common/lifecycle.ts';
import { visibleText } from '../../common/visibleText.ts';
import { webviewOptions } from './webviewHost.ts';

export interface RestoredPanelsOptions<Id> {
	viewType: string;
	extension: Pick<vscode.ExtensionContext, 'extensionUri' | 'workspaceState'>;
	/** The id in the state that a page saved, if any. */
	idOf: (state: unknown) => Id | undefined;
	/** Restores the content of a panel. */
	revive: (panel: vscode.WebviewPanel, id: Id | undefined) => Promise<void>;
	onFailed: (error: unknown) => void;
}

interface Kept<Id> {
	id: Id;
	title: string;
}

/** How long VS Code may take to ask for the content of a visible tab, in milliseconds. */
const reviveTimeout = 2_000;

/**
 * Panels of one view type that are restored after a window reload and after a restart or crash of the extension host.
 * After a reload, VS Code asks the serializer for each panel when its tab is shown. After a restart, the tabs remain
 * without content and VS Code never asks. So if a visible tab was not asked for in time, all tabs of that kind are
 * replaced. (The session id would distinguish the two cases, but it never changes in builds of VS Code without
 * telemetry.)
 */
export class RestoredPanels<Id extends string | number> implements Disposable {
	readonly #options: RestoredPanelsOptions<Id>;
	readonly #key: string;
	readonly #disposables = new DisposableStore();
	readonly #open = new Map<vscode.WebviewPanel, Id>();
	/** Panels of the previous host that are not restored yet. */
	#unrestored: Kept<Id>[];
	#timer: ReturnType<typeof setTimeout> | undefined;

	constructor(options: RestoredPanelsOptions<Id>) {
		const { viewType, extension, idOf, revive } = options;
		this.#options = options;
		this.#key = `openPanels.${viewType}`;
		this.#unrestored = extension.workspaceState.get<Kept<Id>[]>(this.#key, []);
		this.#disposables.add(
			vscode.window.registerWebviewPanelSerializer(viewType, {
				deserializeWebviewPanel: (panel, state) => {
					// VS Code saves a page's state late, or not at all if the window did not close cleanly.
					const id = idOf(state) ?? this.#unrestored.find(({ title }) => title === panel.title)?.id;
					if (id !== undefined) {
						this.#unrestored = this.#unrestored.filter((kept) => kept.id !== id);
						this.#add(panel, id);
					}
					return revive(panel, id);
				},
			}),
		);
		this.#disposables.add(
			vscode.window.tabGroups.onDidChangeTabs(() => {
				this.#keep();
				this.#scheduleRestore();
			}),
		);
		this.#disposables.add({ dispose: () => clearTimeout(this.#timer) });
		this.#scheduleRestore();
	}

	/** Opens a panel without content. */
	create(
		id: Id,
		title: string,
		place: vscode.ViewColumn | { viewColumn: vscode.ViewColumn; preserveFocus: boolean },
	) {
		const { viewType, extension } = this.#options;
		const panel = vscode.window.createWebviewPanel(viewType, visibleText(title), place, {
			enableFindWidget: true,
			...webviewOptions(extension.extensionUri),
		});
		this.#add(panel, id);
		return panel;
	}

	/** Panels that close from now on stay remembered, because the host is ending. */
	dispose(): void {
		this.#disposables.dispose();
	}

	#add(panel: vscode.WebviewPanel, id: Id): void {
		this.#open.set(panel, id);
		panel.onDidDispose(() => {
			this.#open.delete(panel);
			this.#keep();
		});
		this.#keep();
	}

	#keep(): void {
		const { extension, onFailed } = this.#options;
		const open = [...this.#open].map(([{ title }, id]) => ({ id, title }));
		const panels = [...open, ...this.#unrestored];
		const known = extension.workspaceState.get(this.#key, []);
		if (!this.#disposables.isDisposed && JSON.stringify(panels) !== JSON.stringify(known)) {
			extension.workspaceState.update(this.#key, panels).then(undefined, onFailed);
		}
	}

	#scheduleRestore(): void {
		clearTimeout(this.#timer);
		if (this.#unrestored.length > 0) {
			this.#timer = setTimeout(() => {
				this.#restoreLost().catch(this.#options.onFailed);
			}, reviveTimeout);
		}
	}

	async #restoreLost(): Promise<void> {
		const lost = this.#tabsWithoutPanel();
		this.#unrestored = this.#unrestored.filter(({ title }) => lost.some(({ label }) => label === title));
		if (!lost.some(({ isActive }) => isActive)) {
			this.#keep();
			return;
		}
		const remaining = this.#unrestored;
		this.#unrestored = [];
		const replaced: vscode.Tab[] = [];
		// A new panel comes to the front of its column, so active tabs are replaced last.
		for (const tab of lost.toSorted((a, b) => Number(a.isActive) - Number(b.isActive))) {
			const index = remaining.findIndex(({ title }) => title === tab.label);
			const [kept] = index < 0 ? [] : remaining.splice(index, 1);
			if (kept) {
				replaced.push(tab);
				if (![...this.#open.values()].includes(kept.id)) {
					const place = { viewColumn: tab.group.viewColumn, preserveFocus: true };
					await this.#options.revive(this.create(kept.id, kept.title, place), kept.id);
				}
			}
		}
		// Only now, because a column disappears with its last tab.
		await vscode.window.tabGroups.close(replaced, true);
	}

	/** Tabs of this view type without an open panel. Of two identical tabs, the later one is the panel's. */
	#tabsWithoutPanel(): vscode.Tab[] {
		const tabs = vscode.window.tabGroups.all
			.flatMap((group) => group.tabs)
			.filter(
				({ input }) =>
					input instanceof vscode.TabInputWebview && input.viewType.endsWith(`-${this.#options.viewType}`),
			);
		for (const panel of this.#open.keys()) {
			const index = tabs.findLastIndex(
				({ label, group }) => label === panel.title && group.viewColumn === panel.viewColumn,
			);
			if (index >= 0) {
				tabs.splice(index, 1);
			}
		}
		return tabs;
	}
}
