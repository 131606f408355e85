import * as vscode from 'vscode';
import { toAppError } from '../../common/errors.ts';
import type { Event } from '../../common/lifecycle.ts';
import { showWarning } from '../kit/notify.ts';
import { showError } from '../kit/command.ts';
import { damageText } from './damageText.ts';
import { storeModeLabel } from './storeModeLabel.ts';
import type { WorkshopStore } from './workshopStore.ts';

const failedKey = 'promptWorkshop.storeFailed';

/**
 * Reports once, in one message, what is wrong with the store: when it is opened, and when it stops saving. What the caller
 * of a refused write reports is not repeated.
 */
export class StoreWatch {
	#reported: string | undefined;

	constructor(onDidOpenStore: Event<WorkshopStore>) {
		onDidOpenStore((store) => this.#onOpened(store));
	}

	/** The trees ask for the store first; a failure is reported once, not once a tree. */
	readonly onOpenFailed = (thrown: unknown): void => {
		void vscode.commands.executeCommand('setContext', failedKey, true);
		this.#report(toAppError(thrown).message, () => showError(toAppError(thrown)));
	};

	#onOpened(store: WorkshopStore): void {
		void vscode.commands.executeCommand('setContext', failedKey, false);
		this.#reported = undefined;
		const { damage } = store.status;
		if (damage.length > 0) {
			void this.#warn(
				vscode.l10n.t(
					'Some files of the store were damaged. None were deleted. {0}',
					damage.map(damageText).join('. '),
				),
			);
		}
		this.#onStatus(store);
		store.onDidChangeStatus(() => this.#onStatus(store));
	}

	#onStatus(store: WorkshopStore): void {
		const { mode, reason, ownerSilent, refused } = store.status;
		if (refused) {
			return;
		}
		if (mode === 'read-only' || mode === 'not-saving' || ownerSilent) {
			const text = reason ?? vscode.l10n.t('The store is {0}', storeModeLabel(mode));
			this.#report(text, () => (ownerSilent ? this.#offerTakeOver(store, text) : this.#warn(text)));
		} else {
			this.#reported = undefined;
		}
	}

	#report(text: string, show: () => Promise<void>): void {
		if (this.#reported !== text) {
			this.#reported = text;
			void show();
		}
	}

	async #warn(text: string): Promise<void> {
		const status = vscode.l10n.t('Show Storage Status');
		if ((await showWarning(text, status)) === status) {
			await vscode.commands.executeCommand('promptWorkshop.showStorageStatus');
		}
	}

	async #offerTakeOver(store: WorkshopStore, text: string): Promise<void> {
		const takeOver = vscode.l10n.t('Take Over');
		if ((await showWarning(text, takeOver)) === takeOver) {
			try {
				await store.fence();
			} catch (thrown) {
				await showError(toAppError(thrown));
			}
		}
	}
}
