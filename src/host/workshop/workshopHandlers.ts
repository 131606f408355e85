import * as vscode from 'vscode';
import { AppError } from '../../common/errors.ts';
import { textHash } from '../../disk/textHash.ts';
import type { Turn } from '../../common/foldParts.ts';
import type { RpcHandlers } from '../../common/rpc.ts';
import { shownTurn } from '../../common/shownTurn.ts';
import type { WorkshopAction, WorkshopProtocol } from '../../common/workshopProtocol.ts';
import type { Store } from '../../storage/contract.ts';
import { textColumn } from '../kit/textColumn.ts';
import { compareBlock, useBlock } from './workshopBlocks.ts';
import { exportResults } from './workshopExport.ts';
import { openLink } from './workshopLinks.ts';
import type { WorkshopPanelServices } from './workshopPanelServices.ts';
import { workshopParsers as parse } from './workshopParams.ts';
import { resetDraft } from '../drafts/resetText.ts';
import { messageTurn, previousResult, requireOwn, runsElsewhere, versionNumber } from './workshopViews.ts';

type Requests = WorkshopProtocol['requests'];

/** What only the panel knows: its page's state. */
export interface WorkshopPage {
	snapshot(): Promise<Requests['snapshot']['result']>;
	earlier(before: number): Promise<Requests['earlier']['result']>;
	history(params: Requests['history']['params']): Promise<Requests['history']['result']>;
	keepIntent(intent: unknown): void;
}

/** Answers the requests of one panel's page; all of them are about its draft and no other. */
export function workshopHandlers(
	services: WorkshopPanelServices,
	store: Store,
	draftId: number,
	page: WorkshopPage,
): RpcHandlers<WorkshopProtocol> {
	const { workshop, topics, runCommand } = services;

	const done = async (work: Promise<unknown>): Promise<null> => {
		await work;
		return null;
	};
	const command = (id: string, ...parameters: unknown[]) => done(runCommand(id, ...parameters));
	const ownResult = (testId: string) => store.read(({ results }) => requireOwn(results.get(testId), draftId));
	const actions: Record<WorkshopAction, () => Promise<unknown>> = {
		commit: () => command('commitDraft', draftId),
		extract: () => command('extractDraft', draftId),
		// As an item, not a bare number: the command then asks first.
		deleteDraft: () => command('deleteDraft', { draftId }),
		openDraft: () => command('openDraft', draftId),
		showVersions: () => command('showVersions', { draftId }),
		reset: () => resetDraft(store, workshop, draftId),
		chooseChatModel: () => command('chooseModel', 'chat'),
		chooseTestModel: () => command('chooseModel', 'test'),
		exportResults: () => exportResults(store, draftId),
	};

	return {
		snapshot: { parse: parse.snapshot, handle: () => page.snapshot() },
		earlier: { parse: parse.earlier, handle: ({ before }) => page.earlier(before) },
		history: { parse: parse.history, handle: (params) => page.history(params) },
		send: { parse: parse.send, handle: ({ text }) => done(workshop.send(draftId, text)) },
		resend: {
			parse: parse.resend,
			handle: ({ messageId, text }) => done(workshop.resend(draftId, messageId, text)),
		},
		retry: { parse: parse.retry, handle: () => done(workshop.retry(draftId)) },
		stop: {
			parse: parse.stop,
			handle: async ({ kind }) => {
				for (const run of workshop.runs.of(draftId, kind)) {
					run.stop();
				}
				return null;
			},
		},
		update: { parse: parse.update, handle: (patch) => done(workshop.update(draftId, patch)) },
		runTest: {
			parse: parse.runTest,
			handle: async ({ query, topic, limit, thinking, otherModel }) => {
				const model = otherModel ? await services.modelChoice.pick() : undefined;
				const run = await workshop.test(draftId, {
					testQuery: query,
					topic,
					limit,
					thinking,
					...(model !== undefined && { model }),
				});
				return { testId: run.key };
			},
		},
		result: {
			parse: parse.result,
			handle: async ({ testId }) => {
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
						versionIsPresent: tested?.contentHash === textHash(drafts.get(draftId).draftContent),
						previousId: previousResult(results.list(draftId), result)?.testId ?? null,
					};
				});
			},
		},
		rate: { parse: parse.rate, handle: ({ testId, ...patch }) => done(workshop.rate(draftId, testId, patch)) },
		removeResult: {
			parse: parse.removeResult,
			handle: async ({ testId }) => {
				await ownResult(testId);
				return command('deleteResult', testId);
			},
		},
		openResult: {
			parse: parse.openResult,
			handle: async ({ testId }) => {
				await ownResult(testId);
				return command('openResult', testId);
			},
		},
		compareVersion: {
			parse: parse.compareVersion,
			handle: async ({ testId }) =>
				command('compareVersions', { versionId: (await ownResult(testId)).versionId }),
		},
		showRequest: {
			parse: parse.showRequest,
			handle: async (of) => {
				if ('testId' in of) {
					await ownResult(of.testId);
					return command('showRequest', of.testId);
				}
				await ownMessage(store, draftId, of.messageId);
				return command('showRequest', of);
			},
		},
		useBlock: {
			parse: parse.useBlock,
			handle: ({ messageId, text }) => done(useBlock({ store, workshop }, draftId, messageId, text)),
		},
		compareBlock: {
			parse: parse.compareBlock,
			handle: ({ messageId, text }) => done(compareBlock(store, draftId, messageId, text)),
		},
		copy: { parse: parse.copy, handle: ({ text }) => done(Promise.resolve(vscode.env.clipboard.writeText(text))) },
		openLink: {
			parse: parse.openLink,
			handle: ({ url }) => done(openLink(url, topics, async (uri) => void (await command('openArticle', uri)))),
		},
		openText: {
			parse: parse.openText,
			handle: async ({ key, index }) => {
				const turn = await findTurn(services, store, draftId, key);
				const block = turn?.blocks[index];
				if (!block || block.type === 'tool') {
					throw new AppError('not-found', vscode.l10n.t('The text is no longer there'));
				}
				const document = await vscode.workspace.openTextDocument({ content: block.text, language: 'markdown' });
				await vscode.window.showTextDocument(document, { viewColumn: textColumn() });
				return null;
			},
		},
		setKey: { parse: parse.setKey, handle: ({ provider }) => command('setApiKey', provider) },
		action: { parse: parse.action, handle: ({ action }) => done(actions[action]()) },
		keepIntent: {
			parse: parse.keepIntent,
			handle: async ({ intent }) => {
				page.keepIntent(intent);
				return null;
			},
		},
	};
}

async function ownMessage(store: Store, draftId: number, messageId: number) {
	return store.read(({ chats, drafts }) => {
		const message = chats.message(messageId);
		if (message.chatId !== drafts.get(draftId).workshopChatId) {
			throw new AppError('not-found', 'Message not found in this draft');
		}
		return message;
	});
}

/** The turn of a message or test by its id, live or stored. */
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
