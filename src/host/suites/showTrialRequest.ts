import * as vscode from 'vscode';
import { AppError } from '../../common/errors.ts';
import type { StoredTrial } from '../../common/suiteModel.ts';
import type { SentRequest } from '../../providers/provider.ts';
import { requestsText } from '../kit/requestText.ts';

/** Shows the exact requests of an answer in an editor. Rejects with `not-found` if they are not stored. */
export async function showTrialRequest({ requests }: Pick<StoredTrial, 'requests'>): Promise<void> {
	if (requests === undefined) {
		throw new AppError('not-found', vscode.l10n.t('The request of this answer is not stored'));
	}
	const content = requestsText(JSON.parse(requests) as SentRequest[]);
	const document = await vscode.workspace.openTextDocument({ content, language: 'http' });
	await vscode.window.showTextDocument(document, { preview: true });
}
