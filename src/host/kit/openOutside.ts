import * as vscode from 'vscode';
import { AppError } from '../../common/errors.ts';
import { showInformation } from './notify.ts';

/** Opens an https or mailto URL after the user confirmed where it leads. Refuses anything else with this message. */
export async function openOutside(address: string, refusal: string): Promise<void> {
	const url = URL.canParse(address) ? new URL(address) : undefined;
	if (url?.protocol !== 'https:' && url?.protocol !== 'mailto:') {
		throw new AppError('validation', refusal);
	}
	const open = vscode.l10n.t('Open');
	// The parsed form shows where `https://known.example@other` or a look-alike name really leads.
	const where = url.protocol === 'https:' ? url.host : url.pathname;
	const answer = await showInformation(
		vscode.l10n.t('Open {0} outside the editor?', where),
		{ modal: true, detail: url.href },
		open,
	);
	if (answer === open) {
		await vscode.env.openExternal(vscode.Uri.parse(url.href, true));
	}
}
