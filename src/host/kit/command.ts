import * as vscode from 'vscode';
import type { AppError } from '../../common/errors.ts';
import { showProblem } from './notify.ts';

/**
 * One command: its id without the prefix, and what it does with the services it needs. Its result is what the API
 * returns.
 */
export interface Command<Slice> {
	id: string;
	run: (services: Slice, ...parameters: unknown[]) => Promise<unknown>;
}

/** The product's commands, to which each feature adds its own. */
export interface Commands {
	add<Slice>(services: Slice, commands: readonly Command<Slice>[]): void;
	/**
	 * Runs a command for a panel's button, by its id without the prefix. Rejects with the error, which the page shows
	 * at that button.
	 */
	run: (id: string, ...parameters: unknown[]) => Promise<unknown>;
}

/**
 * Shows an error with the action that helps most. With a button, VS Code shows the full text instead of the first line.
 */
export async function showError(error: AppError): Promise<void> {
	const helps: Partial<Record<AppError['code'], { title: string; command: string }>> = {
		auth: { title: vscode.l10n.t('Set API Key'), command: 'promptWorkshop.setApiKey' },
		storage: { title: vscode.l10n.t('Show Storage Status'), command: 'promptWorkshop.showStorageStatus' },
		...(!vscode.workspace.isTrusted && {
			'access-denied': { title: vscode.l10n.t('Manage Workspace Trust'), command: 'workbench.trust.manage' },
		}),
	};
	const remedies = {
		newDraft: { title: vscode.l10n.t('New Draft'), command: 'promptWorkshop.newDraft' },
		importTopic: { title: vscode.l10n.t('Import Topic'), command: 'promptWorkshop.importTopic' },
	};
	const help = error.info.remedy ? remedies[error.info.remedy] : helps[error.code];
	const chosen = await showProblem(error.message, help?.title ?? vscode.l10n.t('OK'));
	if (help && chosen === help.title) {
		await vscode.commands.executeCommand(help.command);
	}
}
