import * as vscode from 'vscode';
import { draftArgument } from '../drafts/draftArguments.ts';
import type { Command } from '../kit/command.ts';
import { showInformation, showWarning } from '../kit/notify.ts';
import { writeAtomically } from '../kit/writeAtomically.ts';
import type { ExchangeServices } from './exchangeServices.ts';
import { exportAs } from './exportPrompt.ts';

const section = 'github.copilot.chat.debug';
const key = 'promptOverrideFile';
const setting = `${section}.${key}`;

/**
 * Writes a draft as the file that replaces Copilot's system prompt. The setting that names the file is changed only if
 * the user agrees, and offered to be taken back when it names this file already.
 */
export const tryInCopilot: Command<ExchangeServices> = {
	id: 'tryInCopilot',
	async run(services, argument) {
		const draftId = await draftArgument(services, argument);
		const { files } = await exportAs(services, { draftId }, 'copilot-override');
		const folder = vscode.Uri.joinPath(services.extension.globalStorageUri, 'copilot');
		const file = vscode.Uri.joinPath(folder, `draft-${draftId}.override.yaml`);
		await writeAtomically(file, files.map(({ text }) => text).join(''));
		return { file: file.toString(), isUsed: await offerSetting(file) };
	},
};

/** Resolves to whether Copilot now reads the file. */
async function offerSetting(file: vscode.Uri): Promise<boolean> {
	const configuration = vscode.workspace.getConfiguration(section);
	const known = configuration.inspect<string>(key);
	const copy = vscode.l10n.t('Copy Path');
	if (known?.defaultValue === undefined && known?.globalValue === undefined) {
		const message = vscode.l10n.t(
			'The prompt was written to {0}. Copilot Chat is not here, or has no setting {1} that could name it',
			file.fsPath,
			setting,
		);
		if ((await showInformation(message, copy)) === copy) {
			await vscode.env.clipboard.writeText(file.fsPath);
		}
		return false;
	}
	if (known.globalValue === file.fsPath) {
		const stop = vscode.l10n.t('Stop Using It');
		const message = vscode.l10n.t('Copilot already reads this draft; its new text is used from the next chat on');
		if ((await showInformation(message, stop)) !== stop) {
			return true;
		}
		await configuration.update(key, undefined, vscode.ConfigurationTarget.Global);
		return false;
	}
	const use = vscode.l10n.t('Change Setting');
	const answer = await showWarning(
		vscode.l10n.t('Let Copilot use this draft as its system prompt?'),
		{
			modal: true,
			detail: vscode.l10n.t(
				'This changes your setting {0} to {1}. It holds for every chat of Copilot until you run this command again, or remove the setting.',
				setting,
				file.fsPath,
			),
		},
		use,
		copy,
	);
	if (answer === copy) {
		await vscode.env.clipboard.writeText(file.fsPath);
	} else if (answer === use) {
		await configuration.update(key, file.fsPath, vscode.ConfigurationTarget.Global);
		return true;
	}
	return false;
}
