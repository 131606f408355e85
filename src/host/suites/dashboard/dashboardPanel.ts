import * as vscode from 'vscode';
import { isAsideSuite } from '../../../suites/asideSuite.ts';
import { isAppError, type AppError } from '../../../common/errors.ts';
import type { DashboardFilter, DashboardProtocol } from '../../../common/dashboardPage.ts';
import { DisposableStore } from '../../../common/lifecycle.ts';
import type { Store } from '../../../storage/contract.ts';
import { dashboardRecords } from '../../../suites/dashboard/dashboardRecords.ts';
import { dashboardView, newestRuns, sinceOf } from '../../../suites/dashboard/dashboardView.ts';
import { failingCases } from '../../../suites/dashboard/failingCases.ts';
import { PagePanel } from '../../kit/pagePanel.ts';
import type { ReportServices } from '../report/reportServices.ts';
import { suiteOwnerOf, suiteUri, type SuiteOwner } from '../suiteUri.ts';
import { dashboardHandlers } from './dashboardHandlers.ts';

/** Changes within this many milliseconds are shown together. */
const changeDelay = 1_000;

/** The dashboard with its page. */
export class DashboardPanel implements vscode.Disposable {
	readonly #disposables = new DisposableStore();
	readonly #page: PagePanel<DashboardProtocol>;
	#timer: ReturnType<typeof setTimeout> | undefined;

	constructor(panel: vscode.WebviewPanel, store: Store, services: ReportServices) {
		const { suiteRuns, runCommand, log, extension } = services;
		const names = {
			uriOf: (owner: SuiteOwner) => suiteUri(store.status.storeId, owner).toString(),
			isOwned: (uri: string) => isAsideSuite(uri) || suiteOwnerOf(vscode.Uri.parse(uri)) !== undefined,
		};
		const records = (filter: DashboardFilter) =>
			store.read((repositories) => dashboardRecords(repositories, sinceOf(filter, new Date()), names));
		const handlers = dashboardHandlers({
			locale: vscode.env.language,
			begin: () => this.#page.begin(),
			view: async (filter) => dashboardView(await records(filter), filter, new Date()),
			failing: async (filter) => {
				const { files } = await suiteRuns.context();
				const newest = newestRuns(await records(filter), filter, new Date());
				return failingCases(files, newest, (error) => isAppError(error, 'not-found'));
			},
			command: runCommand,
		});
		const onRejected = (method: string, error: AppError) => {
			if (error.code !== 'cancelled') {
				log.warn(`[dashboard] ${method}: ${error.code}: ${error.message}`);
			}
		};
		this.#page = this.#disposables.add(new PagePanel<DashboardProtocol>(panel, handlers, onRejected));
		this.#disposables.add(store.onDidChange(() => this.#changed()));
		this.#page.load(extension.extensionUri, 'dashboard', panel.title);
	}

	#changed(): void {
		this.#timer ??= setTimeout(() => {
			this.#timer = undefined;
			this.#page.server.send('changed', null);
		}, changeDelay);
	}

	dispose(): void {
		clearTimeout(this.#timer);
		this.#disposables.dispose();
	}
}
