import * as l10n from '@vscode/l10n';
import { AppError } from '../common/errors.ts';
import type { Draft, Message } from '../common/model.ts';
import type { WorkshopContext } from './context.ts';
import type { FencedBlock } from '../common/fencedBlocks.ts';
import { replaceText } from './replaceText.ts';

export interface ExtractableBlocks {
	messageId: number;
	chatId: number;
	/** The non-empty fenced blocks of that message, in order. */
	blocks: Pick<FencedBlock, 'language' | 'content' | 'closed'>[];
	/**
	 * Index of the block that is taken without asking: the last closed one. An unclosed block after it may be the text
	 * after a prompt whose fences do not match, so it is never taken without asking.
	 */
	proposed: number;
}

/**
 * The fenced blocks of the last answer. Rejects with `validation` while an answer is streaming, so that no partial
 * prompt is taken, and with `not-found` if there is none.
 */
export async function blocksToExtract(context: WorkshopContext, draftId: number): Promise<ExtractableBlocks> {
	const store = await context.store();
	const message = await store.read(({ chats, drafts }) => {
		const { workshopChatId } = drafts.get(draftId);
		const messages = workshopChatId === null ? [] : chats.messages(workshopChatId);
		if (messages.at(-1)?.status === 'streaming') {
			throw new AppError(
				'validation',
				l10n.t('The assistant is still answering. Wait, or stop it first, then extract'),
			);
		}
		return messages.findLast(({ role, content }) => role === 'assistant' && content !== '');
	});
	const all = message ? await blocksOfMessage(message) : [];
	const blocks = all.filter(({ content }) => content.trim() !== '');
	if (!message || blocks.length === 0) {
		throw new AppError(
			'not-found',
			l10n.t(
				'The last answer has no prompt in a fenced block. Ask the assistant to write the prompt, then extract',
			),
		);
	}
	const closed = blocks.findLastIndex((block) => block.closed);
	return {
		messageId: message.id,
		chatId: message.chatId,
		blocks: blocks.map(({ language, content, closed }) => ({ language, content, closed })),
		proposed: closed === -1 ? blocks.length - 1 : closed,
	};
}

/** The fenced blocks of an answer. Each text block is parsed separately, as the page shows it. */
export async function blocksOfMessage({ content, parts }: Pick<Message, 'content' | 'parts'>): Promise<FencedBlock[]> {
	// The Markdown parser is loaded on first use.
	const { fencedBlocks } = await import('../common/fencedBlocks.ts');
	const texts = parts ? parts.blocks.flatMap((block) => (block.type === 'text' ? [block.text] : [])) : [content];
	return texts.flatMap((text) => fencedBlocks(text));
}

/** Makes a fenced block of the last answer the draft's text, as one undoable edit, and saves. */
export async function extractDraft(
	context: WorkshopContext,
	draftId: number,
	options: { block?: number | undefined } = {},
): Promise<Draft> {
	const { blocks, proposed } = await blocksToExtract(context, draftId);
	const index = options.block ?? proposed;
	const block = blocks[index];
	if (!block) {
		throw new AppError(
			'validation',
			l10n.t('There is no block {0}: the last answer has {1}', index, blocks.length),
			{
				info: { field: 'block' },
			},
		);
	}
	return takeBlock(context, draftId, block.content);
}

/** Makes a block of an answer the draft's text. */
export function takeBlock(context: WorkshopContext, draftId: number, content: string): Promise<Draft> {
	return replaceText(context, draftId, content, { reason: 'extract', author: 'assistant' });
}
