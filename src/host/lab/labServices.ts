import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../common/lifecycle.ts';
import { createLab, type Lab } from '../../lab/lab.ts';
import type { Prices } from '../../providers/prices.ts';
import type { Models } from '../../providers/provider.ts';
import type { Store } from '../../storage/contract.ts';
import type { DraftServices } from '../drafts/draftServices.ts';
import type { ModelChoice } from '../models/modelChoice.ts';
import { LabPanels } from './labPanel.ts';
import { applicationSetting, readSettings } from '../kit/settings.ts';
import { LabTree } from './labTree.ts';
import { createAccessGuard } from './accessGuard.ts';
import { createFixtureFiles } from './fixtureFiles.ts';

/** What commands of the Lab work with. */
export interface LabServices extends DraftServices {
	lab: Lab;
	labPanels: LabPanels;
	labTree: LabTree;
}

/** The Lab of this window: its use cases, panels and tree. It is given the store only where that is open already. */
export function createLabServices(options: {
	extension: vscode.ExtensionContext;
	log: vscode.LogOutputChannel;
	models: () => Models;
	modelChoice: ModelChoice;
	openedStore: () => Promise<Store> | undefined;
	runCommand: (id: string, ...parameters: unknown[]) => Promise<unknown>;
}): Pick<LabServices, 'lab' | 'labPanels' | 'labTree'> & Disposable {
	const { extension, log, models, modelChoice, openedStore, runCommand } = options;
	const disposables = new DisposableStore();
	const guard = createAccessGuard();
	const lab = createLab({
		models,
		settings: readSettings,
		chooseModel: (given, signal) => modelChoice.choose('lab', given, signal),
		requireFacilitator: async (asked) => {
			await guard(asked);
			if (asked?.interactive) {
				labTree.onAllowed();
			}
		},
		files: createFixtureFiles(extension.extensionUri),
	});
	const labPanels = disposables.add(
		new LabPanels({
			extension,
			lab,
			openedStore,
			settings: () => {
				const { thinking, maxTokens } = readSettings();
				return { thinking, maxTokens };
			},
			chosenModel: () => modelChoice.chosen('lab'),
			pickModel: modelChoice.pick,
			inputPrice: (model) => applicationSetting<Prices>('prices')?.[model]?.input,
			runCommand,
			log,
		}),
	);
	const labTree = disposables.add(new LabTree(lab, (error) => log.error(`[lab] ${String(error)}`)));
	return { lab, labPanels, labTree, dispose: () => disposables.dispose() };
}
