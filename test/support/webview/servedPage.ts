import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { Emitter } from '../../../src/common/lifecycle.ts';
import { createRpcServer, type Protocol, type RpcHandlers, type RpcServer } from '../../../src/common/rpc.ts';
import { launchBrowser } from '../vscode/browser.ts';
import { openWebviewPage, postToPage, type WebviewPage, type WebviewPageOptions } from './webviewPage.ts';

export interface ServedPage<P extends Protocol> extends WebviewPage {
	server: RpcServer<P>;
	/** What was asked for, in order. */
	asked: { method: string; params: unknown }[];
	/** Requests of the page that were refused. */
	rejected: string[];
}

/** Opens a page whose requests the handlers of its panel answer. */
export async function openServedPage<P extends Protocol>(
	browser: Browser,
	handlers: RpcHandlers<P>,
	options: WebviewPageOptions,
): Promise<ServedPage<P>> {
	const received = new Emitter<unknown>();
	const asked: ServedPage<P>['asked'] = [];
	const rejected: string[] = [];
	const page: { opened?: WebviewPage } = {};
	const server = createRpcServer<P>(
		{
			post(message) {
				if (page.opened) {
					// A page that is just being closed or reloaded hears nothing, as in VS Code.
					postToPage(page.opened.page, message).catch(() => undefined);
				}
			},
			onMessage: received.event,
		},
		handlers,
		(method, error) => rejected.push(`${method}: ${error.message}`),
	);
	const waiting: unknown[] = [];
	const take = (message: unknown) => {
		const { kind, method, params } = message as { kind: string; method: string; params: unknown };
		if (kind === 'request') {
			asked.push({ method, params });
		}
		received.fire(message);
	};
	const opened = await openWebviewPage(browser, {
		...options,
		onMessage: (message) => (page.opened ? take(message) : waiting.push(message)),
	});
	page.opened = opened;
	waiting.forEach(take);
	return { ...opened, server, asked, rejected };
}

/**
 * Opens pages in the suite that calls it: in one browser, each closed after its test. A page that reported a problem, asked
 * for an address or was refused something fails its test.
 */
export function servedPages<Options, Host extends ServedPage<never>>(
	open: (browser: Browser, options: Options) => Promise<Host>,
): (options: Options) => Promise<Host> {
	let browser: Browser;
	const opened: Host[] = [];
	before(async () => {
		browser = await launchBrowser();
	});
	afterEach(async () => {
		const hosts = opened.splice(0);
		await Promise.all(hosts.map(({ page }) => page.context().close()));
		assert.deepEqual(
			hosts.flatMap(({ problems, requests, rejected }) => [...problems, ...requests, ...rejected]),
			[],
		);
	});
	after(() => browser.close());
	return async (options) => {
		const host = await open(browser, options);
		opened.push(host);
		await host.page.locator('main[class]').waitFor();
		return host;
	};
}
