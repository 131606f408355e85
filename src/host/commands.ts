import * as vscode from 'vscode';
import { AppError, toAppError } from '../common/errors.ts';
import { showError, type Command } from './kit/command.ts';
import type { Services } from './services.ts';
import { addPromptToLibrary } from './library/addPromptToLibrary.ts';
import { addProvider } from './models/addProvider.ts';
import { bringDrafts } from './store/bringDrafts.ts';
import { captureFixture } from './lab/captureFixture.ts';
import { chooseModel } from './models/chooseModel.ts';
import { cloneToDraft } from './library/cloneToDraft.ts';
import { commitDraft } from './library/commitDraft.ts';
import { compareBlock } from './workshop/compareBlock.ts';
import { compareResults } from './workshop/compareResults.ts';
import { compareVersions } from './library/compareVersions.ts';
import { copyPrompt } from './library/copyPrompt.ts';
import { deleteDraft } from './drafts/deleteDraft.ts';
import { deletePrompt } from './library/deletePrompt.ts';
import { deleteResult } from './workshop/deleteResult.ts';
import { editDescription } from './drafts/editDescription.ts';
import { exportAllData } from './store/exportAllData.ts';
import { exportDatabase } from './store/exportDatabase.ts';
import { exportResults } from './workshop/exportResults.ts';
import { extractDraft } from './workshop/extractDraft.ts';
import { filterDrafts } from './drafts/filterDrafts.ts';
import { filterFixtures } from './lab/filterFixtures.ts';
import { groupDrafts } from './drafts/groupDrafts.ts';
import { importData } from './store/importData.ts';
import { importTopic } from './topics/importTopic.ts';
import { labChooseModel } from './lab/labChooseModel.ts';
import { labChooseTurn } from './lab/labChooseTurn.ts';
import { labCloseMatrix } from './lab/labCloseMatrix.ts';
import { labCompare } from './lab/labCompare.ts';
import { labContinue } from './lab/labContinue.ts';
import { labDismiss } from './lab/labDismiss.ts';
import { labRegenerate } from './lab/labRegenerate.ts';
import { labRegenerateAll } from './lab/labRegenerateAll.ts';
import { labResetPrompt } from './lab/labResetPrompt.ts';
import { labRetry } from './lab/labRetry.ts';
import { labRunMatrix } from './lab/labRunMatrix.ts';
import { labSaveMatrix } from './lab/labSaveMatrix.ts';
import { labScore } from './lab/labScore.ts';
import { labShowPrompt } from './lab/labShowPrompt.ts';
import { labShowRequest } from './lab/labShowRequest.ts';
import { labStartOver } from './lab/labStartOver.ts';
import { labStop } from './lab/labStop.ts';
import { newDraft } from './drafts/newDraft.ts';
import { openArticle } from './topics/openArticle.ts';
import { openDraft } from './drafts/openDraft.ts';
import { openLab } from './lab/openLab.ts';
import { openPrompt } from './library/openPrompt.ts';
import { openResult } from './workshop/openResult.ts';
import { openWorkshop } from './workshop/openWorkshop.ts';
import { rateResult } from './workshop/rateResult.ts';
import { refreshTopic } from './topics/refreshTopic.ts';
import { refreshTrees } from './store/refreshTrees.ts';
import { removeApiKey } from './models/removeApiKey.ts';
import { removeTopic } from './topics/removeTopic.ts';
import { renameDraft } from './drafts/renameDraft.ts';
import { renamePrompt } from './library/renamePrompt.ts';
import { renameTopic } from './topics/renameTopic.ts';
import { resendMessage } from './workshop/resendMessage.ts';
import { resetDraft } from './drafts/resetDraft.ts';
import { restoreDeleted } from './store/restoreDeleted.ts';
import { restoreVersion } from './library/restoreVersion.ts';
import { retryAnswer } from './workshop/retryAnswer.ts';
import { runTest } from './workshop/runTest.ts';
import { runTestAgain } from './workshop/runTestAgain.ts';
import { searchTopic } from './topics/searchTopic.ts';
import { sendMessage } from './workshop/sendMessage.ts';
import { sendToDraft } from './lab/sendToDraft.ts';
import { setApiKey } from './models/setApiKey.ts';
import { setDefaultPrompt } from './library/setDefaultPrompt.ts';
import { setStatus } from './drafts/setStatus.ts';
import { showRequest } from './workshop/showRequest.ts';
import { showStorageStatus } from './store/showStorageStatus.ts';
import { showVersions } from './library/showVersions.ts';
import { startFromTemplate } from './library/startFromTemplate.ts';
import { startSampleWorkshop } from './workshop/startSampleWorkshop.ts';
import { stop } from './workshop/stop.ts';
import { useBlock } from './workshop/useBlock.ts';

/** Every command of the product; a test compares this list with the manifest and with the files of the features. */
export const commands: readonly Command<Services>[] = [
	newDraft,
	startFromTemplate,
	startSampleWorkshop,
	cloneToDraft,
	openDraft,
	openWorkshop,
	renameDraft,
	editDescription,
	setStatus,
	deleteDraft,
	restoreDeleted,
	resetDraft,
	sendMessage,
	resendMessage,
	retryAnswer,
	extractDraft,
	useBlock,
	compareBlock,
	runTest,
	runTestAgain,
	stop,
	openResult,
	compareResults,
	rateResult,
	deleteResult,
	exportResults,
	commitDraft,
	addPromptToLibrary,
	openPrompt,
	deletePrompt,
	setDefaultPrompt,
	renamePrompt,
	copyPrompt,
	showVersions,
	compareVersions,
	restoreVersion,
	importTopic,
	refreshTopic,
	renameTopic,
	removeTopic,
	searchTopic,
	openArticle,
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
	setApiKey,
	removeApiKey,
	addProvider,
	chooseModel,
	showRequest,
	showStorageStatus,
	exportDatabase,
	exportAllData,
	importData,
	bringDrafts,
	groupDrafts,
	filterDrafts,
	refreshTrees,
];

/**
 * Registers the commands. An error is shown once, here, with the action that helps, and the caller gets undefined: whatever
 * is thrown, VS Code's own cancellation too, the palette shows in a dialog of its own. A cancelled command says nothing.
 * Programs that want to know why use the API, which rejects.
 */
export function registerCommands(services: Services): vscode.Disposable {
	return vscode.Disposable.from(
		...commands.map((command) =>
			vscode.commands.registerCommand(`promptWorkshop.${command.id}`, async (...parameters: unknown[]) => {
				try {
					return await run(services, command, parameters);
				} catch (thrown) {
					const error = toAppError(thrown);
					if (error.code !== 'cancelled') {
						services.log.error(error, `promptWorkshop.${command.id}`);
						void showError(error);
					}
					return undefined;
				}
			}),
		),
	);
}

/**
 * Runs a command by its id without the prefix, for a panel's button: it rejects with the error, which the page then shows
 * at that button.
 */
export async function runCommand(services: Services, id: string, parameters: readonly unknown[]): Promise<unknown> {
	const command = commands.find((one) => one.id === id);
	if (!command) {
		throw new AppError('internal', `There is no command promptWorkshop.${id}`);
	}
	return run(services, command, parameters);
}

async function run(services: Services, command: Command<Services>, parameters: readonly unknown[]): Promise<unknown> {
	return command.run(services, ...(await checked(command.id, parameters)));
}

/** The schemas are loaded when a first command is called with arguments. */
async function checked(id: string, parameters: readonly unknown[]): Promise<readonly unknown[]> {
	if (parameters.every((parameter) => parameter === undefined)) {
		return [];
	}
	const { checkCommandArguments } = await import('./arguments/checks.ts');
	return checkCommandArguments(id, parameters);
}
