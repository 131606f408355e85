import * as l10n from '@vscode/l10n';
import { AppError } from '../../../common/errors.ts';
import type { ReportProtocol, ReportSnapshot } from '../../../common/reportPage.ts';
import type { RpcHandlers } from '../../../common/rpc.ts';
import type { StoredTrial } from '../../../common/suiteModel.ts';
import type { RunReport } from '../../../suites/report/runReport.ts';
import { done, pageHandlers } from '../../kit/pageHandlers.ts';
import { reportParsers } from './reportMessages.ts';

/** What a panel provides to its request handlers. */
export interface ReportPanelParts {
	report: RunReport;
	snapshot: () => Promise<ReportSnapshot>;
	/** Runs one of our commands by its id without the prefix, with the run or file of the panel. */
	command: (id: 'exportRun' | 'blessBaseline') => Promise<unknown>;
	openSuite: () => Promise<void>;
	openReport: (runId: string) => Promise<unknown>;
	/** Lets the user choose a run to compare with. */
	chooseRun: () => Promise<string>;
	showRequest: (trial: StoredTrial) => Promise<void>;
	bisect: (trial: StoredTrial) => Promise<void>;
	showText: (text: string) => Promise<void>;
	/** Opens a link after the user confirmed its host, if its scheme is allowed. */
	openLink: (url: string) => Promise<void>;
	copy: (text: string) => PromiseLike<void>;
}

/** Handles the requests of a report's page. */
export function reportHandlers(panel: ReportPanelParts): RpcHandlers<ReportProtocol> {
	const { report } = panel;
	return pageHandlers<ReportProtocol>(reportParsers, {
		snapshot: () => panel.snapshot(),
		view: ({ against }) => report.view(against),
		rows: (params) => report.rows(params),
		case: (params) => report.case(params),
		trend: () => report.trend(),
		openReport: done(({ runId }) => panel.openReport(runId)),
		chooseRun: async () => ({ runId: await panel.chooseRun() }),
		exportRun: done(() => panel.command('exportRun')),
		blessBaseline: done(() => panel.command('blessBaseline')),
		openSuite: done(() => panel.openSuite()),
		showTrialRequest: done(async ({ trialId, isOther }) => panel.showRequest(await report.trial(trialId, isOther))),
		bisect: done(async ({ trialId }) => panel.bisect(await report.trial(trialId, false))),
		openText: done(async ({ trialId, isOther, index }) => {
			const block = (await report.trial(trialId, isOther)).turn?.blocks[index];
			if (!block || block.type === 'tool') {
				throw new AppError('not-found', l10n.t('The text no longer exists'));
			}
			await panel.showText(block.text);
		}),
		openLink: done(({ url }) => panel.openLink(url)),
		copy: done(({ text }) => panel.copy(text)),
	});
}
