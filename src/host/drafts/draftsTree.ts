import * as vscode from 'vscode';
import { draftStatusLabel } from '../../common/draftStatusLabel.ts';
import { DisposableStore } from '../../common/lifecycle.ts';
import { draftStatuses, type DraftSummary } from '../../common/model.ts';
import { readFiling } from '../../prompts/promptMetadata.ts';
import type { Store, StoreChange } from '../../storage/contract.ts';
import type { LiveRuns } from '../../workshop/liveRuns.ts';
import type { Workshop } from '../../workshop/workshop.ts';
import { FiledRows, isRecord, type GroupRow, type Grouping, type RecordRow } from '../kit/filedRows.ts';
import { draggedList, fileDropped } from '../kit/fileDropped.ts';
import { droppedFiling } from '../kit/filingDrop.ts';
import { groupItem } from '../kit/groupItem.ts';
import { plural } from '../kit/plural.ts';
import { visibleRows } from '../kit/visibleRows.ts';
import { draftItem } from './draftItem.ts';
import { matchesFilter } from './matchesFilter.ts';

export const draftGroupings = ['none', 'folder', 'tag', 'status', 'parent'] as const satisfies readonly Grouping[];

interface DraftRow extends RecordRow<DraftSummary> {
	kind: 'draft';
	draftId: number;
}
export type DraftNode = GroupRow | DraftRow;

const draftsView = 'promptWorkshop.drafts';
const groupingKey = 'drafts.grouping';
const elsewhereKey = 'promptWorkshop.draftsElsewhere';
const filteredKey = 'promptWorkshop.draftsFiltered';
export const draftsMime = 'application/vnd.code.tree.promptworkshop.drafts';
const foldersMime = `${draftsMime}.folders`;

export interface DraftsTreeServices {
	openStore: () => Promise<Store>;
	workshop: Pick<Workshop, 'file' | 'moveFolder'>;
	runs: LiveRuns;
	memory: vscode.Memento;
	onFailed: (error: unknown) => void;
}

/** The drafts, favourites first, then the newest: in one list, or by folder, tag, status or parent prompt. */
export class DraftsTree implements vscode.TreeDataProvider<DraftNode>, vscode.TreeDragAndDropController<DraftNode> {
	readonly #changed = new vscode.EventEmitter<DraftNode[] | undefined>();
	readonly #disposables = new DisposableStore();
	readonly #services: DraftsTreeServices;
	readonly #view: vscode.TreeView<DraftNode>;
	readonly #rows = new FiledRows<DraftSummary, DraftRow>({
		of: 'drafts',
		keyOf: ({ id }) => `draft:${id}`,
		filingOf: ({ metadata }) => readFiling(metadata),
		groupOf,
		rowOf: ({ id }) => ({ kind: 'draft', draftId: id }),
		untagged: () => vscode.l10n.t('No tags'),
	});
	/** Undefined until the tree is read, and when it must be read again. */
	#drafts: readonly DraftSummary[] | undefined;
	#loading: Promise<void> | undefined;
	#updates = Promise.resolve();
	#storeId = '';
	#filter = '';
	#elsewhere = '';
	/** Imports files that are dropped here. */
	onFilesDropped: (data: vscode.DataTransfer) => Promise<void> = () => Promise.resolve();

	readonly onDidChangeTreeData = this.#changed.event;
	readonly dropMimeTypes = [draftsMime, foldersMime, 'text/uri-list', 'files'];
	readonly dragMimeTypes = [draftsMime, foldersMime];

	constructor(services: DraftsTreeServices, createView: typeof vscode.window.createTreeView<DraftNode>) {
		this.#services = services;
		const { runs } = services;
		this.#view = createView(draftsView, {
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

	get grouping(): Grouping {
		const known = this.#services.memory.get<Grouping>(groupingKey);
		return draftGroupings.find((grouping) => grouping === known) ?? 'none';
	}

	async setGrouping(grouping: Grouping): Promise<void> {
		await this.#services.memory.update(groupingKey, grouping);
		this.#redraw();
	}

	get filter(): string {
		return this.#filter;
	}

	/** Shows only drafts that have every word of the text in their name, description, parent prompt, status, kind, tags or folder. */
	setFilter(text: string): void {
		this.#filter = text.trim();
		void vscode.commands.executeCommand('setContext', filteredKey, this.#filter !== '');
		this.#redraw();
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

	/** Reads everything again. */
	refresh(): void {
		this.#drafts = undefined;
		this.#loading = undefined;
		this.#changed.fire(undefined);
	}

	/** Refreshes the rows that a change of the store shows in, and their list if their order changed. */
	follow({ drafts, results, all }: StoreChange): void {
		if (!all && drafts.length === 0 && results.length === 0) {
			return;
		}
		if (all || !this.#view.visible || this.#drafts === undefined) {
			this.refresh();
			return;
		}
		// A result does not name its draft.
		const ids = results.length > 0 ? undefined : drafts;
		this.#updates = this.#updates.then(() => this.#update(ids)).catch(this.#services.onFailed);
	}

	async getChildren(parent?: DraftNode): Promise<DraftNode[]> {
		if (parent && isRecord<DraftSummary, DraftRow>(parent)) {
			return [];
		}
		try {
			await (this.#loading ??= this.#load());
		} catch (error) {
			this.#loading = undefined;
			this.#services.onFailed(error);
			return [];
		}
		return this.#rows.children(parent);
	}

	getTreeItem(node: DraftNode): vscode.TreeItem {
		return isRecord<DraftSummary, DraftRow>(node)
			? draftItem(node.item, this.#rows.filingOf(node.item), this.#storeId, node.id)
			: groupItem(node, this.#drafts?.length ?? 0);
	}

	handleDrag(nodes: readonly DraftNode[], data: vscode.DataTransfer): void {
		const ids = nodes.flatMap((node) => (node.kind === 'draft' ? [node.draftId] : []));
		const folders = nodes.flatMap((node) => (node.kind === 'folder' ? [node.value] : []));
		data.set(draftsMime, new vscode.DataTransferItem(JSON.stringify(ids)));
		data.set(foldersMime, new vscode.DataTransferItem(JSON.stringify(folders)));
	}

	/** Drafts are moved to a folder or get a tag; folders are moved with what is in them. Files are imported. */
	async handleDrop(target: DraftNode | undefined, data: vscode.DataTransfer): Promise<void> {
		if (data.get(draftsMime) === undefined && data.get(foldersMime) === undefined) {
			await this.onFilesDropped(data);
			return;
		}
		const { grouping } = this;
		const changes = [...new Set(await draggedList(data, draftsMime))].flatMap((draftId) => {
			const row = typeof draftId === 'number' ? this.#rows.find(`draft:${draftId}`) : undefined;
			const filing = row && droppedFiling(target, grouping, this.#rows.filingOf(row.item));
			return row && filing ? [{ owner: { draftId: row.draftId }, filing }] : [];
		});
		const folders = await draggedList(data, foldersMime);
		await fileDropped(this.#services.workshop, 'drafts', changes, { target, grouping, folders });
	}

	dispose(): void {
		this.#disposables.dispose();
	}

	async #load(): Promise<void> {
		const store = await this.#services.openStore();
		this.#drafts = await store.read((repositories) => repositories.drafts.list());
		this.#storeId = store.status.storeId;
		this.#draw();
	}

	async #update(ids: readonly number[] | undefined): Promise<void> {
		const store = await this.#services.openStore();
		const read = await store.read((repositories) => repositories.drafts.list(ids ? { ids } : {}));
		if (this.#drafts === undefined) {
			return;
		}
		const changed = new Set(ids);
		const others = ids ? this.#drafts.filter(({ id }) => !changed.has(id)) : [];
		this.#drafts = [...read, ...others].sort(newestFirst);
		const rows = this.#rows.replace(this.#filtered(), this.grouping);
		if (rows.length > 0) {
			this.#changed.fire(rows.includes(undefined) ? undefined : rows.flatMap((row) => row ?? []));
		}
	}

	/** Shows what was read in another way. */
	#redraw(): void {
		if (this.#drafts !== undefined) {
			this.#draw();
		}
		this.#changed.fire(undefined);
	}

	#draw(): void {
		this.#rows.show(this.#filtered(), this.grouping);
	}

	#filtered(): DraftSummary[] {
		const all = this.#drafts ?? [];
		this.#nameElsewhere(all.length === 0);
		const drafts = all.filter((draft) => matchesFilter(draft, this.#rows.filingOf(draft), this.#filter));
		// A message would hide the welcome text, which offers to clear the filter if nothing matches.
		const message =
			this.#filter === '' || drafts.length === 0 ? '' : vscode.l10n.t('Only drafts with "{0}"', this.#filter);
		if (this.#view.message !== message) {
			this.#view.message = message;
		}
		return drafts;
	}
}

/** As the store lists them. */
function newestFirst(a: DraftSummary, b: DraftSummary): number {
	return a.updatedAt === b.updatedAt ? b.id - a.id : a.updatedAt < b.updatedAt ? 1 : -1;
}

function groupOf(draft: DraftSummary, grouping: Grouping): { value: string; label: string; rank: number } {
	if (grouping === 'status') {
		const { status } = draft;
		return { value: status, label: draftStatusLabel(status), rank: draftStatuses.indexOf(status) };
	}
	const parent = draft.parentPromptName;
	return { value: parent ?? '', label: parent ?? vscode.l10n.t('No parent prompt'), rank: parent === null ? 1 : 0 };
}
