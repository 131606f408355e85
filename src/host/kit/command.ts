import * as vscode from 'vscode';
import { toAppError, type AppError } from '../../common/errors.ts';
import type { Services } from '../services.ts';
import { showProblem } from './notify.ts';

/** One command: its id without the prefix, and what it does. What it returns is what the API returns. */
export interface Command {
	id: string;
	run(services: Services, ...parameters: unknown[]): Promise<unknown>;
}

/**
 * Registers commands. An error is shown once, here, with the action that helps, and the caller gets undefined: whatever
 * is thrown, VS Code's own cancellation too, the palette shows in a dialog of its own. A cancelled command says nothing.
 * Programs that want to know why use the API, which rejects.
 */
export function registerCommands(services: Services, commands: readonly Command[]): vscode.Disposable {
	return vscode.Disposable.from(
		...commands.map((command) =>
			vscode.commands.registerCommand(`promptWorkshop.${command.id}`, async (...parameters: unknown[]) => {
				try {
					return await command.run(services, ...(await checked(command.id, parameters)));
				} catch (thrown) {
					const error = toAppError(thrown);
					if (error.code !== 'cancelled') {
						services.log.error(error, `promptWorkshop.${command.id}`);
						void showError(error);
					}
					return undefined;
				}
			}),
		),
	);
}

/** The schemas are loaded when a first command is called with arguments. */
async function checked(id: string, parameters: readonly unknown[]): Promise<readonly unknown[]> {
	if (parameters.every((parameter) => parameter === undefined)) {
		return [];
	}
	const { checkCommandArguments } = await import('../arguments/checks.ts');
	return checkCommandArguments(id, parameters);
}

/** Shows an error with the one action that helps. With a button, VS Code shows the whole text and not its first line. */
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
