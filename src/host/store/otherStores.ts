import { basename, dirname, join, relative } from 'node:path';
import * as vscode from 'vscode';
import type { ImportSummary, OrphanedStore, Store } from '../../storage/contract.ts';
import type { TopicIndex } from '../../topics/contract.ts';
import { AppError } from '../../common/errors.ts';
import { visibleText } from '../../common/visibleText.ts';
import { chosen } from '../kit/arguments.ts';
import { fileExists } from '../kit/fileExists.ts';
import { showInformation } from '../kit/notify.ts';
import { showPicks } from '../kit/pick.ts';
import { trustedPath } from '../kit/places.ts';
import { openFolders } from './openFolders.ts';
import { plural } from '../kit/plural.ts';
import type { WorkshopStoreOpener } from './workshopStore.ts';

const askedKey = 'orphans.asked';

/** What came from another store. */
export interface Brought extends ImportSummary {
	topics: string[];
}

export interface OtherStoresOptions {
	stores: WorkshopStoreOpener;
	topics: TopicIndex;
	memory: vscode.Memento;
	log: vscode.LogOutputChannel;
	/** What other stores hold, for the Drafts view; empty when it is here. */
	show: (text: string) => void;
	onBrought: () => void;
}

/**
 * Stores that VS Code keeps apart from this window's although they belong together: of a folder that is part of this
 * workspace, of windows without a folder, of a folder that was renamed or moved, of another port of a server.
 */
export class OtherStores {
	readonly #options: OtherStoresOptions;

	constructor(options: OtherStoresOptions) {
		this.#options = options;
	}

	/** In a window without drafts: says in the Drafts view, and once in a message, what is where. */
	async offer(store: Store): Promise<void> {
		if ((await store.read(({ drafts }) => drafts.list().length)) > 0) {
			return;
		}
		const { stores, memory, show } = this.#options;
		const found = await stores.findOrphans(true);
		show(storesText(found));
		if (found.length > 0 && !memory.get(askedKey)) {
			await memory.update(askedKey, true);
			await this.#ask(found);
		}
	}

	async #ask(found: OrphanedStore[]): Promise<void> {
		const bring = vscode.l10n.t('Bring Them Here');
		const open = vscode.l10n.t('Open That Folder');
		const [only, ...others] = found;
		const [folder] = only?.folders ?? [];
		const canOpen =
			others.length === 0 &&
			folder !== undefined &&
			(await fileExists(vscode.Uri.file(folder))) &&
			!isOpen(folder);
		const isGone = found.every(({ relation }) => relation === 'gone');
		const text = isGone
			? vscode.l10n.t('No drafts here. Found elsewhere: {0}. Was it renamed or moved?', storesText(found))
			: vscode.l10n.t('No drafts here. Found elsewhere: {0}', storesText(found));
		const answer = await showInformation(text, bring, ...(canOpen ? [open] : []));
		if (answer === bring) {
			await vscode.commands.executeCommand('promptWorkshop.bringDrafts', { offered: true });
		} else if (answer === open && folder !== undefined) {
			await vscode.commands.executeCommand('vscode.openFolder', vscode.Uri.file(folder));
		}
	}

	/** From the store in this folder. Throws `not-found` where none is found there. */
	async bringFrom(folder: string): Promise<Brought> {
		const named = (await this.#options.stores.findOrphans(false)).filter((orphan) => orphan.folder === folder);
		if (named.length === 0) {
			throw new AppError('not-found', vscode.l10n.t('There is no other Prompt Workshop store at that location'));
		}
		return this.#bringAll(named);
	}

	/** From the stores that the user chooses. `offered`: only such as belong to this window; a single one needs no choice. */
	async chooseAndBring(offered: boolean): Promise<Brought> {
		const found = await this.#options.stores.findOrphans(offered);
		const [only, ...others] = found;
		if (!only) {
			throw new AppError('not-found', vscode.l10n.t('No other folder or window has drafts, prompts or topics'));
		}
		return this.#bringAll(offered && others.length === 0 ? [only] : await choose(found));
	}

	/** One after the other; then says what came. What came before does not come again; the other stores stay as they are. */
	async #bringAll(orphans: readonly OrphanedStore[]): Promise<Brought> {
		const { stores, log, show, onBrought } = this.#options;
		const store = await stores.open();
		const all: Brought = { drafts: 0, chats: 0, prompts: 0, results: 0, versions: 0, topics: [], skipped: [] };
		for (const orphan of orphans) {
			const brought = await store.bring(orphan.folder);
			for (const key of ['drafts', 'chats', 'prompts', 'results', 'versions'] as const) {
				all[key] += brought[key];
			}
			all.skipped.push(...brought.skipped);
			all.topics.push(...(await this.#bringTopics(orphan, all.skipped)));
		}
		show('');
		onBrought();
		const message = vscode.l10n.t(
			'Brought here. Drafts: {0}, prompts: {1}, test results: {2}, topics: {3}, skipped: {4}. The other store is unchanged',
			all.drafts,
			all.prompts,
			all.results,
			all.topics.length,
			all.skipped.length,
		);
		log.info(message, ...all.skipped.map(({ what, reason }) => `${what}: ${reason}`));
		void showInformation(message);
		return all;
	}

	async #bringTopics(orphan: OrphanedStore, skipped: ImportSummary['skipped']): Promise<string[]> {
		const { stores, topics } = this.#options;
		const here = new Set((await topics.list()).map(({ name }) => name));
		const missing = orphan.topics.filter(({ name }) => !here.has(name));
		const isCopied = here.size === 0 && missing.length > 0 && (await stores.copyTopics(dirname(orphan.folder)));
		const brought: string[] = [];
		for (const { name, source } of missing) {
			const place = source === null ? undefined : await presentPlace(source, orphan.folders);
			// A copied index is complete; only the places of a folder that moved have changed.
			if (isCopied && (place === undefined || place === source)) {
				brought.push(name);
				continue;
			}
			try {
				if (place === undefined) {
					throw new Error(vscode.l10n.t('its articles are no longer at {0}', source ?? '?'));
				}
				await topics.import(name, await trustedPath(place));
				brought.push(name);
			} catch (error) {
				const what = vscode.l10n.t('topic {0}', name);
				skipped.push({ what, reason: error instanceof Error ? error.message : String(error) });
			}
		}
		return brought;
	}
}

/** Where a topic's articles are now: where they were, or at the same place in the folder that this window has open. */
async function presentPlace(source: string, folders: readonly string[]): Promise<string | undefined> {
	const moved = folders
		.map((folder) => relative(folder, source))
		.filter((path) => !path.startsWith('..'))
		.flatMap((path) => openFolders().map((folder) => join(folder, path)));
	for (const place of [source, ...moved]) {
		if (await fileExists(vscode.Uri.file(place))) {
			return place;
		}
	}
	return undefined;
}

async function choose(found: readonly OrphanedStore[]): Promise<OrphanedStore[]> {
	const items = found.map((orphan) => ({
		label: storeName(orphan),
		description: storeContent(orphan),
		detail: orphan.folders.join(', ') || orphan.folder,
		picked: orphan.relation === 'folder' || orphan.relation === 'no-folder',
		orphan,
	}));
	const placeHolder = vscode.l10n.t('Bring drafts, chats, results, prompts and topics from');
	const picked = chosen(await showPicks(items, { placeHolder }));
	return picked.map(({ orphan }) => orphan);
}

function isOpen(folder: string): boolean {
	const open = openFolders();
	return open.length === 1 && open[0] === folder;
}

/** Where a store belongs, for people. */
function storeName({ relation, folders, workspace, folder }: OrphanedStore): string {
	if (relation === 'no-folder') {
		return vscode.l10n.t('windows without a folder');
	}
	return folders.length > 0 ? folders.map((path) => basename(path)).join(', ') : (workspace ?? folder);
}

/** How much a store holds, for people. */
function storeContent({ drafts, prompts, topics }: OrphanedStore): string {
	const counts: [number, string][] = [
		[drafts, plural(drafts, vscode.l10n.t('{0} draft', drafts), vscode.l10n.t('{0} drafts', drafts))],
		[prompts, plural(prompts, vscode.l10n.t('{0} prompt', prompts), vscode.l10n.t('{0} prompts', prompts))],
		[
			topics.length,
			plural(
				topics.length,
				vscode.l10n.t('{0} topic', topics.length),
				vscode.l10n.t('{0} topics', topics.length),
			),
		],
	];
	return counts.flatMap(([count, text]) => (count > 0 ? [text] : [])).join(', ');
}

/** What is where, in one line. */
function storesText(found: readonly OrphanedStore[]): string {
	const places = found.map((orphan) => {
		const [name, content] = [visibleText(storeName(orphan)), storeContent(orphan)];
		return orphan.relation === 'gone'
			? vscode.l10n.t('{0} in {1}, a folder that no longer exists', content, name)
			: vscode.l10n.t('{0} in {1}', content, name);
	});
	return places.join('; ');
}
