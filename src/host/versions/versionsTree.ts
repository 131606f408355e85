import * as vscode from 'vscode';
import { isAppError } from '../../common/errors.ts';
import { DisposableStore } from '../../common/lifecycle.ts';
import type { ListedVersion } from '../../common/model.ts';
import { visibleText } from '../../common/visibleText.ts';
import type { Store, StoreChange } from '../../storage/contract.ts';
import { draftIdOf } from '../drafts/draftUri.ts';
import { promptNameOf } from '../kit/readOnlyDocuments.ts';
import { visibleRows } from '../kit/visibleRows.ts';
import type { VersionOwner } from '../library/versionArguments.ts';
import { draftTitle } from '../../common/draftTitle.ts';

export type VersionNode =
	{ kind: 'version'; versionId: number; version: ListedVersion; owner: string } | { kind: 'more'; count: number };

/** The draft or prompt whose versions are shown. */
export type VersionsOf = { draftId: number } | { promptName: string };

const versionsView = 'promptWorkshop.versions';
const pinnedKey = 'versions.pinned';
const pinnedContext = 'promptWorkshop.versionsPinned';
const shownContext = 'promptWorkshop.versionsShown';
/** Versions that are read at once. */
const pageSize = 100;

/** The versions of the draft or prompt that is active in an editor, panel or tree, or of one that is pinned. */
export class VersionsTree implements vscode.TreeDataProvider<VersionNode>, vscode.Disposable {
	readonly #changed = new vscode.EventEmitter<undefined>();
	readonly #disposables = new DisposableStore();
	readonly #openStore: () => Promise<Store>;
	readonly #memory: vscode.Memento;
	readonly #onFailed: (error: unknown) => void;
	readonly #view: vscode.TreeView<VersionNode>;
	#of: VersionsOf | undefined;
	#isPinned: boolean;
	#limit = pageSize;

	readonly onDidChangeTreeData = this.#changed.event;

	constructor(openStore: () => Promise<Store>, memory: vscode.Memento, onFailed: (error: unknown) => void) {
		this.#openStore = openStore;
		this.#memory = memory;
		this.#onFailed = onFailed;
		const pinned = memory.get<VersionsOf>(pinnedKey);
		this.#isPinned = pinned !== undefined;
		this.#view = vscode.window.createTreeView(versionsView, {
			treeDataProvider: visibleRows<VersionNode>(this),
			canSelectMany: true,
		});
		for (const item of [
			this.#changed,
			this.#view,
			vscode.window.onDidChangeActiveTextEditor((editor) => this.#followEditor(editor)),
			// Times are relative.
			this.#view.onDidChangeVisibility(({ visible }) => visible && this.refresh()),
		]) {
			this.#disposables.add(item);
		}
		this.#setContexts();
		if (pinned) {
			this.#set(pinned);
		} else {
			this.#followEditor(vscode.window.activeTextEditor);
		}
	}

	/** What is shown; undefined before the first draft or prompt was active. */
	get shown(): VersionsOf | undefined {
		return this.#of;
	}

	/** Shows the versions of what became active, unless others are pinned. */
	follow(of: VersionsOf): void {
		if (!this.#isPinned) {
			this.#set(of);
		}
	}

	/** Brings the view to the front with the versions of a draft or prompt, one of them selected. Returns that one, or the newest. */
	async show(of: VersionsOf, versionId?: number): Promise<ListedVersion | undefined> {
		this.#set(of);
		if (this.#isPinned) {
			await this.setPinned(true);
		}
		const store = await this.#openStore();
		const version = await store.read((repositories) => {
			const { ownerKind, ownerId } = ownerOf(repositories, of);
			const { total, versions } = repositories.versions.overview(ownerKind, ownerId, 1);
			const found = versionId === undefined ? versions[0] : repositories.versions.listed(versionId);
			this.#limit = Math.max(this.#limit, total - (found?.number ?? total) + 1);
			return found;
		});
		await vscode.commands.executeCommand(`${versionsView}.focus`);
		if (version && versionId !== undefined) {
			const node = (await this.getChildren()).find(
				(one) => one.kind === 'version' && one.versionId === versionId,
			);
			await (node && this.#view.reveal(node, { select: true, focus: true }));
		}
		return version;
	}

	/** Keeps showing the versions of the same draft or prompt, also after a restart. */
	async setPinned(isPinned: boolean): Promise<void> {
		this.#isPinned = isPinned && this.#of !== undefined;
		this.#setContexts();
		await this.#memory.update(pinnedKey, this.#isPinned ? this.#of : undefined);
		this.#followEditor(vscode.window.activeTextEditor);
	}

	showMore(): void {
		this.#limit += pageSize;
		this.refresh();
	}

	refresh(): void {
		this.#changed.fire(undefined);
	}

	/** Refreshes if a change concerns what is shown. */
	takeChange({ drafts, prompts, all }: StoreChange): void {
		const of = this.#of;
		if (of && (all || ('draftId' in of ? drafts.includes(of.draftId) : prompts.includes(of.promptName)))) {
			this.refresh();
		}
	}

	/** Only versions are revealed, and they have no parent. */
	getParent(): undefined {
		return undefined;
	}

	async getChildren(parent?: VersionNode): Promise<VersionNode[]> {
		const of = this.#of;
		if (parent || !of) {
			return [];
		}
		try {
			const store = await this.#openStore();
			const { owner, total, versions } = await store.read((repositories) => {
				const found = ownerOf(repositories, of);
				return { owner: found, ...repositories.versions.overview(found.ownerKind, found.ownerId, this.#limit) };
			});
			if (this.#of === of) {
				this.#describe(owner, versions);
			}
			const rest = total - versions.length;
			return [
				...versions.map((version) => ({
					kind: 'version' as const,
					versionId: version.id,
					version,
					owner: owner.title,
				})),
				...(rest > 0 ? [{ kind: 'more' as const, count: rest, ...of }] : []),
			];
		} catch (error) {
			if (isAppError(error, 'not-found')) {
				await this.#forget(of);
			} else {
				this.#onFailed(error);
			}
			return [];
		}
	}

	async getTreeItem(node: VersionNode): Promise<vscode.TreeItem> {
		const { moreItem, versionItem } = await import('./versionItem.ts');
		return node.kind === 'more' ? moreItem(node.count) : versionItem(node.version, node.owner);
	}

	dispose(): void {
		this.#disposables.dispose();
	}

	#followEditor(editor: vscode.TextEditor | undefined): void {
		const uri = editor?.document.uri;
		const draftId = uri && draftIdOf(uri);
		const promptName = uri && promptNameOf(uri);
		if (draftId !== undefined) {
			this.follow({ draftId });
		} else if (promptName !== undefined) {
			this.follow({ promptName });
		}
	}

	#set(of: VersionsOf): void {
		if (JSON.stringify(of) !== JSON.stringify(this.#of)) {
			this.#of = of;
			this.#limit = pageSize;
			this.#setContexts();
			this.refresh();
		}
	}

	#describe(owner: VersionOwner & { hasText: boolean }, versions: readonly ListedVersion[]): void {
		this.#view.description = visibleText(owner.title);
		const isKept = versions.length === 0 || !owner.hasText || versions.some(({ isCurrent }) => isCurrent);
		this.#view.message = isKept
			? ''
			: vscode.l10n.t('The current text is not a version yet. Saving the document by hand keeps it as one.');
	}

	/** The draft or prompt was deleted. */
	async #forget(of: VersionsOf): Promise<void> {
		if (this.#of === of) {
			this.#of = undefined;
			this.#view.description = '';
			this.#view.message = '';
			await this.setPinned(false);
		}
	}

	#setContexts(): void {
		void vscode.commands.executeCommand('setContext', pinnedContext, this.#isPinned);
		void vscode.commands.executeCommand('setContext', shownContext, this.#of !== undefined);
	}
}

function ownerOf(
	{ drafts, prompts }: Parameters<Parameters<Store['read']>[0]>[0],
	of: VersionsOf,
): VersionOwner & { hasText: boolean } {
	if ('draftId' in of) {
		const draft = drafts.get(of.draftId);
		return { ownerKind: 'draft', ownerId: draft.id, title: draftTitle(draft), hasText: draft.contentLength > 0 };
	}
	const { id, title } = prompts.get(of.promptName);
	return { ownerKind: 'prompt', ownerId: id, title, hasText: true };
}
