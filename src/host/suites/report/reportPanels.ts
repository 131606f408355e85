import * as vscode from 'vscode';
import { toAppError } from '../../../common/errors.ts';
import { DisposableStore } from '../../../common/lifecycle.ts';
import type { Against } from '../../../common/reportPage.ts';
import { property } from '../../kit/arguments.ts';
import { showWarning } from '../../kit/notify.ts';
import { RestoredPanels } from '../../kit/restoredPanels.ts';
import type { ReportPanel } from './reportPanel.ts';
import type { ReportServices } from './reportServices.ts';

/** The panels of reports, one for each run or file that is open. */
export class ReportPanels implements vscode.Disposable {
	readonly #services: ReportServices;
	readonly #disposables = new DisposableStore();
	readonly #panels: RestoredPanels<string>;
	/** By id. Includes panels that are being opened, so that two calls open only one. */
	readonly #open = new Map<string, Promise<ReportPanel>>();

	constructor(services: ReportServices) {
		this.#services = services;
		this.#panels = this.#disposables.add(
			new RestoredPanels({
				viewType: 'promptWorkshop.report',
				extension: services.extension,
				idOf: (state) => {
					const id = property(state, 'report');
					return typeof id === 'string' ? id : undefined;
				},
				revive: (panel, id) => this.#revive(panel, id),
				onFailed: (error) => services.log.warn(`[report] ${toAppError(error).message}`),
			}),
		);
	}

	/**
	 * Shows the report of a run, or of the file with this address, compared with `against` if that is given. Rejects with
	 * `not-found` and, for a file, with `validation` and `access-denied`.
	 */
	async open(id: string, against?: Against): Promise<void> {
		const open = this.#open.get(id);
		if (open) {
			(await open).show(against);
			return;
		}
		const panel = this.#panels.create(id, vscode.l10n.t('Report'), vscode.ViewColumn.Active);
		try {
			(await this.#show(panel, id)).show(against);
		} catch (error) {
			panel.dispose();
			throw error;
		}
	}

	async #revive(panel: vscode.WebviewPanel, id = ''): Promise<void> {
		try {
			await this.#show(panel, id);
		} catch (error) {
			panel.dispose();
			void showWarning(vscode.l10n.t('Could not restore a report: {0}', toAppError(error).message));
		}
	}

	async #show(panel: vscode.WebviewPanel, id: string): Promise<ReportPanel> {
		const { ReportPanel } = await import('./reportPanel.ts');
		const opening = ReportPanel.create(panel, id, this.#services);
		this.#open.set(id, opening);
		let isClosed = false;
		panel.onDidDispose(() => {
			isClosed = true;
			this.#open.delete(id);
			void opening.then(
				(page) => page.dispose(),
				() => undefined,
			);
		});
		const page = await opening;
		if (!isClosed) {
			await page.load();
		}
		return page;
	}

	/** Panels that close from now on are remembered: the host is ending. */
	dispose(): void {
		this.#disposables.dispose();
	}
}
