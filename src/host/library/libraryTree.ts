import * as vscode from 'vscode';
import { DisposableStore } from '../../common/lifecycle.ts';
import type { PromptSummary, PromptVersion } from '../../common/model.ts';
import { versionReasonLabel } from '../../common/versionReasonLabel.ts';
import type { Store } from '../../storage/contract.ts';
import { draftUri } from '../drafts/draftUri.ts';
import { readOnlyUri } from '../kit/readOnlyDocuments.ts';
import { showDiff } from '../kit/showDiff.ts';
import { draftsMime } from '../drafts/draftsTree.ts';
import { plural } from '../kit/plural.ts';
import { visibleRows } from '../kit/visibleRows.ts';

export type LibraryNode =
	| { kind: 'prompt'; promptName: string; prompt: PromptSummary }
	| { kind: 'version'; versionId: number; version: PromptVersion; number: number; title: string };

/** The prompt library with each prompt's versions below it. A draft dropped on a prompt is compared with it. */
export class LibraryTree
	implements vscode.TreeDataProvider<LibraryNode>, vscode.TreeDragAndDropController<LibraryNode>
{
	readonly #changed = new vscode.EventEmitter<LibraryNode | undefined>();
	readonly #disposables = new DisposableStore();
	readonly #openStore: () => Promise<Store>;
	readonly #onFailed: (error: unknown) => void;
	readonly #view: vscode.TreeView<LibraryNode>;

	readonly onDidChangeTreeData = this.#changed.event;
	readonly dropMimeTypes = [draftsMime];
	readonly dragMimeTypes = [];

	constructor(openStore: () => Promise<Store>, onFailed: (error: unknown) => void) {
		this.#openStore = openStore;
		this.#onFailed = onFailed;
		this.#disposables.add(this.#changed);
		this.#view = this.#disposables.add(
			vscode.window.createTreeView('promptWorkshop.library', {
				treeDataProvider: visibleRows<LibraryNode>(this),
				dragAndDropController: this,
				showCollapseAll: true,
			}),
		);
	}

	get onDidChangeSelection(): vscode.Event<vscode.TreeViewSelectionChangeEvent<LibraryNode>> {
		return this.#view.onDidChangeSelection;
	}

	refresh(): void {
		this.#changed.fire(undefined);
	}

	/** Selects a prompt where the tree is on the screen; brings nothing to the front. */
	async show(name: string): Promise<void> {
		const prompts = this.#view.visible ? await this.getChildren() : [];
		const node = prompts.find((one) => one.kind === 'prompt' && one.promptName === name);
		if (node) {
			await this.#view.reveal(node, { select: true, focus: false });
		}
	}

	/** Only prompts are revealed, and they have no parent. */
	getParent(): undefined {
		return undefined;
	}

	async getChildren(parent?: LibraryNode): Promise<LibraryNode[]> {
		if (parent?.kind === 'version') {
			return [];
		}
		try {
			const store = await this.#openStore();
			return await store.read(({ prompts, versions }) =>
				parent === undefined
					? prompts.list().map((prompt) => ({ kind: 'prompt', promptName: prompt.name, prompt }))
					: versions.list('prompt', parent.prompt.id).map((version, index, all) => ({
							kind: 'version',
							versionId: version.id,
							version,
							number: all.length - index,
							title: parent.prompt.title,
						})),
			);
		} catch (error) {
			this.#onFailed(error);
			return [];
		}
	}

	getTreeItem(node: LibraryNode): vscode.TreeItem {
		return node.kind === 'prompt' ? promptItem(node.prompt) : versionItem(node);
	}

	async handleDrop(target: LibraryNode | undefined, data: vscode.DataTransfer): Promise<void> {
		const draftId = await draggedDraft(data);
		if (target?.kind !== 'prompt' || draftId === undefined) {
			return;
		}
		const store = await this.#openStore();
		const draft = await store.read(({ drafts }) => drafts.get(draftId));
		await showDiff(
			readOnlyUri({ kind: 'prompt', key: target.promptName, title: target.promptName }),
			draftUri(store.status.storeId, draft),
			vscode.l10n.t('{0} ↔ {1}', target.prompt.title, draft.draftName ?? String(draftId)),
		);
	}

	dispose(): void {
		this.#disposables.dispose();
	}
}

/** Under the type of the drafts' tree stands what its `handleDrag` gave, and before that what VS Code itself put there. */
async function draggedDraft(data: vscode.DataTransfer): Promise<number | undefined> {
	const items = [...data].filter(([type]) => type === draftsMime);
	const values = await Promise.all(items.map(async ([, item]) => JSON.parse(await item.asString()) as unknown));
	const ids: unknown[] = values.find(Array.isArray) ?? [];
	return typeof ids[0] === 'number' ? ids[0] : undefined;
}

function promptItem(prompt: PromptSummary): vscode.TreeItem {
	const item = new vscode.TreeItem(
		prompt.title,
		prompt.versionCount > 0 ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.None,
	);
	const state = [
		prompt.name,
		...(prompt.isDefault ? [vscode.l10n.t('default')] : []),
		...(prompt.usedBy > 0
			? [
					plural(
						prompt.usedBy,
						vscode.l10n.t('used by {0} draft', prompt.usedBy),
						vscode.l10n.t('used by {0} drafts', prompt.usedBy),
					),
				]
			: []),
	];
	item.id = `prompt:${prompt.name}`;
	item.description = state.join(' · ');
	item.iconPath = new vscode.ThemeIcon(prompt.isDefault ? 'star-full' : 'note');
	item.contextValue = prompt.isDefault ? 'prompt.default' : 'prompt';
	item.tooltip = [prompt.title, prompt.description, ...state].filter(Boolean).join('\n');
	item.accessibilityInformation = { label: `${prompt.title}, ${state.join(', ')}` };
	item.command = {
		command: 'promptWorkshop.openPrompt',
		title: vscode.l10n.t('Open Prompt'),
		arguments: [prompt.name],
	};
	return item;
}

function versionItem(node: {
	versionId: number;
	version: PromptVersion;
	number: number;
	title: string;
}): vscode.TreeItem {
	const { version, number, title } = node;
	const item = new vscode.TreeItem(`v${number}`);
	item.id = `version:${version.id}`;
	item.description = `${version.label ?? versionReasonLabel(version.reason)} · ${new Date(version.createdAt).toLocaleString()}`;
	item.iconPath = new vscode.ThemeIcon('history');
	item.contextValue = 'version';
	item.command = {
		command: 'vscode.open',
		title: vscode.l10n.t('Open Version'),
		arguments: [readOnlyUri({ kind: 'version', key: String(version.id), title: `${title} v${number}` })],
	};
	return item;
}
