import * as vscode from 'vscode';
import { toAppError } from '../../../common/errors.ts';
import { DisposableStore } from '../../../common/lifecycle.ts';
import { showWarning } from '../../kit/notify.ts';
import { RestoredPanels } from '../../kit/restoredPanels.ts';
import type { ReportServices } from '../report/reportServices.ts';

const id = 'dashboard';

/** The panel of the dashboard, of which there is one at most. */
export class DashboardPanels implements vscode.Disposable {
	readonly #services: ReportServices;
	readonly #disposables = new DisposableStore();
	readonly #panels: RestoredPanels<string>;
	#panel: vscode.WebviewPanel | undefined;

	constructor(services: ReportServices) {
		this.#services = services;
		this.#panels = this.#disposables.add(
			new RestoredPanels({
				viewType: 'promptWorkshop.dashboard',
				extension: services.extension,
				idOf: () => id,
				revive: async (panel) => {
					try {
						await this.#show(panel);
					} catch (error) {
						panel.dispose();
						const { message } = toAppError(error);
						void showWarning(vscode.l10n.t('Could not restore the dashboard: {0}', message));
					}
				},
				onFailed: (error) => services.log.warn(`[dashboard] ${toAppError(error).message}`),
			}),
		);
	}

	/** Shows the dashboard. Rejects with `storage` if the store cannot be opened. */
	async open(): Promise<void> {
		if (this.#panel) {
			this.#panel.reveal();
			return;
		}
		const panel = this.#panels.create(id, vscode.l10n.t('Prompt Dashboard'), vscode.ViewColumn.Active);
		try {
			await this.#show(panel);
		} catch (error) {
			panel.dispose();
			throw error;
		}
	}

	async #show(panel: vscode.WebviewPanel): Promise<void> {
		this.#panel = panel;
		let isClosed = false;
		panel.onDidDispose(() => {
			isClosed = true;
			this.#panel = undefined;
		});
		const [{ DashboardPanel }, store] = await Promise.all([
			import('./dashboardPanel.ts'),
			this.#services.openStore(),
		]);
		if (!isClosed) {
			const shown = new DashboardPanel(panel, store, this.#services);
			panel.onDidDispose(() => shown.dispose());
		}
	}

	/** A panel that closes from now on is remembered: the host is ending. */
	dispose(): void {
		this.#disposables.dispose();
	}
}
