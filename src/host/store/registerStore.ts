import * as vscode from 'vscode';
import type { TopicIndex } from '../../topics/contract.ts';
import type { Workshop } from '../../workshop/workshop.ts';
import type { FeatureServices } from '../kit/featureServices.ts';
import { lazyCommand } from '../kit/lazyCommand.ts';
import { bringDrafts } from './bringDrafts.ts';
import { exportAllData } from './exportAllData.ts';
import { exportDatabase } from './exportDatabase.ts';
import { importData } from './importData.ts';
import { refreshTrees } from './refreshTrees.ts';
import { restoreDeleted } from './restoreDeleted.ts';
import type { OtherStores } from './otherStores.ts';
import { watchStoreSize } from './storeSize.ts';
import type { StoreServices } from './storeServices.ts';
import type { WorkshopStoreOpener } from './workshopStore.ts';

/** The store as a whole: its size, its place, other stores that may belong to this window, and the commands on it. */
export function registerStore(
	services: FeatureServices & {
		stores: WorkshopStoreOpener;
		workshop: Workshop;
		topics: TopicIndex;
		/** All trees of the product. */
		trees: readonly { refresh(): void }[];
		/** Says in the Drafts view what other stores hold; empty when it is here. */
		showElsewhere: (text: string) => void;
	},
): void {
	const { extension, log, own, commands, readOnly, stores, workshop, topics, trees, showElsewhere } = services;
	const onFailed = (error: unknown) => log.error(String(error));
	const refreshAll = () => trees.forEach((tree) => tree.refresh());
	let others: Promise<OtherStores> | undefined;
	const otherStores = () =>
		(others ??= import('./otherStores.ts').then(
			({ OtherStores }) =>
				new OtherStores({
					stores,
					topics,
					log,
					memory: extension.workspaceState,
					show: showElsewhere,
					onBrought: refreshAll,
				}),
		));
	stores.onDidOpen((store) => {
		watchStoreSize(store);
		readOnly.follow(store.onDidChange);
		otherStores()
			.then((found) => found.offer(store))
			.catch(onFailed);
	});
	own(vscode.workspace.onDidChangeWorkspaceFolders(() => stores.notePlace().catch(onFailed)));
	const slice: StoreServices = { log, openStore: stores.open, otherStores, workshop, refreshTrees: refreshAll };
	commands.add(slice, [
		restoreDeleted,
		lazyCommand('showStorageStatus', async () => (await import('./showStorageStatus.ts')).showStorageStatus),
		exportDatabase,
		exportAllData,
		importData,
		bringDrafts,
		refreshTrees,
	]);
}
