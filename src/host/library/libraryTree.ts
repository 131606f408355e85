import * as vscode from 'vscode';
import { draftTitle } from '../../common/draftTitle.ts';
import { DisposableStore } from '../../common/lifecycle.ts';
import type { PromptSummary, PromptVersion } from '../../common/model.ts';
import { readFiling } from '../../prompts/promptMetadata.ts';
import type { Store, StoreChange } from '../../storage/contract.ts';
import type { Workshop } from '../../workshop/workshop.ts';
import { draftsMime } from '../drafts/draftsTree.ts';
import { draftUri } from '../drafts/draftUri.ts';
import { draggedList, fileDropped } from '../kit/fileDropped.ts';
import { FiledRows, isRecord, type GroupRow, type Grouping, type RecordRow } from '../kit/filedRows.ts';
import { droppedFiling } from '../kit/filingDrop.ts';
import { groupItem } from '../kit/groupItem.ts';
import { readOnlyUri } from '../kit/readOnlyDocuments.ts';
import { showDiff } from '../kit/showDiff.ts';
import { visibleRows } from '../kit/visibleRows.ts';
import { promptItem, versionItem } from './promptItem.ts';

export const promptGroupings = ['none', 'folder', 'tag'] as const satisfies readonly Grouping[];

interface PromptRow extends RecordRow<PromptSummary> {
	kind: 'prompt';
	promptName: string;
}
interface VersionRow {
	kind: 'version';
	rowId: string;
	versionId: number;
	version: PromptVersion;
	number: number;
	title: string;
}
export type LibraryNode = GroupRow | PromptRow | VersionRow;

const groupingKey = 'library.grouping';
const promptsMime = 'application/vnd.code.tree.promptworkshop.library';
const foldersMime = `${promptsMime}.folders`;

export interface LibraryTreeServices {
	openStore: () => Promise<Store>;
	workshop: Pick<Workshop, 'file' | 'moveFolder'>;
	memory: vscode.Memento;
	onFailed: (error: unknown) => void;
}

/**
 * The prompt library, favourites first, in one list or by folder or tag, with each prompt's versions below it. A draft
 * dropped on a prompt is compared with it.
 */
export class LibraryTree
	implements vscode.TreeDataProvider<LibraryNode>, vscode.TreeDragAndDropController<LibraryNode>
{
	readonly #changed = new vscode.EventEmitter<LibraryNode[] | undefined>();
	readonly #disposables = new DisposableStore();
	readonly #services: LibraryTreeServices;
	readonly #view: vscode.TreeView<LibraryNode>;
	readonly #rows = new FiledRows<PromptSummary, PromptRow>({
		of: 'prompts',
		keyOf: ({ name }) => `prompt:${name}`,
		filingOf: ({ metadata }) => readFiling(metadata),
		rowOf: ({ name }) => ({ kind: 'prompt', promptName: name }),
		untagged: () => vscode.l10n.t('No tags'),
	});
	/** Undefined until the tree is read, and when it must be read again. */
	#prompts: readonly PromptSummary[] | undefined;
	#loading: Promise<void> | undefined;
	#updates = Promise.resolve();

	/** Imports files that are dropped here. */
	onFilesDropped: (data: vscode.DataTransfer) => Promise<void> = () => Promise.resolve();

	readonly onDidChangeTreeData = this.#changed.event;
	readonly dropMimeTypes = [draftsMime, promptsMime, foldersMime, 'text/uri-list', 'files'];
	readonly dragMimeTypes = [promptsMime, foldersMime];

	constructor(services: LibraryTreeServices, createView: typeof vscode.window.createTreeView<LibraryNode>) {
		this.#services = services;
		this.#disposables.add(this.#changed);
		this.#view = this.#disposables.add(
			createView('promptWorkshop.library', {
				treeDataProvider: visibleRows<LibraryNode>(this),
				dragAndDropController: this,
				canSelectMany: true,
				showCollapseAll: true,
			}),
		);
	}

	get onDidChangeSelection(): vscode.Event<vscode.TreeViewSelectionChangeEvent<LibraryNode>> {
		return this.#view.onDidChangeSelection;
	}

	get grouping(): Grouping {
		const known = this.#services.memory.get<Grouping>(groupingKey);
		return promptGroupings.find((grouping) => grouping === known) ?? 'none';
	}

	async setGrouping(grouping: Grouping): Promise<void> {
		await this.#services.memory.update(groupingKey, grouping);
		this.#rows.show(this.#prompts ?? [], grouping);
		this.#changed.fire(undefined);
	}

	/** Reads everything again. */
	refresh(): void {
		this.#prompts = undefined;
		this.#loading = undefined;
		this.#changed.fire(undefined);
	}

	/** Refreshes the rows that a change of the store shows in. A prompt tells how many drafts use it. */
	follow({ drafts, prompts, all }: StoreChange): void {
		if (!all && drafts.length === 0 && prompts.length === 0) {
			return;
		}
		if (all || !this.#view.visible || this.#prompts === undefined) {
			this.refresh();
			return;
		}
		this.#updates = this.#updates.then(() => this.#update()).catch(this.#services.onFailed);
	}

	/** Selects a prompt where the tree is on the screen; brings nothing to the front. */
	async show(name: string): Promise<void> {
		if (!this.#view.visible) {
			return;
		}
		// A prompt that was just added is in the rows once the change of the store is followed.
		await this.#updates;
		await this.getChildren();
		const row = this.#rows.find(`prompt:${name}`);
		if (row) {
			await this.#view.reveal(row, { select: true, focus: false });
		}
	}

	getParent(node: LibraryNode): GroupRow | undefined {
		return node.kind === 'version' ? undefined : node.parent;
	}

	async getChildren(parent?: LibraryNode): Promise<LibraryNode[]> {
		if (parent?.kind === 'version') {
			return [];
		}
		try {
			if (parent && isRecord<PromptSummary, PromptRow>(parent)) {
				return await this.#versions(parent);
			}
			await (this.#loading ??= this.#load());
		} catch (error) {
			this.#loading = undefined;
			this.#services.onFailed(error);
			return [];
		}
		return this.#rows.children(parent);
	}

	getTreeItem(node: LibraryNode): vscode.TreeItem {
		if (node.kind === 'version') {
			return versionItem(node);
		}
		return isRecord<PromptSummary, PromptRow>(node)
			? promptItem(node.item, this.#rows.filingOf(node.item), node.id)
			: groupItem(node, this.#prompts?.length ?? 0);
	}

	handleDrag(nodes: readonly LibraryNode[], data: vscode.DataTransfer): void {
		const names = nodes.flatMap((node) => (node.kind === 'prompt' ? [node.promptName] : []));
		const folders = nodes.flatMap((node) => (node.kind === 'folder' ? [node.value] : []));
		data.set(promptsMime, new vscode.DataTransferItem(JSON.stringify(names)));
		data.set(foldersMime, new vscode.DataTransferItem(JSON.stringify(folders)));
	}

	/** Prompts are moved to a folder or get a tag, folders are moved with what is in them; a draft is compared. Files are imported. */
	async handleDrop(target: LibraryNode | undefined, data: vscode.DataTransfer): Promise<void> {
		if ([draftsMime, promptsMime, foldersMime].every((mime) => data.get(mime) === undefined)) {
			await this.onFilesDropped(data);
			return;
		}
		const draftId = (await draggedList(data, draftsMime))[0];
		if (typeof draftId === 'number') {
			await this.#compare(draftId, target);
			return;
		}
		const { grouping } = this;
		const place = target?.kind === 'version' ? undefined : target;
		const changes = [...new Set(await draggedList(data, promptsMime))].flatMap((name) => {
			const row = typeof name === 'string' ? this.#rows.find(`prompt:${name}`) : undefined;
			const filing = row && droppedFiling(place, grouping, this.#rows.filingOf(row.item));
			return row && filing ? [{ owner: { promptName: row.promptName }, filing }] : [];
		});
		const folders = await draggedList(data, foldersMime);
		await fileDropped(this.#services.workshop, 'prompts', changes, { target: place, grouping, folders });
	}

	dispose(): void {
		this.#disposables.dispose();
	}

	async #load(): Promise<void> {
		const store = await this.#services.openStore();
		this.#prompts = await store.read(({ prompts }) => prompts.list());
		this.#rows.show(this.#prompts, this.grouping);
	}

	async #update(): Promise<void> {
		const store = await this.#services.openStore();
		const read = await store.read(({ prompts }) => prompts.list());
		if (this.#prompts === undefined) {
			return;
		}
		this.#prompts = read;
		const rows = this.#rows.replace(read, this.grouping);
		if (rows.length > 0) {
			this.#changed.fire(rows.includes(undefined) ? undefined : rows.flatMap((row) => row ?? []));
		}
	}

	async #versions(parent: PromptRow): Promise<VersionRow[]> {
		const store = await this.#services.openStore();
		const versions = await store.read((repositories) => repositories.versions.list('prompt', parent.item.id));
		return versions.map((version, index) => ({
			kind: 'version',
			rowId: `version:${version.id}@${parent.id}`,
			versionId: version.id,
			version,
			number: versions.length - index,
			title: parent.item.title,
		}));
	}

	async #compare(draftId: number, target: LibraryNode | undefined): Promise<void> {
		if (target?.kind !== 'prompt') {
			return;
		}
		const store = await this.#services.openStore();
		const draft = await store.read(({ drafts }) => drafts.get(draftId));
		await showDiff(
			readOnlyUri({ kind: 'prompt', key: target.promptName, title: target.promptName }),
			draftUri(store.status.storeId, draft),
			vscode.l10n.t('{0} ↔ {1}', target.item.title, draftTitle(draft)),
		);
	}
}
