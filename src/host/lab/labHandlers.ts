import { AppError } from '../../common/errors.ts';
import type { LabProtocol, LabSnapshot } from '../../common/labProtocol.ts';
import type { RpcHandlers } from '../../common/rpc.ts';
import type { LabSession } from '../../lab/session.ts';
import { estimateMatrix, startMatrix } from './labMatrix.ts';
import { editOf, fields, index, matrixOf, messagesOf, nothing, placesOf, settingsOf, text } from './labMessages.ts';
import { requestsText } from '../kit/requestText.ts';
import type { LabPrompts } from './labPrompts.ts';
import { askedMessages, wholeText } from './labShown.ts';

/** What a panel gives to its request handlers. */
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
	/** Shows a question with the host first, where the scheme is one that may be opened. */
	openLink: (url: string) => Promise<void>;
	/** Takes a regeneration off the page and offers to put it back. */
	dismiss: (take: string) => void;
	copy: (text: string) => PromiseLike<void>;
	sendToDraft: (section: number) => Promise<void>;
}

/** The exact requests of one answer, keys masked. Throws `not-found` for an answer of before a reload. */
export function sentRequests(session: LabSession, take: string, step: number): string {
	const requests = session.requests(take, step);
	if (requests.length === 0) {
		throw new AppError('not-found', 'The request is not kept: the answer is from before the reload');
	}
	return requestsText(requests);
}

/** One handler for each request of the Lab's page; all of them reach the model or the state through the session. */
export function labHandlers(panel: LabPanelParts): RpcHandlers<LabProtocol> {
	const { session } = panel;
	/** For requests that answer nothing. */
	const done =
		<T>(work: (params: T) => unknown) =>
		async (params: T): Promise<null> => {
			await work(params);
			return null;
		};
	const take = (params: unknown) => ({ take: text(params, 'take') });
	const column = (params: unknown) => ({ column: text(params, 'column') });
	const section = (params: unknown) => ({ section: index(params, 'section') });
	return {
		snapshot: { parse: () => null, handle: async () => panel.snapshot() },
		messages: { parse: messagesOf, handle: async (params) => askedMessages(session().state, params) },
		edit: { parse: editOf, handle: done(({ field, text: edited }) => session().edit(field, edited)) },
		choose: {
			parse: (params) => ({ ...column(params), turn: index(params, 'turn') }),
			handle: done(({ column: key, turn }) => session().choose(key, turn)),
		},
		configure: { parse: settingsOf, handle: done((settings) => session().configure(settings)) },
		chooseModel: { parse: nothing, handle: done(() => panel.chooseModel()) },
		regenerate: { parse: column, handle: async (params) => session().regenerate(params.column) },
		regenerateAll: { parse: nothing, handle: async () => session().regenerateAll() },
		continueTake: {
			parse: (params) => ({ ...take(params), question: text(params, 'question') }),
			handle: done((params) => session().continueTake(params.take, params.question)),
		},
		continueRecorded: {
			parse: (params) => ({ ...column(params), question: text(params, 'question') }),
			handle: async (params) => session().continueRecorded(params.column, params.question),
		},
		score: { parse: placesOf, handle: done(({ items }) => session().score(items)) },
		stop: {
			parse: (params) => (fields(params)['take'] === undefined ? {} : take(params)),
			handle: done((params) => session().stop(params.take)),
		},
		retry: { parse: take, handle: done((params) => session().retry(params.take)) },
		dismiss: { parse: take, handle: done((params) => panel.dismiss(params.take)) },
		startOver: { parse: nothing, handle: done(() => panel.startOver()) },
		promptChoices: { parse: nothing, handle: () => panel.prompts.list() },
		matrixEstimate: {
			parse: matrixOf,
			handle: (choice) => estimateMatrix(session(), panel.prompts, choice, panel.inputPrice),
		},
		startMatrix: {
			parse: matrixOf,
			handle: done((choice) => startMatrix(session(), panel.prompts, choice)),
		},
		closeMatrix: { parse: nothing, handle: done(() => session().closeMatrix()) },
		saveMatrix: { parse: nothing, handle: () => panel.saveMatrix() },
		showRequest: {
			parse: (params) => ({ ...take(params), step: index(params, 'step') }),
			handle: done((params) =>
				panel.showDocument(sentRequests(session(), params.take, params.step), 'request.http'),
			),
		},
		openText: {
			parse: (params) => ({
				of: text(params, 'of'),
				index: index(params, 'index'),
				block: index(params, 'block'),
			}),
			handle: done((params) => panel.showDocument(wholeText(session().state, params), 'text.md')),
		},
		openLink: { parse: (params) => ({ url: text(params, 'url') }), handle: done(({ url }) => panel.openLink(url)) },
		copy: {
			parse: (params) => ({ text: text(params, 'text') }),
			handle: done((params) => panel.copy(params.text)),
		},
		sendToDraft: { parse: section, handle: done((params) => panel.sendToDraft(params.section)) },
	};
}
