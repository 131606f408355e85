import * as vscode from 'vscode';
import { showReadOnly } from '../documents/readOnlyDocuments.ts';
import { toCurl } from '../../providers/curl.ts';
import { showInformation } from '../kit/notify.ts';
import { optionsArgument, resultArgument } from './arguments.ts';
import type { Command } from './command.ts';

/** The exact request of a test result, or of a chat message (`{messageId}`), key masked; offered as curl too. */
export const showRequest: Command = {
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
			void offerCurl(toCurl(last));
		}
		return stored;
	},
};

async function offerCurl(command: string): Promise<void> {
	const copy = vscode.l10n.t('Copy as curl');
	const answer = await showInformation(vscode.l10n.t('The request as it was sent; keys are masked'), copy);
	if (answer === copy) {
		await vscode.env.clipboard.writeText(command);
	}
}
