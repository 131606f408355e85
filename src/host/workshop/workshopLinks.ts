import * as vscode from 'vscode';
import type { TopicIndex } from '../../topics/contract.ts';
import { openOutside } from '../kit/openOutside.ts';

/**
 * Opens the target of a link in an answer: an imported article in the editor, or an https or mailto URL outside after
 * the user confirmed it. Refuses anything else.
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
		vscode.l10n.t(
			'No imported article has the address {0}, and only https and mailto links can be opened',
			address,
		),
	);
}
