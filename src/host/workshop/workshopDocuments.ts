import type { Store } from '../../storage/contract.ts';
import { blocksOfMessage } from '../../workshop/extractDraft.ts';
import type { Workshop } from '../../workshop/workshop.ts';
import type { ReadOnlyDocuments } from '../kit/readOnlyDocuments.ts';
import { requestText } from '../kit/requestText.ts';

/** Shows results, requests, and the blocks of a chat that can become a draft's text. */
export function addWorkshopDocuments(
	documents: Pick<ReadOnlyDocuments, 'add'>,
	openStore: () => Promise<Store>,
	workshop: Workshop,
): void {
	const result = async (testId: string, answerOnly: boolean) => {
		const { resultMarkdown } = await import('./resultMarkdown.ts');
		return {
			text: await resultMarkdown(openStore, workshop, testId, { answerOnly }),
			origin: { results: [testId] },
		};
	};
	documents.add({
		result: (testId) => result(testId, false),
		answer: (testId) => result(testId, true),
		// It never changes.
		'tested-prompt': async (testId) => ({ text: await workshop.testedPrompt(testId), origin: {} }),
		extract: async (key) => {
			const [draftId = '', block = ''] = key.split(':');
			const { blocks, chatId } = await workshop.extractable(Number(draftId));
			return { text: blocks[Number(block)]?.content ?? '', origin: { chats: [chatId] } };
		},
		block: async (key) => {
			const [messageId = '', index = ''] = key.split(':');
			const message = await (await openStore()).read(({ chats }) => chats.message(Number(messageId)));
			const text = (await blocksOfMessage(message))[Number(index)]?.content ?? '';
			return { text, origin: { chats: [message.chatId] } };
		},
		request: async (key) => {
			const text = await requestText(workshop, key);
			const [kind, id = ''] = key.split(':');
			// The request of a message is stored once, at its end; a test stores it while it runs.
			return { text, origin: kind === 'test' ? { results: [id] } : {} };
		},
	});
}
