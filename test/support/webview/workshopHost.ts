import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { AppError } from '../../../src/common/errors.ts';
import { Emitter } from '../../../src/common/lifecycle.ts';
import { createRpcServer, type RpcHandlers, type RpcServer } from '../../../src/common/rpc.ts';
import { foldShownPart, type ShownPart } from '../../../src/common/shownTurn.ts';
import type { WorkshopProtocol, WorkshopSnapshot } from '../../../src/common/workshopProtocol.ts';
import { eventually } from '../eventually.ts';
import { snapshotFixture } from './workshopFixtures.ts';
import { HistoryFixture } from './workshopHistory.ts';
import { openWebviewPage, postToPage, type WebviewPage, type WebviewPageOptions } from './webviewPage.ts';

type Requests = WorkshopProtocol['requests'];
type Method = keyof Requests;
/** Overrides of single answers; what is not here answers null. */
type Answers = { [K in Method]?: (params: Requests[K]['params']) => Promise<Requests[K]['result']> };

/** A Workshop page and a host that speaks the protocol, kept by the test in plain variables. */
export interface WorkshopHost extends WebviewPage {
	server: RpcServer<WorkshopProtocol>;
	/** Every request, in order. */
	calls: { method: Method; params: unknown }[];
	/** The state that a snapshot is made of. */
	state: WorkshopSnapshot;
	/** Sends parts of a run as the panel does, and keeps the run in `state` up to date. */
	stream(key: string, ...parts: ShownPart[]): void;
	/** Loses what is sent while it is set, as a hidden webview does. */
	deaf: boolean;
	waitForCall(method: Method): Promise<unknown>;
	/** Waits until the last request of a kind has these parameters, and fails where it does not come to have them. */
	expectCall(method: Method, params: unknown): Promise<void>;
}

/** Opens the Workshop's page with a host that answers from `snapshot` and `answers`. */
export async function openWorkshop(
	browser: Browser,
	snapshot: Partial<WorkshopSnapshot> = {},
	answers: Answers = {},
	options: Partial<WebviewPageOptions> = {},
): Promise<WorkshopHost> {
	const received = new Emitter<unknown>();
	const calls: WorkshopHost['calls'] = [];
	const state = snapshotFixture(snapshot);
	const arrived = new Emitter<Method>();
	/** Set once the page is there. */
	const page: { opened?: WebviewPage; host?: WorkshopHost } = {};

	const answer: { [K in Method]: (params: Requests[K]['params']) => Promise<Requests[K]['result']> } = {
		snapshot: async () => structuredClone(state),
		earlier: async () => ({ messages: [], earlier: 0 }),
		runTest: async () => ({ testId: 'test-1' }),
		result: async ({ testId }: { testId: string }) => {
			throw new AppError('not-found', `Test result ${testId} not found`);
		},
		history: new HistoryFixture([]).answer,
		...Object.fromEntries(quiet.map((method) => [method, async () => null])),
		...answers,
	} as never;
	const methods = Object.keys(answer) as Method[];
	const handlers = Object.fromEntries(
		methods.map((method) => [
			method,
			{
				parse: (params: unknown) => params,
				handle: async (params: never) => {
					calls.push({ method, params });
					arrived.fire(method);
					return (answer[method] as (params: never) => Promise<unknown>)(params);
				},
			},
		]),
	) as unknown as RpcHandlers<WorkshopProtocol>;

	const server = createRpcServer<WorkshopProtocol>(
		{
			post(message) {
				if (page.opened && !page.host?.deaf) {
					// A page that is just being closed or reloaded hears nothing, as in VS Code.
					postToPage(page.opened.page, message).catch(() => undefined);
				}
			},
			onMessage: received.event,
		},
		handlers,
		() => undefined,
	);
	const waiting: unknown[] = [];
	const opened = await openWebviewPage(browser, {
		entry: 'src/webview/workshop/main.ts',
		...options,
		onMessage: (message) => (page.opened ? received.fire(message) : waiting.push(message)),
	});
	page.opened = opened;
	for (const message of waiting) {
		received.fire(message);
	}
	const lastOf = (method: Method) => calls.findLast((call) => call.method === method)?.params;
	const host: WorkshopHost = {
		...opened,
		server,
		calls,
		state,
		deaf: false,
		stream(key, ...parts) {
			const run = state.runs.find((one) => one.key === key);
			const from = run?.position ?? 0;
			if (run) {
				run.turn = parts.reduce(foldShownPart, run.turn);
				run.position += parts.length;
			}
			server.send('parts', { key, from, parts });
		},
		async expectCall(method, params) {
			await eventually(() => assert.deepEqual(lastOf(method), params));
		},
		waitForCall(method) {
			const known = calls.findLast((call) => call.method === method);
			return known
				? Promise.resolve(known.params)
				: new Promise((resolve) => {
						const subscription = arrived.event((name) => {
							if (name === method) {
								subscription.dispose();
								resolve(lastOf(method));
							}
						});
					});
		},
	};
	page.host = host;
	await opened.page.locator('.workshop').waitFor();
	return host;
}

const quiet: Method[] = [
	...(['send', 'resend', 'retry', 'stop', 'update', 'rate', 'removeResult', 'openResult', 'compareVersion'] as const),
	...([
		'showRequest',
		'useBlock',
		'compareBlock',
		'copy',
		'openLink',
		'openText',
		'setKey',
		'action',
		'keepIntent',
	] as const),
	...([
		'stopSuite',
		'resumeSuite',
		'newSuite',
		'openSuite',
		'runAb',
		'keepLastTest',
		'openReport',
		'showTrialRequest',
		'bisect',
		'answerHuman',
	] as const),
];
