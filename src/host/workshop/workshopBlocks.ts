import * as vscode from 'vscode';
import { draftTitle } from '../../common/draftTitle.ts';
import { AppError } from '../../common/errors.ts';
import type { Store } from '../../storage/contract.ts';
import { blocksOfMessage } from '../../workshop/extractDraft.ts';
import type { Workshop } from '../../workshop/workshop.ts';
import { draftUri, currentText } from '../drafts/draftUri.ts';
import { readOnlyUri } from '../kit/readOnlyDocuments.ts';
import { showDiff } from '../kit/showDiff.ts';
import { showWarning } from '../kit/notify.ts';

/**
 * Finds a fenced block in a message of this draft's chat. The page alone is not trusted to say that a text is part of
 * the chat.
 */
async function findBlock(
	store: Store,
	draftId: number,
	messageId: number,
	text: string,
): Promise<{ index: number; content: string }> {
	const message = await store.read(({ chats, drafts }) => {
		const found = chats.message(messageId);
		if (found.chatId !== drafts.get(draftId).workshopChatId) {
			throw new AppError('not-found', vscode.l10n.t('Message not found in this draft'));
		}
		return found;
	});
	const wanted = text.replace(/\n$/, '').replaceAll('\0', '\uFFFD');
	const blocks = await blocksOfMessage(message);
	const index = blocks.findIndex(({ content }) => content === wanted);
	const block = blocks[index];
	if (!block || (message.status === 'streaming' && !block.closed)) {
		throw new AppError('not-found', vscode.l10n.t('The block is still arriving, or was replaced. Try again'));
	}
	return { index, content: block.content };
}

/** Makes a block the draft's text, after a confirmation if the draft has text. */
export async function useBlock(
	{ store, workshop }: { store: Store; workshop: Workshop },
	draftId: number,
	messageId: number,
	text: string,
): Promise<void> {
	const { content } = await findBlock(store, draftId, messageId, text);
	const draft = await store.read(({ drafts }) => drafts.get(draftId));
	const current = currentText(draft);
	if (current.trim() !== '' && current !== content) {
		const replace = vscode.l10n.t('Replace');
		const compare = vscode.l10n.t('Compare');
		const answer = await showWarning(
			vscode.l10n.t('Replace the text of the draft with this block?'),
			{
				modal: true,
				detail: vscode.l10n.t(
					'The draft has {0} characters, the block {1}. The old text is kept as a version.',
					current.length.toLocaleString(),
					content.length.toLocaleString(),
				),
			},
			replace,
			compare,
		);
		if (answer === compare) {
			await compareBlock(store, draftId, messageId, text);
		}
		if (answer !== replace) {
			return;
		}
	}
	await workshop.takeBlock(draftId, content);
}

/** Compares the draft with a block. */
export async function compareBlock(store: Store, draftId: number, messageId: number, text: string): Promise<void> {
	const { index } = await findBlock(store, draftId, messageId, text);
	const draft = await store.read(({ drafts }) => drafts.get(draftId));
	const title = draftTitle(draft);
	await showDiff(
		draftUri(store.status.storeId, draft),
		readOnlyUri({ kind: 'block', key: `${messageId}:${index}`, title }),
		vscode.l10n.t('{0}: draft ↔ block', title),
	);
}
