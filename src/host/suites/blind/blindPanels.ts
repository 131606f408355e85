import * as vscode from 'vscode';
import { toAppError } from '../../../common/errors.ts';
import { DisposableStore } from '../../../common/lifecycle.ts';
import type { RatedSide } from '../../../suites/blind/ratingFiles.ts';
import { property } from '../../kit/arguments.ts';
import { showWarning } from '../../kit/notify.ts';
import { RestoredPanels } from '../../kit/restoredPanels.ts';
import type { ReportServices } from '../report/reportServices.ts';

/** The panels of blind ratings, one for each pair of variants that is rated. They are restored like those of reports. */
export class BlindPanels implements vscode.Disposable {
	readonly #services: ReportServices;
	readonly #disposables = new DisposableStore();
	readonly #panels: RestoredPanels<string>;
	/** By the text of their sides, so that the same rating is not opened twice. */
	readonly #open = new Map<string, vscode.WebviewPanel>();

	constructor(services: ReportServices) {
		this.#services = services;
		this.#panels = this.#disposables.add(
			new RestoredPanels({
				viewType: 'promptWorkshop.blind',
				extension: services.extension,
				idOf: (state) => {
					const id = property(state, 'rating');
					return typeof id === 'string' ? id : undefined;
				},
				revive: (panel, id) => this.#revive(panel, id),
				onFailed: (error) => services.log.warn(`[blind] ${toAppError(error).message}`),
			}),
		);
	}

	/** Opens the page on which two variants are rated. Rejects as `BlindSession.open` does. */
	async open(a: RatedSide, b: RatedSide): Promise<void> {
		const id = JSON.stringify([a, b]);
		const open = this.#open.get(id);
		if (open) {
			open.reveal();
			return;
		}
		const panel = this.#panels.create(id, vscode.l10n.t('Blind rating'), vscode.ViewColumn.Active);
		try {
			await this.#show(panel, id, false);
		} catch (error) {
			panel.dispose();
			throw error;
		}
	}

	async #revive(panel: vscode.WebviewPanel, id = ''): Promise<void> {
		try {
			await this.#show(panel, id, true);
		} catch (error) {
			panel.dispose();
			void showWarning(vscode.l10n.t('Could not restore a blind rating: {0}', toAppError(error).message));
		}
	}

	async #show(panel: vscode.WebviewPanel, id: string, isRestored: boolean): Promise<void> {
		this.#open.set(id, panel);
		panel.onDidDispose(() => {
			if (this.#open.get(id) === panel) {
				this.#open.delete(id);
			}
		});
		const { showBlindPanel } = await import('./blindPanel.ts');
		await showBlindPanel(panel, id, this.#services, isRestored);
	}

	/** Panels that close from now on are remembered: the host is ending. */
	dispose(): void {
		this.#disposables.dispose();
	}
}
