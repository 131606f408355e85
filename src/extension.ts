import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { PromptWorkshopApi } from './common/api.ts';
import { KeyedQueue } from './common/keyedQueue.ts';
import { createApi } from './host/api.ts';
import { createCommands } from './host/commands.ts';
import { createDraftDocuments } from './host/drafts/draftDocuments.ts';
import { registerDrafts } from './host/drafts/registerDrafts.ts';
import { SaveReasons } from './host/drafts/saveReasons.ts';
import type { FeatureServices } from './host/kit/featureServices.ts';
import { createLog } from './host/kit/log.ts';
import { ReadOnlyDocuments } from './host/kit/readOnlyDocuments.ts';
import { readSettings } from './host/kit/settings.ts';
import { registerExchange } from './host/exchange/registerExchange.ts';
import { registerLab } from './host/lab/registerLab.ts';
import { registerLibrary } from './host/library/registerLibrary.ts';
import { registerModels } from './host/models/registerModels.ts';
import { registerStore } from './host/store/registerStore.ts';
import { StoreWatch } from './host/store/storeWatch.ts';
import { WorkshopStoreOpener } from './host/store/workshopStore.ts';
import { registerSuites } from './host/suites/registerSuites.ts';
import { registerTemplates } from './host/templates/registerTemplates.ts';
import { registerTopics } from './host/topics/registerTopics.ts';
import { registerVersions } from './host/versions/registerVersions.ts';
import { registerWorkshop } from './host/workshop/registerWorkshop.ts';
import { WorkshopPanels } from './host/workshop/workshopPanel.ts';
import { LiveRuns } from './workshop/liveRuns.ts';
import { createWorkshop } from './workshop/workshop.ts';

let beforeEnd = (): Promise<unknown> => Promise.resolve();

/** Builds the services in order and registers the features. Nothing here reads a disk, loads wasm or sends a request. */
export function activate(extension: vscode.ExtensionContext): PromptWorkshopApi {
	l10n.config({ contents: vscode.l10n.bundle ?? {} });
	const own = <T extends vscode.Disposable>(item: T): T => {
		extension.subscriptions.push(item);
		return item;
	};
	const log = own(createLog('Prompt Workshop'));
	const onFailed = (error: unknown) => log.error(String(error));
	const stores = own(new WorkshopStoreOpener(extension, log));
	const dataFolder = () => stores.folder();
	const features: FeatureServices = {
		extension,
		log,
		own,
		commands: createCommands({ log, own }),
		readOnly: own(new ReadOnlyDocuments(onFailed)),
		openStore: stores.open,
		onDidOpenStore: stores.onDidOpen,
		onStoreFailed: new StoreWatch(stores.onDidOpen).onOpenFailed,
	};
	const models = registerModels(features);
	const topics = registerTopics({ ...features, folder: dataFolder });

	const runs = new LiveRuns();
	const saveReasons = own(new SaveReasons(onFailed));
	const use = { ...models, topics: topics.topics, settings: readSettings, store: stores.open };
	const documents = createDraftDocuments(saveReasons);
	const workshop = createWorkshop({
		...use,
		runs,
		chooseModel: models.modelChoice.choose,
		chosenModel: models.modelChoice.settled,
		now: () => new Date(),
		documents,
		linkedFiles: {
			async write(draft) {
				const { writeLinkedFile } = await import('./host/exchange/writeLinkedFile.ts');
				return writeLinkedFile(exchange, draft);
			},
		},
		textChanges: new KeyedQueue<number>(),
	});
	const { extensionUri, workspaceState, storageUri: storage = extension.globalStorageUri } = extension;
	const runCommand = features.commands.run;
	const panels = own(
		new WorkshopPanels({ ...use, extensionUri, workspaceState, storage, dataFolder, workshop, runCommand, log }),
	);
	beforeEnd = () => Promise.all([stores.close(), panels.keep()]);

	const drafts = registerDrafts({ ...features, workshop, panels, runs, saveReasons });
	const library = registerLibrary({ ...features, ...drafts });
	registerTemplates({ ...features, ...library });
	const { versionsTree } = registerVersions({ ...features, ...library });
	const lab = registerLab({ ...features, ...drafts, ...models, openedStore: () => stores.opened });
	const tests = { ...features, ...library, ...models, ...topics, panels, labPanels: lab.labPanels };
	registerWorkshop(tests);
	const suites = registerSuites({ ...tests, documents, lab: lab.lab });
	const exchange = registerExchange({ ...tests, documents, labTree: lab.labTree, suiteRuns: suites.suiteRuns });
	registerStore({
		...features,
		...topics,
		stores,
		workshop,
		trees: [
			drafts.draftsTree,
			library.libraryTree,
			versionsTree,
			topics.topicsTree,
			lab.labTree,
			suites.suitesTree,
		],
		showElsewhere: (text) => drafts.draftsTree.showElsewhere(text),
	});
	return createApi({ ...suites, ...exchange, openStore: stores.open, lab: lab.lab });
}

/** VS Code waits for it: the store hands its ownership back, so that the next window need not wait, and pages are kept. */
export async function deactivate(): Promise<void> {
	await beforeEnd();
}
