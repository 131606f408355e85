import * as l10n from '@vscode/l10n';
import { AppError } from '../../common/errors.ts';
import type { LabProtocol, LabSnapshot } from '../../common/labProtocol.ts';
import type { RpcHandlers } from '../../common/rpc.ts';
import type { LabSession } from '../../lab/session.ts';
import { estimateMatrix, startMatrix } from './labMatrix.ts';
import { done, pageHandlers } from '../kit/pageHandlers.ts';
import { labParsers } from './labMessages.ts';
import { requestsText } from '../kit/requestText.ts';
import type { LabPrompts } from './labPrompts.ts';
import { requestedMessages, fullText } from './labShown.ts';

/** What a panel provides to its request handlers. */
export interface LabPanelParts {
	session: () => LabSession;
	snapshot: () => LabSnapshot;
	prompts: Pick<LabPrompts, 'list' | 'resolve'>;
	/** Lets the user choose the model of the session. */
	chooseModel: () => Promise<unknown>;
	inputPrice: (model: string) => number | undefined;
	startOver: () => Promise<void>;
	saveMatrix: () => Promise<boolean>;
	showDocument: (text: string, name: string) => Promise<void>;
	/** Opens a link after the user confirmed its host, if its scheme is allowed. */
	openLink: (url: string) => Promise<void>;
	/** Removes a regeneration and offers to put it back. */
	dismiss: (take: string) => void;
	copy: (text: string) => PromiseLike<void>;
	sendToDraft: (section: number) => Promise<void>;
}

/** The exact requests of one answer, keys masked. Throws `not-found` for an answer from before a reload. */
export function sentRequests(session: LabSession, take: string, step: number): string {
	const requests = session.requests(take, step);
	if (requests.length === 0) {
		throw new AppError('not-found', l10n.t('The request is not available: the answer is from before the reload'));
	}
	return requestsText(requests);
}

/** Handles the requests of the Lab's page. All of them reach the model or the state through the session. */
export function labHandlers(panel: LabPanelParts): RpcHandlers<LabProtocol> {
	const { session } = panel;
	return pageHandlers<LabProtocol>(labParsers, {
		snapshot: async () => panel.snapshot(),
		messages: async (params) => requestedMessages(session().state, params),
		edit: done(({ field, text }) => session().edit(field, text)),
		choose: done(({ column, turn }) => session().choose(column, turn)),
		configure: done((settings) => session().configure(settings)),
		chooseModel: done(() => panel.chooseModel()),
		regenerate: async ({ column }) => session().regenerate(column),
		regenerateAll: async () => session().regenerateAll(),
		continueTake: done(({ take, question }) => session().continueTake(take, question)),
		continueRecorded: async ({ column, question }) => session().continueRecorded(column, question),
		score: done(({ items }) => session().score(items)),
		stop: done(({ take }) => session().stop(take)),
		retry: done(({ take }) => session().retry(take)),
		dismiss: done(({ take }) => panel.dismiss(take)),
		startOver: done(() => panel.startOver()),
		promptChoices: () => panel.prompts.list(),
		matrixEstimate: (choice) => estimateMatrix(session(), panel.prompts, choice, panel.inputPrice),
		startMatrix: done((choice) => startMatrix(session(), panel.prompts, choice)),
		closeMatrix: done(() => session().closeMatrix()),
		saveMatrix: () => panel.saveMatrix(),
		showRequest: done(({ take, step }) => panel.showDocument(sentRequests(session(), take, step), 'request.http')),
		openText: done((params) => panel.showDocument(fullText(session().state, params), 'text.md')),
		openLink: done(({ url }) => panel.openLink(url)),
		copy: done(({ text }) => panel.copy(text)),
		sendToDraft: done(({ section }) => panel.sendToDraft(section)),
	});
}
