import { AppError } from '../common/errors.ts';
import type { Draft } from '../common/model.ts';
import type { WorkshopContext } from './context.ts';
import { replaceText } from './replaceText.ts';

export interface ExtractableBlocks {
	messageId: number;
	/** Fenced blocks of that message, in order, without empty ones. */
	blocks: { language: string; content: string }[];
}

/** The fenced blocks of the last assistant message; undefined where it has none. */
export async function blocksToExtract(
	context: WorkshopContext,
	draftId: number,
): Promise<ExtractableBlocks | undefined> {
	const store = await context.store();
	const message = await store.read(({ chats, drafts }) => {
		const { workshopChatId } = drafts.get(draftId);
		return workshopChatId === null
			? undefined
			: chats.messages(workshopChatId).findLast(({ role, content }) => role === 'assistant' && content !== '');
	});
	if (!message) {
		return undefined;
	}
	// The Markdown parser is loaded at its first use.
	const { fencedBlocks } = await import('./extractBlock.ts');
	const blocks = fencedBlocks(message.content).filter(({ content }) => content.trim() !== '');
	return blocks.length === 0
		? undefined
		: { messageId: message.id, blocks: blocks.map(({ language, content }) => ({ language, content })) };
}

/** Takes a fenced block of the last assistant message as the draft's text, as one undoable edit, and saves. */
export async function extractDraft(
	context: WorkshopContext,
	draftId: number,
	options: { block?: number | undefined } = {},
): Promise<Draft> {
	const found = await blocksToExtract(context, draftId);
	if (!found) {
		throw new AppError(
			'not-found',
			'The last answer holds no prompt in a fenced block. Ask the assistant to write the prompt, then extract',
		);
	}
	const index = options.block ?? found.blocks.length - 1;
	const block = found.blocks[index];
	if (!block) {
		throw new AppError('validation', `There is no block ${index}: the last answer has ${found.blocks.length}`, {
			info: { field: 'block' },
		});
	}
	return replaceText(context, draftId, block.content, { reason: 'extract', author: 'assistant' });
}
