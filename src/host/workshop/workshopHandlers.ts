import * as vscode from 'vscode';
import { AppError } from '../../common/errors.ts';
import { textHash } from '../../disk/textHash.ts';
import type { Turn } from '../../common/turn.ts';
import type { RpcHandlers } from '../../common/rpc.ts';
import { shownTurn } from '../../common/shownTurn.ts';
import type { WorkshopAction, WorkshopProtocol } from '../../common/workshopProtocol.ts';
import type { Store } from '../../storage/contract.ts';
import { textColumn } from '../kit/textColumn.ts';
import { compareBlock, useBlock } from './workshopBlocks.ts';
import type { SuiteTab } from './suiteTab.ts';
import { openLink } from './workshopLinks.ts';
import type { WorkshopPanelServices } from './workshopPanelServices.ts';
import { done, pageHandlers } from '../kit/pageHandlers.ts';
import { workshopParsers } from './workshopMessages.ts';
import { resetDraft } from '../drafts/resetText.ts';
import { messageTurn, previousResult, requireOwn, runsElsewhere, versionNumber } from './workshopViews.ts';

type Requests = WorkshopProtocol['requests'];

/** The state of the page, which only the panel knows. */
export interface WorkshopPage {
	snapshot(): Promise<Requests['snapshot']['result']>;
	earlier(before: number): Promise<Requests['earlier']['result']>;
	history(params: Requests['history']['params']): Promise<Requests['history']['result']>;
	keepIntent(intent: unknown): void;
	/** Opened with the first request of the Suite tab. */
	suite(): Promise<SuiteTab>;
}

/** Handles the requests of one panel's page, all of which concern its draft only. */
export function workshopHandlers(
	services: WorkshopPanelServices,
	store: Store,
	draftId: number,
	page: WorkshopPage,
): RpcHandlers<WorkshopProtocol> {
	const { workshop, topics, runCommand } = services;
	const command = async (id: string, ...parameters: unknown[]): Promise<null> => {
		await runCommand(id, ...parameters);
		return null;
	};
	const ownResult = (testId: string) => store.read(({ results }) => requireOwn(results.get(testId), draftId));
	const actions: Record<WorkshopAction, () => Promise<unknown>> = {
		commit: () => command('commitDraft', draftId),
		extract: () => command('extractDraft', draftId),
		// An object instead of a number makes the command ask first.
		deleteDraft: () => command('deleteDraft', { draftId }),
		openDraft: () => command('openDraft', draftId),
		showVersions: () => command('showVersions', { draftId }),
		reset: () => resetDraft(store, workshop, draftId),
		chooseChatModel: () => command('chooseModel', 'chat'),
		chooseTestModel: async () => {
			const model = await services.modelChoice.pick();
			if (services.modelChoice.chosen('test') === undefined) {
				await services.modelChoice.set('test', model);
			}
			await workshop.useTestModel(draftId, model);
		},
		exportResults: () => command('exportResults', draftId),
		editVariables: () => command('editVariables', { draftId }),
		editTools: () => command('editTools', { draftId }),
	};

	return pageHandlers<WorkshopProtocol>(workshopParsers, {
		snapshot: () => page.snapshot(),
		earlier: ({ before }) => page.earlier(before),
		history: (params) => page.history(params),
		send: done(({ text }) => workshop.send(draftId, text)),
		resend: done(({ messageId, text }) => workshop.resend(draftId, messageId, text)),
		retry: done(() => workshop.retry(draftId)),
		stop: done(({ kind }) => workshop.runs.of(draftId, kind).forEach((run) => run.stop())),
		update: done((patch) => workshop.update(draftId, patch)),
		runTest: async ({ query, topic, limit, thinking, vars, otherModel }) => {
			const model = otherModel ? await services.modelChoice.pick() : undefined;
			const run = await workshop.test(draftId, {
				testQuery: query,
				topic,
				limit,
				thinking,
				vars,
				...(model !== undefined && { model }),
			});
			return { testId: run.key };
		},
		declare: done(({ names }) => workshop.declareVariables(draftId, names)),
		result: async ({ testId }) => {
			const response =
				(await ownResult(testId)).responseRef === null ? undefined : await workshop.response(testId);
			return store.read(({ drafts, results, versions }) => {
				const result = requireOwn(results.get(testId), draftId);
				const known = versions.list('draft', draftId);
				const tested = known.find(({ id }) => id === result.versionId);
				const live = workshop.runs.of(draftId, 'test').map(({ key }) => key);
				return {
					result,
					elsewhere: runsElsewhere(result, live),
					turn: response?.turn ? shownTurn(response.turn) : null,
					version: versionNumber(known, result.versionId),
					versionIsCurrent: tested?.contentHash === textHash(drafts.get(draftId).draftContent),
					previousId: previousResult(results.list(draftId), result)?.testId ?? null,
				};
			});
		},
		rate: done(({ testId, ...patch }) => workshop.rate(draftId, testId, patch)),
		removeResult: async ({ testId }) => {
			await ownResult(testId);
			return command('deleteResult', testId);
		},
		openResult: async ({ testId }) => {
			await ownResult(testId);
			return command('openResult', testId);
		},
		compareVersion: async ({ testId }) => {
			const { versionId } = await ownResult(testId);
			// The version of an imported result may be missing.
			return versionId === null
				? command('compareWith', { testId }, { draftId })
				: command('compareVersions', { versionId });
		},
		showRequest: async (of) => {
			if ('testId' in of) {
				await ownResult(of.testId);
				return command('showRequest', of.testId);
			}
			await ownMessage(store, draftId, of.messageId);
			return command('showRequest', of);
		},
		useBlock: done(({ messageId, text }) => useBlock({ store, workshop }, draftId, messageId, text)),
		compareBlock: done(({ messageId, text }) => compareBlock(store, draftId, messageId, text)),
		copy: done(({ text }) => vscode.env.clipboard.writeText(text)),
		openLink: done(({ url }) => openLink(url, topics, async (uri) => void (await command('openArticle', uri)))),
		openText: done(async ({ key, index }) => {
			const turn = await findTurn(services, store, draftId, key);
			const block = turn?.blocks[index];
			if (!block || block.type === 'tool') {
				throw new AppError('not-found', vscode.l10n.t('The text no longer exists'));
			}
			const document = await vscode.workspace.openTextDocument({ content: block.text, language: 'markdown' });
			await vscode.window.showTextDocument(document, { viewColumn: textColumn() });
		}),
		setKey: ({ provider }) => command('setApiKey', provider),
		action: done(({ action }) => actions[action]()),
		keepIntent: done(({ intent }) => page.keepIntent(intent)),
		suite: async (params) => (await page.suite()).suite(params),
		suiteRows: async (params) => (await page.suite()).suiteRows(params),
		suiteCase: async (params) => (await page.suite()).suiteCase(params),
		runSuite: async (params) => (await page.suite()).runSuite(params),
		runAb: async (params) => (await page.suite()).runAb(params),
		stopSuite: async (params) => (await page.suite()).stopSuite(params),
		resumeSuite: async (params) => (await page.suite()).resumeSuite(params),
		newSuite: async (params) => (await page.suite()).newSuite(params),
		openSuite: async (params) => (await page.suite()).openSuite(params),
		keepLastTest: async (params) => (await page.suite()).keepLastTest(params),
		openReport: async (params) => (await page.suite()).openReport(params),
		showTrialRequest: async (params) => (await page.suite()).showTrialRequest(params),
		bisect: async (params) => (await page.suite()).bisect(params),
		answerHuman: async (params) => (await page.suite()).answerHuman(params),
	});
}

async function ownMessage(store: Store, draftId: number, messageId: number) {
	return store.read(({ chats, drafts }) => {
		const message = chats.message(messageId);
		if (message.chatId !== drafts.get(draftId).workshopChatId) {
			throw new AppError('not-found', vscode.l10n.t('Message not found in this draft'));
		}
		return message;
	});
}

/** The turn of a message or test, live or stored. */
async function findTurn(
	{ workshop }: WorkshopPanelServices,
	store: Store,
	draftId: number,
	key: string,
): Promise<Turn | undefined> {
	const run = workshop.runs.of(draftId).find((one) => one.key === key);
	if (run) {
		return run.turn;
	}
	if (/^\d+$/.test(key)) {
		return messageTurn(await ownMessage(store, draftId, Number(key)));
	}
	await store.read(({ results }) => requireOwn(results.get(key), draftId));
	return (await workshop.response(key))?.turn;
}
