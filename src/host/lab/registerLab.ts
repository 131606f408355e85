import { createLab } from '../../lab/lab.ts';
import type { Store } from '../../storage/contract.ts';
import type { DraftServices } from '../drafts/draftServices.ts';
import type { FeatureServices } from '../kit/featureServices.ts';
import { readSettings } from '../kit/settings.ts';
import type { ModelServices } from '../models/modelServices.ts';
import { createAccessGuard } from './accessGuard.ts';
import { captureFixture } from './captureFixture.ts';
import { filterFixtures } from './filterFixtures.ts';
import { labChooseModel } from './labChooseModel.ts';
import { labChooseTurn } from './labChooseTurn.ts';
import { labCloseMatrix } from './labCloseMatrix.ts';
import { labCompare } from './labCompare.ts';
import { labContinue } from './labContinue.ts';
import { labDismiss } from './labDismiss.ts';
import { labRegenerate } from './labRegenerate.ts';
import { labRegenerateAll } from './labRegenerateAll.ts';
import { labResetPrompt } from './labResetPrompt.ts';
import { labRetry } from './labRetry.ts';
import { labRunMatrix } from './labRunMatrix.ts';
import { labSaveMatrix } from './labSaveMatrix.ts';
import { labScore } from './labScore.ts';
import { labShowPrompt } from './labShowPrompt.ts';
import { labShowRequest } from './labShowRequest.ts';
import { labStartOver } from './labStartOver.ts';
import { labStop } from './labStop.ts';
import { openLab } from './openLab.ts';
import { sendToDraft } from './sendToDraft.ts';
import { createFixtureFiles } from './fixtureFiles.ts';
import { LabPanels } from './labPanel.ts';
import type { LabServices } from './labServices.ts';
import { LabTree } from './labTree.ts';

/**
 * Registers the Lab of this window: use cases, panels, tree and commands. It uses the store only if it is already open.
 */
export function registerLab(
	services: FeatureServices & DraftServices & ModelServices & { openedStore: () => Promise<Store> | undefined },
): LabServices {
	const { extension, log, own, commands, models, modelChoice, openedStore } = services;
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
		files: createFixtureFiles(extension),
	});
	const labPanels = own(
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
			inputPrice: (model) => models().price(model)?.input,
			runCommand: commands.run,
			log,
		}),
	);
	const labTree = own(new LabTree(lab, (error) => log.error(`[lab] ${String(error)}`)));
	const slice: LabServices = { ...services, lab, labPanels, labTree };
	commands.add(slice, [
		openLab,
		filterFixtures,
		labRegenerate,
		labRegenerateAll,
		labContinue,
		labScore,
		labChooseTurn,
		labChooseModel,
		labStop,
		labRetry,
		labDismiss,
		labCompare,
		labResetPrompt,
		labStartOver,
		labShowPrompt,
		labShowRequest,
		labRunMatrix,
		labSaveMatrix,
		labCloseMatrix,
		sendToDraft,
		captureFixture,
	]);
	return slice;
}
