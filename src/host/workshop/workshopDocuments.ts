import type { Store } from '../../storage/contract.ts';
import { blocksOfMessage } from '../../workshop/extractDraft.ts';
import type { Workshop } from '../../workshop/workshop.ts';
import type { ReadOnlyDocuments } from '../kit/readOnlyDocuments.ts';
import { requestText } from '../kit/requestText.ts';
import { resultMarkdown } from './resultMarkdown.ts';

/** Shows results, requests, and the blocks of a chat that can become a draft's text. */
export function addWorkshopDocuments(
	documents: ReadOnlyDocuments,
	openStore: () => Promise<Store>,
	workshop: Workshop,
): void {
	documents.add({
		result: (testId) => resultMarkdown(openStore, workshop, testId),
		answer: (testId) => resultMarkdown(openStore, workshop, testId, { answerOnly: true }),
		extract: async (key) => {
			const [draftId = '', block = ''] = key.split(':');
			const { blocks } = await workshop.extractable(Number(draftId));
			return blocks[Number(block)]?.content ?? '';
		},
		block: async (key) => {
			const [messageId = '', index = ''] = key.split(':');
			const message = await (await openStore()).read(({ chats }) => chats.message(Number(messageId)));
			return (await blocksOfMessage(message))[Number(index)]?.content ?? '';
		},
		request: (key) => requestText(workshop, key),
	});
}
