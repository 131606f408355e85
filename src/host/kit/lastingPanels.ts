import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../common/lifecycle.ts';
import { visibleText } from '../../common/visibleText.ts';
import { webviewOptions } from './webviewHost.ts';

export interface LastingPanelsOptions<Id> {
	viewType: string;
	extension: Pick<vscode.ExtensionContext, 'extensionUri' | 'workspaceState'>;
	/** What the state that a page kept names, if anything. */
	idOf: (state: unknown) => Id | undefined;
	/** Fills a panel that has lost its content. */
	revive: (panel: vscode.WebviewPanel, id: Id | undefined) => Promise<void>;
	onFailed: (error: unknown) => void;
}

interface Kept<Id> {
	id: Id;
	title: string;
}

/** Milliseconds in which VS Code asks for the content of a tab on the screen, if it is going to. */
const patience = 2_000;

/**
 * Panels of one view type, which come back after a reload of the window and after a restart or crash of the extension
 * host. After a reload VS Code asks the serializer for each panel when its tab is shown. After a restart the tabs stay
 * with nobody behind them and nothing asks: a tab that is on the screen and was not asked for is one of those, and then
 * all of them are replaced. (The session id would tell the two apart, but is the same for ever in builds of VS Code
 * that have no telemetry.)
 */
export class LastingPanels<Id extends string | number> implements Disposable {
	readonly #options: LastingPanelsOptions<Id>;
	readonly #key: string;
	readonly #disposables = new DisposableStore();
	readonly #open = new Map<vscode.WebviewPanel, Id>();
	/** Panels of the host before this one that did not come back yet. */
	#left: Kept<Id>[];
	#timer: ReturnType<typeof setTimeout> | undefined;

	constructor(options: LastingPanelsOptions<Id>) {
		const { viewType, extension, idOf, revive } = options;
		this.#options = options;
		this.#key = `openPanels.${viewType}`;
		this.#left = extension.workspaceState.get<Kept<Id>[]>(this.#key, []);
		this.#disposables.add(
			vscode.window.registerWebviewPanelSerializer(viewType, {
				deserializeWebviewPanel: (panel, state) => {
					// VS Code writes what a page keeps late, or not at all where a window ended badly.
					const id = idOf(state) ?? this.#left.find(({ title }) => title === panel.title)?.id;
					if (id !== undefined) {
						this.#left = this.#left.filter((kept) => kept.id !== id);
						this.#add(panel, id);
					}
					return revive(panel, id);
				},
			}),
		);
		this.#disposables.add(
			vscode.window.tabGroups.onDidChangeTabs(() => {
				this.#keep();
				this.#look();
			}),
		);
		this.#disposables.add({ dispose: () => clearTimeout(this.#timer) });
		this.#look();
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

	/** Panels that are closed from now on are still remembered: the host ends. */
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
		const panels = [...open, ...this.#left];
		const known = extension.workspaceState.get(this.#key, []);
		if (!this.#disposables.isDisposed && JSON.stringify(panels) !== JSON.stringify(known)) {
			extension.workspaceState.update(this.#key, panels).then(undefined, onFailed);
		}
	}

	#look(): void {
		clearTimeout(this.#timer);
		if (this.#left.length > 0) {
			this.#timer = setTimeout(() => {
				this.#bringBack().catch(this.#options.onFailed);
			}, patience);
		}
	}

	async #bringBack(): Promise<void> {
		const lost = this.#tabsWithoutPanel();
		this.#left = this.#left.filter(({ title }) => lost.some(({ label }) => label === title));
		if (!lost.some(({ isActive }) => isActive)) {
			this.#keep();
			return;
		}
		const left = this.#left;
		this.#left = [];
		const replaced: vscode.Tab[] = [];
		// A new panel comes to the front of its column, so those that were there come last.
		for (const tab of lost.toSorted((a, b) => Number(a.isActive) - Number(b.isActive))) {
			const index = left.findIndex(({ title }) => title === tab.label);
			const [kept] = index < 0 ? [] : left.splice(index, 1);
			if (kept) {
				replaced.push(tab);
				if (![...this.#open.values()].includes(kept.id)) {
					const place = { viewColumn: tab.group.viewColumn, preserveFocus: true };
					await this.#options.revive(this.create(kept.id, kept.title, place), kept.id);
				}
			}
		}
		// Only now: a column whose last tab is closed goes away.
		await vscode.window.tabGroups.close(replaced, true);
	}

	/** Tabs of this view type less those of open panels; of two that look the same the later one is the panel's. */
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
