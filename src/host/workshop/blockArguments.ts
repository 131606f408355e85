import * as l10n from '@vscode/l10n';
import { AppError } from '../../common/errors.ts';
import type { WorkshopServices } from './workshopServices.ts';
import { draftArgument } from '../drafts/draftArguments.ts';

/** A draft, a message of its chat and the text of a fenced block in it. */
export async function blockArguments(
	services: WorkshopServices,
	[draft, messageId, text]: readonly unknown[],
): Promise<{ draftId: number; messageId: number; text: string }> {
	const draftId = await draftArgument(services, draft);
	if (typeof messageId !== 'number' || typeof text !== 'string') {
		throw new AppError('validation', l10n.t('A block is identified by a draft id, a message id and its text'));
	}
	return { draftId, messageId, text };
}
