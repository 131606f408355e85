import type { Browser, Page } from 'playwright-core';
import type { Fixture } from '../../../src/common/api.ts';
import type { LabPromptChoice, LabProtocol } from '../../../src/common/labProtocol.ts';
import { initialLabState, type LabSettings } from '../../../src/common/labState.ts';
import { toDisposable } from '../../../src/common/lifecycle.ts';
import { createRpcServer, type Envelope } from '../../../src/common/rpc.ts';
import { feedChanges } from '../../../src/host/lab/labFeed.ts';
import { labHandlers } from '../../../src/host/lab/labHandlers.ts';
import { shownState } from '../../../src/host/lab/labShown.ts';
import { LabSession } from '../../../src/lab/session.ts';
import type { Models } from '../../../src/providers/provider.ts';
import { labContext } from '../../unit/lab/support.ts';
import type { ThemeName } from './themes.ts';
import { openWebviewPage, postToPage } from './webviewPage.ts';

export interface LabHost {
	page: Page;
	session: LabSession;
	/** Addresses that the page asked for; must stay empty. */
	requests: string[];
	/** Errors of the page's scripts and breaches of its policy; must stay empty. */
	problems: string[];
	/** Requests of the page that were refused. */
	rejected: string[];
	/** The recorded messages that the page has requested. */
	fetched: LabProtocol['requests']['messages']['params'][];
	/** What was shown as a document, copied, opened outside or sent to a draft. */
	shown: string[];
	/** What puts back the regenerations that were dismissed. */
	dismissed: (() => void)[];
	/** The prompts that a matrix may compare: at first those that need no store. */
	choices: LabPromptChoice[];
	/** While true, nothing reaches the page, as when a webview is hidden. */
	hidden: boolean;
}

/** The Lab's real page over the real session and request handlers, with the editor's part played by the test. */
export async function openLabPage(
	browser: Browser,
	options: {
		fixture: Fixture;
		models: Models;
		settings?: Partial<LabSettings>;
		/** Chosen turns, by conversation. */
		chosen?: Record<string, number>;
		theme?: ThemeName;
		width?: number;
		height?: number;
		/** Milliseconds between two batches of changes. */
		feedInterval?: number;
		/** The page as it ships. */
		minify?: boolean;
	},
): Promise<LabHost> {
	const settings: LabSettings = {
		model: 'test/model',
		thinking: 'low',
		maxTokens: 1000,
		replay: 'turn',
		...options.settings,
	};
	let id = 0;
	const session = new LabSession(labContext(options.models), {
		state: initialLabState(options.fixture, settings),
		newId: () => `take-${++id}`,
	});
	for (const [column, turn] of Object.entries(options.chosen ?? {})) {
		session.choose(column, turn);
	}
	const listeners = new Set<(message: unknown) => void>();
	const waiting: Envelope[] = [];
	const target: { page?: Page } = {};
	const rejected: string[] = [];
	const shown: string[] = [];
	const fetched: LabHost['fetched'] = [];
	const choices = [
		{ id: 'edited', label: 'Edited prompt', detail: 'as in this panel' },
		{ id: 'recorded', label: 'Recorded prompt', detail: 'as in the fixture' },
	];
	const host = { session, rejected, fetched, shown, dismissed: [] as (() => void)[], choices, hidden: false };
	const show = async (text: string) => {
		shown.push(text);
	};
	const server = createRpcServer<LabProtocol>(
		{
			post(message) {
				if (host.hidden) {
					return;
				}
				if (target.page) {
					// A page that is being reloaded receives nothing, and asks for a snapshot later.
					postToPage(target.page, message).catch(() => undefined);
				} else {
					waiting.push(message);
				}
			},
			onMessage(listener) {
				listeners.add(listener);
				return toDisposable(() => listeners.delete(listener));
			},
		},
		labHandlers({
			session: () => session,
			snapshot: () => {
				feed.flush();
				return {
					state: shownState(session.state),
					running: session.running,
					restored: false,
					locale: 'en',
					show: null,
				};
			},
			prompts: {
				list: async () => choices,
				resolve: async (_session, ids) =>
					ids.map((one) => ({
						label: one,
						text: (section: number) =>
							one === 'edited' ? session.prompt(section) : session.recordedPrompt(section),
					})),
			},
			chooseModel: async () => session.configure({ model: 'test/other' }),
			inputPrice: () => 2,
			startOver: async () => undefined,
			saveMatrix: async () => true,
			showDocument: show,
			openLink: show,
			dismiss: (take) => void host.dismissed.push(session.dismiss(take)),
			copy: show,
			sendToDraft: async (section) => show(session.prompt(section)),
		}),
		(method, error) => rejected.push(`${method}: ${error.message}`),
		() => feed.flush(),
	);
	const feed = feedChanges(session, (changes) => server.send('changes', changes), options.feedInterval);
	const opened = await openWebviewPage(browser, {
		entry: 'src/webview/lab/main.ts',
		width: options.width ?? 1100,
		height: options.height ?? 850,
		minify: options.minify ?? false,
		...(options.theme && { theme: options.theme }),
		onMessage: (message) => {
			const envelope = message as Envelope;
			if (envelope.kind === 'request' && envelope.method === 'messages') {
				fetched.push(envelope.params as LabHost['fetched'][number]);
			}
			for (const listener of listeners) {
				listener(message);
			}
		},
	});
	target.page = opened.page;
	for (const message of waiting) {
		await postToPage(opened.page, message);
	}
	return Object.assign(host, opened);
}
