import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import type { ReportProtocol, ReportToShow } from '../../../src/common/reportPage.ts';
import { reportHandlers, type ReportPanelParts } from '../../../src/host/suites/report/reportHandlers.ts';
import type { RunDocument } from '../../../src/suites/export/readRunDocument.ts';
import { documentSource, storedSource } from '../../../src/suites/report/reportSource.ts';
import { RunReport } from '../../../src/suites/report/runReport.ts';
import type { SuiteContext } from '../../../src/suites/suiteContext.ts';
import { openServedPage, servedPages, type ServedPage } from './servedPage.ts';
import type { WebviewPageOptions } from './webviewPage.ts';

export interface ReportHost extends ServedPage<ReportProtocol> {
	report: RunReport;
	/** What was shown, copied or opened, and the commands that ran. */
	done: string[];
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
	const done: string[] = [];
	const note = async (text: string) => void done.push(text);
	const report = isStored ? new RunReport(storedSource(context, run), context) : new RunReport(documentSource(run));
	const handlers = reportHandlers({
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
		bisect: ({ variant, case: { name } }) => note(`bisect ${name} of ${variant}`),
		showRequest: ({ requests }) => note(`request ${requests}`),
		showText: note,
		openLink: note,
		copy: note,
	});
	const served = await openServedPage<ReportProtocol>(browser, handlers, {
		entry: 'src/webview/report/main.ts',
		width: 1000,
		...options,
	});
	return { ...served, report, done };
}

/** Opens reports in the suite that calls it. */
export function reportPages(): (options: ReportPageOptions) => Promise<ReportHost> {
	return servedPages(openReportPage);
}
