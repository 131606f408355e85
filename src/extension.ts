import * as vscode from 'vscode';
import type { PromptWorkshopApi } from './common/api.ts';
import { KeyedQueue } from './common/keyedQueue.ts';
import { createApi } from './host/api.ts';
import { ApiKeys } from './host/models/apiKeys.ts';
import { ChatModelMemory } from './host/models/chatModels.ts';
import { registerCommands, runCommand as runCommandOf } from './host/commands.ts';
import { createDraftDocuments } from './host/drafts/draftDocuments.ts';
import { DraftEditor } from './host/drafts/draftEditor.ts';
import { SaveReasons } from './host/drafts/saveReasons.ts';
import { createLog } from './host/kit/log.ts';
import { ReadOnlyDocuments } from './host/kit/readOnlyDocuments.ts';
import { addLibraryDocuments } from './host/library/libraryDocuments.ts';
import { addTopicDocuments } from './host/topics/topicDocuments.ts';
import { addWorkshopDocuments } from './host/workshop/workshopDocuments.ts';
import { createLabServices } from './host/lab/labServices.ts';
import { ModelChoice } from './host/models/modelChoice.ts';
import { ModelsOfSettings } from './host/models/modelsOfSettings.ts';
import type { OtherStores } from './host/store/otherStores.ts';
import { WorkshopPanels } from './host/workshop/workshopPanel.ts';
import type { Services } from './host/services.ts';
import { readSettings } from './host/kit/settings.ts';
import { watchStoreSize } from './host/store/storeSize.ts';
import { StoreWatch } from './host/store/storeWatch.ts';
import { openTopics } from './host/topics/openTopics.ts';
import { WorkshopTrees } from './host/workshopTrees.ts';
import { WorkshopStoreOpener } from './host/store/workshopStore.ts';
import { LiveRuns } from './workshop/liveRuns.ts';
import { createWorkshop } from './workshop/workshop.ts';

let closeStore = (): Promise<void> => Promise.resolve();

/** Builds the services in order and registers them. Nothing here reads a disk, loads wasm or sends a request. */
export function activate(extension: vscode.ExtensionContext): PromptWorkshopApi {
	const own = <T extends vscode.Disposable>(item: T): T => {
		extension.subscriptions.push(item);
		return item;
	};
	const now = () => new Date();
	const log = own(createLog('Prompt Workshop'));
	const onFailed = (error: unknown) => log.error(String(error));
	const watch = new StoreWatch();
	const stores = own(
		new WorkshopStoreOpener(extension, log, (store) => {
			watch.onOpened(store);
			watchStoreSize(store);
			editor.follow(store);
			store.onDidChange((change) => readOnly.announce(change));
			trees.follow(store);
			workshop.tidy().catch(onFailed);
			store.onDidChangeStatus(({ mode }) => {
				if (mode === 'owner') {
					runs.storeAgain().catch(onFailed);
				}
			});
			otherStores()
				.then((others) => others.offer(store))
				.catch(onFailed);
		}),
	);
	closeStore = () => stores.close();
	const openStore = stores.open;
	const keys = new ApiKeys(extension.secrets, extension.globalState, log);
	const models = own(new ModelsOfSettings(keys, log)).get;
	const topics = own(openTopics(() => stores.folder(), log));
	const runs = new LiveRuns();
	const textChanges = new KeyedQueue<number>();
	const saveReasons = own(new SaveReasons(onFailed));
	const documents = createDraftDocuments(saveReasons);
	const chatModels = new ChatModelMemory(extension.workspaceState);
	const modelChoice = own(new ModelChoice(models, extension.workspaceState, chatModels));
	const use = { models, topics, settings: readSettings, modelChoice, chatModels };
	const workshop = createWorkshop({
		...use,
		chooseModel: modelChoice.choose,
		store: openStore,
		documents,
		runs,
		textChanges,
		now,
	});
	const editor = own(new DraftEditor({ openStore, workshop, saveReasons, onFailed }));
	const readOnly = own(new ReadOnlyDocuments(onFailed));
	addLibraryDocuments(readOnly, openStore);
	addTopicDocuments(readOnly, topics);
	addWorkshopDocuments(readOnly, openStore, workshop);
	own(topics.onDidChange((change) => readOnly.announce(change)));
	const trees = own(new WorkshopTrees({ openStore, topics, runs, extension, onFailed: watch.onOpenFailed }));
	const { extensionUri, workspaceState } = extension;
	const runCommand = (id: string, ...parameters: unknown[]) => runCommandOf(services, id, parameters);
	const storage = extension.storageUri ?? extension.globalStorageUri;
	const panels = own(
		new WorkshopPanels({
			...use,
			extensionUri,
			workspaceState,
			storage,
			store: openStore,
			workshop,
			runCommand,
			log,
		}),
	);
	const openedStore = () => stores.opened;
	const { lab, labPanels, labTree } = own(createLabServices({ ...use, extension, openedStore, runCommand, log }));
	const refreshTrees = () => {
		trees.refresh();
		labTree.refresh();
	};
	const show = (text: string) => trees.drafts.showElsewhere(text);
	let others: Promise<OtherStores> | undefined;
	const otherStores = () =>
		(others ??= import('./host/store/otherStores.ts').then(
			({ OtherStores }) =>
				new OtherStores({ stores, topics, memory: workspaceState, log, show, onBrought: refreshTrees }),
		));
	own(vscode.workspace.onDidChangeWorkspaceFolders(() => stores.notePlace().catch(onFailed)));
	const services: Services = {
		...{ extension, log, openStore, workshop, models, keys, topics, panels, lab, labPanels, labTree },
		modelChoice,
		draftsTree: trees.drafts,
		libraryTree: trees.library,
		otherStores,
		refreshTrees,
	};
	own(registerCommands(services));
	return createApi(services);
}

/** VS Code waits for it: the store hands its ownership back, so that the next window need not wait. */
export function deactivate(): Promise<void> {
	return closeStore();
}
