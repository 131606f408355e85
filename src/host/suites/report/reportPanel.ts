import * as vscode from 'vscode';
import type { AppError } from '../../../common/errors.ts';
import { DisposableStore } from '../../../common/lifecycle.ts';
import type { Against, ReportProtocol, ReportSnapshot } from '../../../common/reportPage.ts';
import type { SuiteRun } from '../../../common/suiteModel.ts';
import type { Store } from '../../../storage/contract.ts';
import { documentSource, storedSource } from '../../../suites/report/reportSource.ts';
import { RunReport } from '../../../suites/report/runReport.ts';
import { PagePanel } from '../../kit/pagePanel.ts';
import { textColumn } from '../../kit/textColumn.ts';
import { openLink } from '../../workshop/workshopLinks.ts';
import { bisectTrial } from '../bisectTrial.ts';
import { runArgument } from '../runArgument.ts';
import { showTrialRequest } from '../showTrialRequest.ts';
import { openReportFile } from './openReportFile.ts';
import { reportHandlers } from './reportHandlers.ts';
import type { ReportServices } from './reportServices.ts';
import { fileOfReport } from './reportId.ts';

/** A run that is going on is read again at most this often, in milliseconds, and is read a tenth of the time at most. */
const changeDelay = 1_000;

/** One report: a run with its page. */
export class ReportPanel implements vscode.Disposable {
	readonly panel: vscode.WebviewPanel;
	readonly #services: ReportServices;
	readonly #disposables = new DisposableStore();
	readonly #report: RunReport;
	readonly #page: PagePanel<ReportProtocol>;
	readonly #run: () => Promise<SuiteRun>;
	#timer: ReturnType<typeof setTimeout> | undefined;

	/** `id`: of the run, or the address of its JSON report. Rejects with `not-found` and `validation`. */
	static async create(panel: vscode.WebviewPanel, id: string, services: ReportServices): Promise<ReportPanel> {
		const file = fileOfReport(id);
		if (file) {
			const source = documentSource(await openReportFile(file));
			const report = new RunReport(source);
			return new ReportPanel(panel, id, services, { report, run: source.run });
		}
		const [store, context] = await Promise.all([services.openStore(), services.suiteRuns.context()]);
		const run = () => context.records.get(id);
		await run();
		const report = new RunReport(storedSource(context, id), context);
		const page = new ReportPanel(panel, id, services, { report, run });
		page.#follow(store, id);
		return page;
	}

	private constructor(
		panel: vscode.WebviewPanel,
		id: string,
		services: ReportServices,
		{ report, run }: { report: RunReport; run: () => Promise<SuiteRun> },
	) {
		this.panel = panel;
		this.#services = services;
		this.#report = report;
		this.#run = run;
		const isStored = fileOfReport(id) === undefined;
		const snapshot = async (): Promise<ReportSnapshot> => ({
			report: id,
			isStored,
			run: await run(),
			locale: vscode.env.language,
			show: this.#page.begin(),
		});
		const handlers = reportHandlers({
			report,
			snapshot,
			command: (command) => services.runCommand(command, id),
			openSuite: async () => void (await services.runCommand('openSuite', (await run()).suite)),
			openReport: (runId) => services.runCommand('openReport', runId),
			chooseRun: async () => {
				const { suite } = await run();
				return (
					await runArgument(services, undefined, {
						none: vscode.l10n.t('There is no other run to compare with'),
						offer: (other) => other.done > 0 && other.runId !== id,
						placeHolder: vscode.l10n.t('Compare with which run?'),
						rank: (other) => (other.suite === suite ? (other.blessedAt === undefined ? 1 : 0) : 2),
					})
				).runId;
			},
			showRequest: showTrialRequest,
			bisect: async (trial) => bisectTrial(await run(), trial),
			showText: async (text) => {
				const document = await vscode.workspace.openTextDocument({ content: text, language: 'markdown' });
				await vscode.window.showTextDocument(document, { viewColumn: textColumn() });
			},
			copy: (text) => vscode.env.clipboard.writeText(text),
			openLink: (url) =>
				openLink(url, services.topics, async (uri) => {
					await services.runCommand('openArticle', uri);
				}),
		});
		this.#page = this.#disposables.add(
			new PagePanel<ReportProtocol>(panel, handlers, (method, error) => this.#log(method, error)),
		);
	}

	/** Loads the page. The title tells the reports of one suite apart. */
	async load(): Promise<void> {
		const { suiteName, startedAt } = await this.#run();
		const time = new Date(startedAt).toLocaleString(vscode.env.language, {
			dateStyle: 'short',
			timeStyle: 'short',
		});
		const title = vscode.l10n.t('Report: {0} · {1}', suiteName, time);
		this.#page.load(this.#services.extension.extensionUri, 'report', title);
	}

	/** Brings the panel to the front, and compares its run with another one if that is given. */
	show(against?: Against): void {
		this.panel.reveal();
		if (against) {
			this.#page.show({ against });
		}
	}

	/** Shows what changes in the run, in this window or another, and in the one that it is compared with. */
	#follow(store: Store, runId: string): void {
		this.#disposables.add(
			store.onDidChange(({ runs, all }) => {
				if (all || runs.some((one) => one === runId || one === this.#report.otherRunId)) {
					this.#changed();
				}
			}),
		);
		this.#disposables.add(
			this.#services.suiteRuns.onNews((news) => {
				if (news.runId === runId) {
					this.#changed();
				}
			}),
		);
	}

	#changed(): void {
		const delay = Math.max(changeDelay, 10 * this.#report.readingTime);
		this.#timer ??= setTimeout(() => {
			this.#timer = undefined;
			this.#report.changed();
			this.#page.server.send('changed', null);
		}, delay);
	}

	#log(what: string, error: AppError): void {
		if (error.code !== 'cancelled') {
			this.#services.log.warn(`[report] ${what}: ${error.code}: ${error.message}`);
		}
	}

	dispose(): void {
		clearTimeout(this.#timer);
		this.#disposables.dispose();
	}
}
