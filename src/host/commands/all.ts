import { addPromptToLibrary } from './addPromptToLibrary.ts';
import { addProvider } from './addProvider.ts';
import { bringDrafts } from './bringDrafts.ts';
import { captureFixture } from './captureFixture.ts';
import { chooseModel } from './chooseModel.ts';
import { cloneToDraft } from './cloneToDraft.ts';
import type { Command } from './command.ts';
import { commitDraft } from './commitDraft.ts';
import { compareBlock } from './compareBlock.ts';
import { compareResults } from './compareResults.ts';
import { compareVersions } from './compareVersions.ts';
import { copyPrompt } from './copyPrompt.ts';
import { deleteDraft } from './deleteDraft.ts';
import { deletePrompt } from './deletePrompt.ts';
import { deleteResult } from './deleteResult.ts';
import { editDescription } from './editDescription.ts';
import { exportAllData } from './exportAllData.ts';
import { exportDatabase } from './exportDatabase.ts';
import { exportResults } from './exportResults.ts';
import { extractDraft } from './extractDraft.ts';
import { filterDrafts } from './filterDrafts.ts';
import { filterFixtures } from './filterFixtures.ts';
import { groupDrafts } from './groupDrafts.ts';
import { importData } from './importData.ts';
import { importTopic } from './importTopic.ts';
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
import { newDraft } from './newDraft.ts';
import { openArticle } from './openArticle.ts';
import { openDraft } from './openDraft.ts';
import { openLab } from './openLab.ts';
import { openPrompt } from './openPrompt.ts';
import { openResult } from './openResult.ts';
import { openWorkshop } from './openWorkshop.ts';
import { rateResult } from './rateResult.ts';
import { refreshTopic } from './refreshTopic.ts';
import { refreshTrees } from './refreshTrees.ts';
import { removeApiKey } from './removeApiKey.ts';
import { removeTopic } from './removeTopic.ts';
import { renameDraft } from './renameDraft.ts';
import { renamePrompt } from './renamePrompt.ts';
import { renameTopic } from './renameTopic.ts';
import { resendMessage } from './resendMessage.ts';
import { resetDraft } from './resetDraft.ts';
import { restoreDeleted } from './restoreDeleted.ts';
import { restoreVersion } from './restoreVersion.ts';
import { retryAnswer } from './retryAnswer.ts';
import { runTest } from './runTest.ts';
import { runTestAgain } from './runTestAgain.ts';
import { searchTopic } from './searchTopic.ts';
import { sendMessage } from './sendMessage.ts';
import { sendToDraft } from './sendToDraft.ts';
import { setApiKey } from './setApiKey.ts';
import { setDefaultPrompt } from './setDefaultPrompt.ts';
import { setStatus } from './setStatus.ts';
import { showRequest } from './showRequest.ts';
import { showStorageStatus } from './showStorageStatus.ts';
import { showVersions } from './showVersions.ts';
import { startFromTemplate } from './startFromTemplate.ts';
import { startSampleWorkshop } from './startSampleWorkshop.ts';
import { stop } from './stop.ts';
import { useBlock } from './useBlock.ts';

/** Every command of the product; a test compares this list with the manifest and with the files of this folder. */
export const commands: readonly Command[] = [
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
