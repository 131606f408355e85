import { endedByModel } from '../common/turnEnd.ts';
import type { WorkshopContext } from './context.ts';
import { toModelMessages } from './chat.ts';

/** A step that is offered in words of the product, or a whole message in words of the model's provider. */
export type NextStep = 'write' | 'useResults' | { message: string };

/**
 * What the user may say next in a draft's chat, offered under the last answer: what its provider knows, else to write the
 * prompt where the chat holds none, and to use results that came after it. Nothing after an answer without an end.
 */
export async function nextSteps(context: WorkshopContext, draftId: number): Promise<NextStep[]> {
	const store = await context.store();
	const { messages, result } = await store.read(({ drafts, chats, results }) => {
		const { workshopChatId } = drafts.get(draftId);
		return {
			messages: workshopChatId === null ? [] : chats.messages(workshopChatId),
			result: results.list(draftId, 1)[0],
		};
	});
	const last = messages.at(-1);
	if (last?.role !== 'assistant' || !endedByModel(last.status) || last.model === null) {
		return [];
	}
	const own = await context.models().nextSteps(last.model, toModelMessages(messages));
	if (own) {
		return own.map((message) => ({ message }));
	}
	// The Markdown parser is loaded at its first use.
	const { fencedBlocks } = await import('./extractBlock.ts');
	const hasPrompt = messages.some(({ role, content }) => role === 'assistant' && fencedBlocks(content).length > 0);
	const hasNews = result?.isModel === true && result.status === 'complete' && result.timestamp > last.createdAt;
	return [...(hasPrompt ? [] : ['write' as const]), ...(hasNews ? ['useResults' as const] : [])];
}
