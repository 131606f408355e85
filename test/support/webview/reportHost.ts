import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { Emitter } from '../../../src/common/lifecycle.ts';
import type { ReportProtocol, ReportToShow } from '../../../src/common/reportPage.ts';
import { createRpcServer, type RpcServer } from '../../../src/common/rpc.ts';
import { reportHandlers, type ReportPanelParts } from '../../../src/host/suites/report/reportHandlers.ts';
import type { SuiteContext } from '../../../src/suites/suiteContext.ts';
import { documentSource, storedSource } from '../../../src/suites/report/reportSource.ts';
import { RunReport } from '../../../src/suites/report/runReport.ts';
import type { RunDocument } from '../../../src/suites/export/readRunDocument.ts';
import { launchBrowser } from '../vscode/browser.ts';
import { openWebviewPage, postToPage, type WebviewPage, type WebviewPageOptions } from './webviewPage.ts';

export interface ReportHost extends WebviewPage {
	report: RunReport;
	server: RpcServer<ReportProtocol>;
	/** What was asked for, in order. */
	asked: { method: string; params: unknown }[];
	/** What was shown, copied or opened, and the commands that ran. */
	done: string[];
	/** Requests of the page that were refused. */
	rejected: string[];
}

export interface ReportPageOptions extends Partial<WebviewPageOptions> {
	context: Pick<SuiteContext, 'records' | 'files'>;
	/** A stored run, or one that was read from its document. */
	run: string | RunDocument;
	show?: ReportToShow;
	/** What the user chooses to compare with. */
	chooseRun?: ReportPanelParts['chooseRun'];
}

/** The page of a report over the real report and its request handlers, with the editor's part played by the test. */
export async function openReportPage(
	browser: Browser,
	{ context, run, show, chooseRun, ...options }: ReportPageOptions,
): Promise<ReportHost> {
	const isStored = typeof run === 'string';
	const received = new Emitter<unknown>();
	const host: Pick<ReportHost, 'asked' | 'done' | 'rejected'> = { asked: [], done: [], rejected: [] };
	const note = async (text: string) => void host.done.push(text);
	const report = isStored ? new RunReport(storedSource(context, run), context) : new RunReport(documentSource(run));
	const page: { opened?: WebviewPage } = {};
	const server = createRpcServer<ReportProtocol>(
		{
			post(message) {
				if (page.opened) {
					// A page that is just being closed or reloaded hears nothing, as in VS Code.
					postToPage(page.opened.page, message).catch(() => undefined);
				}
			},
			onMessage: received.event,
		},
		reportHandlers({
			report,
			snapshot: async () => ({
				report: isStored ? run : 'file:///report.json',
				isStored,
				run: isStored ? await context.records.get(run) : await documentSource(run).run(),
				locale: 'en',
				show: show ?? null,
			}),
			command: note,
			openSuite: () => note('openSuite'),
			openReport: (runId) => note(`openReport ${runId}`),
			chooseRun: chooseRun ?? (() => assert.fail('no run is chosen')),
			showRequest: ({ requests }) => note(`request ${requests}`),
			showText: note,
			openLink: note,
			copy: note,
		}),
		(method, error) => host.rejected.push(`${method}: ${error.message}`),
	);
	const waiting: unknown[] = [];
	const take = (message: unknown) => {
		const { kind, method, params } = message as { kind: string; method: string; params: unknown };
		if (kind === 'request') {
			host.asked.push({ method, params });
		}
		received.fire(message);
	};
	const opened = await openWebviewPage(browser, {
		entry: 'src/webview/report/main.ts',
		width: 1000,
		...options,
		onMessage: (message) => (page.opened ? take(message) : waiting.push(message)),
	});
	page.opened = opened;
	waiting.forEach(take);
	return { ...opened, ...host, report, server };
}

/**
 * Opens reports in the suite that calls it: in one browser, each closed after its test. A page that reported a problem or
 * was refused something fails its test.
 */
export function reportPages(): (options: ReportPageOptions) => Promise<ReportHost> {
	let browser: Browser;
	const opened: ReportHost[] = [];
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
		const host = await openReportPage(browser, options);
		opened.push(host);
		await host.page.locator('.report').waitFor();
		return host;
	};
}
