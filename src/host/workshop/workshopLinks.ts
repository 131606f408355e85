import * as vscode from 'vscode';
import { AppError } from '../../common/errors.ts';
import type { TopicIndex } from '../../topics/contract.ts';
import { showInformation } from '../kit/notify.ts';

/**
 * Opens what a link of an answer names: an imported article in the editor; an https or mailto address outside, after
 * the user saw where it leads. Anything else is refused.
 */
export async function openLink(
	address: string,
	topics: TopicIndex,
	openArticle: (uri: string) => Promise<void>,
): Promise<void> {
	const article = await topics.article(address);
	if (article) {
		await openArticle(article.uri);
		return;
	}
	await openOutside(
		address,
		vscode.l10n.t('No imported article has the address {0}, and only https and mailto links open outside', address),
	);
}

/** Opens an https or mailto address after the user saw where it leads; anything else is refused with this message. */
export async function openOutside(address: string, refusal: string): Promise<void> {
	const url = URL.canParse(address) ? new URL(address) : undefined;
	if (url?.protocol !== 'https:' && url?.protocol !== 'mailto:') {
		throw new AppError('validation', refusal);
	}
	const open = vscode.l10n.t('Open');
	// The parsed form: what `https://known.example@other` or a look-alike name really leads to.
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
