import type { FeatureServices } from '../kit/featureServices.ts';
import { lazyCommand } from '../kit/lazyCommand.ts';
import { compareBlock } from './compareBlock.ts';
import { deleteResult } from './deleteResult.ts';
import { extractDraft } from './extractDraft.ts';
import { watchMilestones } from './milestones.ts';
import { openResult } from './openResult.ts';
import { openTestedPrompt } from './openTestedPrompt.ts';
import { openWorkshop } from './openWorkshop.ts';
import { rateResult } from './rateResult.ts';
import { ResultCodeLens } from './resultCodeLens.ts';
import { resendMessage } from './resendMessage.ts';
import { retryAnswer } from './retryAnswer.ts';
import { runTest } from './runTest.ts';
import { runTestAgain } from './runTestAgain.ts';
import { sendMessage } from './sendMessage.ts';
import { showRequest } from './showRequest.ts';
import { stop } from './stop.ts';
import { useBlock } from './useBlock.ts';
import { addWorkshopDocuments } from './workshopDocuments.ts';
import type { WorkshopServices } from './workshopServices.ts';

/** Registers chats, tests and results: their documents and commands. */
export function registerWorkshop(services: FeatureServices & WorkshopServices): void {
	const { log, own, commands, readOnly, openStore, onDidOpenStore, workshop } = services;
	const onFailed = (error: unknown) => log.error(String(error));
	onDidOpenStore(() => {
		workshop.tidy().catch(onFailed);
	});
	watchMilestones(onDidOpenStore, onFailed);
	own(new ResultCodeLens(openStore));
	addWorkshopDocuments(readOnly, openStore, workshop);
	const slice: WorkshopServices = services;
	commands.add(slice, [
		lazyCommand('startSampleWorkshop', async () => (await import('./startSampleWorkshop.ts')).startSampleWorkshop),
		openWorkshop,
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
		openTestedPrompt,
		lazyCommand('compareResults', async () => (await import('./compareResults.ts')).compareResults),
		rateResult,
		deleteResult,
		lazyCommand('exportResults', async () => (await import('./exportResults.ts')).exportResults),
		showRequest,
	]);
}
