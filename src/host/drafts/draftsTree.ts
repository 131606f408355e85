import * as vscode from 'vscode';
import { draftStatusLabel } from '../../common/draftStatusLabel.ts';
import { DisposableStore } from '../../common/lifecycle.ts';
import { draftStatuses, type DraftStatus, type DraftSummary } from '../../common/model.ts';
import type { Store } from '../../storage/contract.ts';
import type { LiveRuns } from '../../workshop/liveRuns.ts';
import { draftUri } from './draftUri.ts';
import { plural } from '../kit/plural.ts';
import { visibleRows } from '../kit/visibleRows.ts';

export type DraftGrouping = 'none' | 'status' | 'parent';

export type DraftNode =
	| { kind: 'group'; key: string; label: string }
	| { kind: 'draft'; draftId: number; draft: DraftSummary; storeId: string };

export const draftsView = 'promptWorkshop.drafts';
const groupingKey = 'drafts.grouping';
const elsewhereKey = 'promptWorkshop.draftsElsewhere';
const filteredKey = 'promptWorkshop.draftsFiltered';
export const draftsMime = 'application/vnd.code.tree.promptworkshop.drafts';

/** The drafts, newest first, in one list or grouped by status or parent prompt. */
export class DraftsTree implements vscode.TreeDataProvider<DraftNode>, vscode.TreeDragAndDropController<DraftNode> {
	readonly #changed = new vscode.EventEmitter<DraftNode | undefined>();
	readonly #disposables = new DisposableStore();
	readonly #openStore: () => Promise<Store>;
	readonly #memory: vscode.Memento;
	readonly #onFailed: (error: unknown) => void;
	readonly #view: vscode.TreeView<DraftNode>;
	#filter = '';
	#elsewhere = '';

	readonly onDidChangeTreeData = this.#changed.event;
	readonly dropMimeTypes = [];
	readonly dragMimeTypes = [draftsMime];

	constructor(
		openStore: () => Promise<Store>,
		runs: LiveRuns,
		memory: vscode.Memento,
		onFailed: (error: unknown) => void,
	) {
		this.#openStore = openStore;
		this.#memory = memory;
		this.#onFailed = onFailed;
		this.#view = vscode.window.createTreeView(draftsView, {
			treeDataProvider: visibleRows<DraftNode>(this),
			dragAndDropController: this,
			canSelectMany: true,
			showCollapseAll: true,
		});
		const view = this.#view;
		// VS Code keeps the badge of a crashed host and only receives changes, so it is set and cleared.
		view.badge = { value: 0, tooltip: '' };
		view.badge = undefined;
		const showRunning = () => {
			const tests = runs.active.filter(({ kind, hasEnded }) => kind === 'test' && !hasEnded).length;
			view.badge =
				tests > 0
					? {
							value: tests,
							tooltip: plural(
								tests,
								vscode.l10n.t('{0} test running', tests),
								vscode.l10n.t('{0} tests running', tests),
							),
						}
					: undefined;
		};
		for (const item of [view, this.#changed, runs.onDidStart(showRunning), runs.onDidEnd(showRunning)]) {
			this.#disposables.add(item);
		}
	}

	get onDidChangeSelection(): vscode.Event<vscode.TreeViewSelectionChangeEvent<DraftNode>> {
		return this.#view.onDidChangeSelection;
	}

	get grouping(): DraftGrouping {
		return this.#memory.get<DraftGrouping>(groupingKey, 'none');
	}

	async setGrouping(grouping: DraftGrouping): Promise<void> {
		await this.#memory.update(groupingKey, grouping);
		this.refresh();
	}

	get filter(): string {
		return this.#filter;
	}

	/** Shows only drafts that have every word of the text in their name, description, parent prompt or status. */
	setFilter(text: string): void {
		this.#filter = text.trim();
		void vscode.commands.executeCommand('setContext', filteredKey, this.#filter !== '');
		this.refresh();
	}

	/** Shows what other stores have if this one has no drafts. */
	showElsewhere(text: string): void {
		this.#elsewhere = text;
		this.refresh();
	}

	/**
	 * Shown beside the title, because a message would hide the welcome text with the button that brings the drafts
	 * here.
	 */
	#nameElsewhere(isEmpty: boolean): void {
		const text = isEmpty ? this.#elsewhere : '';
		this.#view.description = text;
		void vscode.commands.executeCommand('setContext', elsewhereKey, text !== '');
	}

	refresh(): void {
		this.#changed.fire(undefined);
	}

	async getChildren(parent?: DraftNode): Promise<DraftNode[]> {
		if (parent?.kind === 'draft') {
			return [];
		}
		let store: Store;
		try {
			store = await this.#openStore();
		} catch (error) {
			this.#onFailed(error);
			return [];
		}
		const all = await store.read((repositories) => repositories.drafts.list());
		this.#nameElsewhere(all.length === 0);
		const drafts = all.filter((draft) => matchesFilter(draft, this.#filter));
		// A message would hide the welcome text, which offers to clear the filter if nothing matches.
		this.#view.message =
			this.#filter === '' || drafts.length === 0 ? '' : vscode.l10n.t('Only drafts with "{0}"', this.#filter);
		const { grouping } = this;
		if (grouping !== 'none' && parent === undefined) {
			return groups(drafts, grouping);
		}
		return drafts
			.filter((draft) => parent === undefined || groupOf(draft, grouping) === parent.key)
			.map((draft) => ({ kind: 'draft', draftId: draft.id, draft, storeId: store.status.storeId }));
	}

	getTreeItem(node: DraftNode): vscode.TreeItem {
		return node.kind === 'group' ? groupItem(node) : draftItem(node.draft, node.storeId);
	}

	handleDrag(nodes: readonly DraftNode[], data: vscode.DataTransfer): void {
		const ids = nodes.flatMap((node) => (node.kind === 'draft' ? [node.draftId] : []));
		data.set(draftsMime, new vscode.DataTransferItem(JSON.stringify(ids)));
	}

	dispose(): void {
		this.#disposables.dispose();
	}
}

function matchesFilter(
	{ draftName, draftDescription, parentPromptName, status }: DraftSummary,
	filter: string,
): boolean {
	const text = [draftName, draftDescription, parentPromptName, status, draftStatusLabel(status)]
		.join('\n')
		.toLowerCase();
	return filter
		.toLowerCase()
		.split(/\s+/)
		.every((word) => text.includes(word));
}

function groupOf(draft: DraftSummary, grouping: DraftGrouping): string {
	return grouping === 'status' ? draft.status : (draft.parentPromptName ?? '');
}

function groups(drafts: readonly DraftSummary[], grouping: DraftGrouping): DraftNode[] {
	const used = new Set(drafts.map((draft) => groupOf(draft, grouping)));
	const keys = grouping === 'status' ? draftStatuses.filter((status) => used.has(status)) : [...used].sort();
	return keys.map((key) => ({ kind: 'group', key, label: groupLabel(key, grouping) }));
}

function groupLabel(key: string, grouping: DraftGrouping): string {
	const status = grouping === 'status' ? draftStatuses.find((one) => one === key) : undefined;
	return status ? draftStatusLabel(status) : key || vscode.l10n.t('No parent prompt');
}

function groupItem({ key, label }: { key: string; label: string }): vscode.TreeItem {
	const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.Expanded);
	item.id = `group:${key}`;
	item.contextValue = 'group';
	return item;
}

const icons: Record<DraftStatus, string> = {
	draft: 'circle-outline',
	testing: 'beaker',
	ready: 'circle-filled',
	committed: 'pass',
};

function draftItem(draft: DraftSummary, storeId: string): vscode.TreeItem {
	const label = draft.draftName ?? vscode.l10n.t('Untitled draft {0}', draft.id);
	const item = new vscode.TreeItem(label);
	const state = [
		draftStatusLabel(draft.status),
		draft.testCount > 0
			? plural(
					draft.testCount,
					vscode.l10n.t('{0} test', draft.testCount),
					vscode.l10n.t('{0} tests', draft.testCount),
				)
			: vscode.l10n.t('{0} chars', draft.contentLength.toLocaleString()),
		...(draft.averageRating === null ? [] : [`★${draft.averageRating.toFixed(1).replace('.0', '')}`]),
	];
	item.id = `draft:${draft.id}`;
	item.description = state.join(' · ');
	item.iconPath = new vscode.ThemeIcon(icons[draft.status]);
	item.contextValue = 'draft';
	item.resourceUri = draftUri(storeId, draft);
	item.tooltip = draftTooltip(draft, label);
	item.accessibilityInformation = { label: `${label}, ${state.join(', ')}` };
	item.command = {
		command: 'promptWorkshop.openWorkshop',
		title: vscode.l10n.t('Open Workshop'),
		arguments: [draft.id],
	};
	return item;
}

/** Plain text, because names and descriptions come from files and models and must not be interpreted. */
function draftTooltip(draft: DraftSummary, label: string): string {
	const lines = [
		label,
		draft.draftDescription,
		plural(
			draft.testCount,
			vscode.l10n.t('{0} characters, {1} test', draft.contentLength.toLocaleString(), draft.testCount),
			vscode.l10n.t('{0} characters, {1} tests', draft.contentLength.toLocaleString(), draft.testCount),
		),
		draft.parentPromptName === null ? null : vscode.l10n.t('Cloned from {0}', draft.parentPromptName),
		vscode.l10n.t('Changed {0}', new Date(draft.updatedAt).toLocaleString()),
	];
	return lines.filter(Boolean).join('\n');
}
