import { endedByModel } from '../common/turnEnd.ts';
import type { WorkshopContext } from './context.ts';
import { toModelMessages } from './chat.ts';

/** A step whose text the product defines, or a message from the model's provider. */
export type NextStep = 'write' | 'useResults' | { message: string };

/**
 * What the user may say next in a draft's chat, offered under the last answer: suggestions of the provider, or else to
 * write the prompt if the chat has none, and to use results that are newer than the answer. Empty after an incomplete
 * answer.
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
	const suggested = await context.models().nextSteps(last.model, toModelMessages(messages));
	if (suggested) {
		return suggested.map((message) => ({ message }));
	}
	// The Markdown parser is loaded on first use.
	const { fencedBlocks } = await import('../common/fencedBlocks.ts');
	const hasPrompt = messages.some(({ role, content }) => role === 'assistant' && fencedBlocks(content).length > 0);
	const hasNewResult = result?.isModel === true && result.status === 'complete' && result.timestamp > last.createdAt;
	return [...(hasPrompt ? [] : ['write' as const]), ...(hasNewResult ? ['useResults' as const] : [])];
}
