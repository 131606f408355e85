import * as vscode from 'vscode';
import type { FixtureSummary } from '../../common/api.ts';
import { isAppError, toAppError } from '../../common/errors.ts';
import { DisposableStore } from '../../common/lifecycle.ts';
import type { Lab } from '../../lab/lab.ts';
import { watchFixtures } from './fixtureFiles.ts';
import { visibleRows } from '../kit/visibleRows.ts';

export type LabNode =
	| { kind: 'module'; module: string; count: number }
	| { kind: 'fixture'; fixtureId: string; fixture: FixtureSummary }
	| { kind: 'denied'; message: string };

/** The fixtures, grouped by module if there are several. A fixture that cannot be used shows why. */
export class LabTree implements vscode.TreeDataProvider<LabNode>, vscode.Disposable {
	readonly #changed = new vscode.EventEmitter<LabNode | undefined>();
	readonly #disposables = new DisposableStore();
	readonly #lab: Lab;
	readonly #onFailed: (error: unknown) => void;
	readonly #view: vscode.TreeView<LabNode>;
	/** Imports files that are dropped here. */
	onFilesDropped: (data: vscode.DataTransfer) => Promise<void> = () => Promise.resolve();
	/** The module to show; undefined shows all. */
	#module: string | undefined;
	/** Whether the tree shows that access was denied. */
	#denied = false;

	readonly onDidChangeTreeData = this.#changed.event;

	constructor(lab: Lab, onFailed: (error: unknown) => void) {
		this.#lab = lab;
		this.#onFailed = onFailed;
		const view = (this.#view = vscode.window.createTreeView('promptWorkshop.lab', {
			treeDataProvider: visibleRows<LabNode>(this),
			showCollapseAll: true,
			dragAndDropController: {
				dragMimeTypes: [],
				dropMimeTypes: ['text/uri-list', 'files'],
				handleDrop: (_target, data) => this.onFilesDropped(data),
			},
		}));
		if (vscode.workspace.isTrusted) {
			view.message = vscode.l10n.t('Writes nothing to the database');
		}
		const refresh = () => this.refresh();
		for (const item of [
			view,
			this.#changed,
			watchFixtures(refresh),
			vscode.workspace.onDidGrantWorkspaceTrust(() => {
				view.message = vscode.l10n.t('Writes nothing to the database');
				refresh();
			}),
			vscode.workspace.onDidChangeConfiguration((event) => {
				if (event.affectsConfiguration('promptWorkshop.lab')) {
					refresh();
				}
			}),
			vscode.authentication.onDidChangeSessions(refresh),
		]) {
			this.#disposables.add(item);
		}
	}

	/** Shows only one module; undefined shows all. */
	show(module: string | undefined): void {
		this.#module = module;
		this.#view.description = module === undefined ? '' : module || vscode.l10n.t('No module');
		this.refresh();
	}

	/** Access was granted: removes the message that it was denied. */
	onAllowed(): void {
		if (this.#denied) {
			this.refresh();
		}
	}

	refresh(): void {
		this.#changed.fire(undefined);
	}

	async getChildren(parent?: LabNode): Promise<LabNode[]> {
		if (!vscode.workspace.isTrusted || (parent && parent.kind !== 'module')) {
			return [];
		}
		let fixtures: FixtureSummary[];
		try {
			fixtures = await this.#lab.listFixtures();
			this.#denied = false;
		} catch (error) {
			if (isAppError(error, 'access-denied')) {
				this.#denied = true;
				return [{ kind: 'denied', message: error.message }];
			}
			this.#onFailed(toAppError(error));
			return [];
		}
		const modules = new Map<string, FixtureSummary[]>();
		for (const fixture of fixtures) {
			modules.set(fixture.module, [...(modules.get(fixture.module) ?? []), fixture]);
		}
		if (this.#module !== undefined) {
			return nodes(modules.get(this.#module) ?? []);
		}
		if (!parent && modules.size > 1) {
			return [...modules]
				.sort(([a], [b]) => a.localeCompare(b))
				.map(([module, { length }]) => ({ kind: 'module', module, count: length }));
		}
		return nodes(parent ? (modules.get(parent.module) ?? []) : fixtures);
	}

	getTreeItem(node: LabNode): vscode.TreeItem {
		switch (node.kind) {
			case 'module': {
				const item = new vscode.TreeItem(
					node.module || vscode.l10n.t('No module'),
					vscode.TreeItemCollapsibleState.Expanded,
				);
				item.id = `module:${node.module}`;
				item.description = node.count.toLocaleString();
				item.contextValue = 'module';
				return item;
			}
			case 'fixture':
				return fixtureItem(node.fixture);
			case 'denied': {
				const item = new vscode.TreeItem(node.message);
				item.iconPath = new vscode.ThemeIcon('lock');
				item.tooltip = node.message;
				item.contextValue = 'denied';
				// Asks the user to sign in, or shows the full reason if that is not possible.
				item.command = { command: 'promptWorkshop.openLab', title: vscode.l10n.t('Open Lab') };
				return item;
			}
		}
	}

	dispose(): void {
		this.#disposables.dispose();
	}
}

function nodes(fixtures: readonly FixtureSummary[]): LabNode[] {
	return fixtures.map((fixture) => ({ kind: 'fixture', fixtureId: fixture.id, fixture }));
}

function fixtureItem({ id, name, description, type, error }: FixtureSummary): vscode.TreeItem {
	const item = new vscode.TreeItem(name);
	item.id = `fixture:${id}`;
	item.description = error ?? (type === 'assessment' ? vscode.l10n.t('assessment') : description);
	item.iconPath = error
		? new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'))
		: new vscode.ThemeIcon(type === 'assessment' ? 'checklist' : 'beaker');
	item.contextValue = error ? 'brokenFixture' : 'fixture';
	item.tooltip = [name, description, id, error].filter(Boolean).join('\n');
	item.accessibilityInformation = { label: [name, error ?? description].filter(Boolean).join(', ') };
	if (!error) {
		item.command = { command: 'promptWorkshop.openLab', title: vscode.l10n.t('Open Lab'), arguments: [id] };
	}
	return item;
}
