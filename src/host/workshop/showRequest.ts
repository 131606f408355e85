import * as vscode from 'vscode';
import { showReadOnly } from '../kit/readOnlyDocuments.ts';
import type { CurlShell } from '../../providers/curl.ts';
import type { SentRequest } from '../../providers/provider.ts';
import { showInformation } from '../kit/notify.ts';
import { showPick } from '../kit/pick.ts';
import { optionsArgument } from '../kit/arguments.ts';
import { resultArgument } from '../drafts/resultArguments.ts';
import type { Command } from '../kit/command.ts';
import type { WorkshopServices } from './workshopServices.ts';

/**
 * Shows the exact request of a test result or chat message (`{messageId}`), key masked, and offers to copy it as curl.
 */
export const showRequest: Command<WorkshopServices> = {
	id: 'showRequest',
	async run(services, argument) {
		const messageId = optionsArgument(argument)['messageId'];
		const key =
			typeof messageId === 'number' ? `message:${messageId}` : `test:${await resultArgument(services, argument)}`;
		await showReadOnly({ kind: 'request', key, title: vscode.l10n.t('Request') });
		const id = key.slice(key.indexOf(':') + 1);
		const stored = await services.workshop.requests(typeof messageId === 'number' ? { messageId } : { testId: id });
		const last = stored?.requests.at(-1);
		if (last) {
			void offerCurl(last);
		}
		return stored;
	},
};

/** Offers the command for the shell of the user's terminals, and other shells behind a second button. */
async function offerCurl(request: SentRequest): Promise<void> {
	const { curlShells, toCurl } = await import('../../providers/curl.ts');
	const commands = curlShells.flatMap((shell) => {
		const command = toCurl(request, shell);
		return command === undefined ? [] : [{ shell, command }];
	});
	const own = shellOf(vscode.env.shell);
	const first = commands.find(({ shell }) => shell === own);
	const copy = vscode.l10n.t('Copy as curl');
	const other = vscode.l10n.t('For Another Shell…');
	const message = vscode.l10n.t('The request as sent, with keys masked');
	const answer = await showInformation(message, ...(first ? [copy] : []), other);
	if (answer === copy && first) {
		await vscode.env.clipboard.writeText(first.command);
	} else if (answer === other) {
		const items = commands.map(({ shell, command }) => ({ label: labels[shell], command }));
		const placeHolder = vscode.l10n.t('Choose the shell to copy the curl command for');
		const chosen = await showPick(items, { placeHolder });
		if (chosen) {
			await vscode.env.clipboard.writeText(chosen.command);
		}
	}
}

const labels: Record<CurlShell, string> = { posix: 'Bash, Zsh, Dash', powershell: 'PowerShell', cmd: 'cmd.exe' };

/** Detects the shell from its path. */
function shellOf(path: string): CurlShell {
	const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1).toLowerCase();
	if (/^(pwsh|powershell)/.test(name)) {
		return 'powershell';
	}
	return name === 'cmd.exe' ? 'cmd' : 'posix';
}
