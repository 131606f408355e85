import type { CaptureFormat } from './captureFormat.ts';
import { addChatMessages, areMessages } from './chatMessages.ts';
import { ConversationBuilder } from './conversationBuilder.ts';
import { isRecord, records } from './values.ts';

const reads = new Set(['messages', 'conversations', 'choices', 'id', 'object']);

/**
 * OpenAI Chat Completions and servers compatible with it: a request, its list of messages, a request with the response's
 * `choices` beside it, or a line of a file for fine-tuning. Form: https://platform.openai.com/docs/api-reference/chat
 */
export const openaiChat: CaptureFormat = {
	id: 'openai-chat',
	name: 'OpenAI chat completions',
	read(source, losses) {
		const request = isRecord(source) ? source : {};
		const listed = Array.isArray(source) ? source : (request['messages'] ?? request['conversations']);
		const asked: unknown[] = Array.isArray(listed) ? listed : [];
		const [answer, ...otherAnswers] = records(request['choices']).flatMap(({ message }) => message ?? []);
		const messages = answer === undefined ? asked : [...asked, answer];
		if (!areMessages(messages)) {
			return undefined;
		}
		if (otherAnswers.length > 0) {
			losses.add('dropped', 'choices', `Only the first of ${otherAnswers.length + 1} answers is kept`);
		}
		const builder = new ConversationBuilder();
		addChatMessages(builder, messages, losses);
		losses.fields(request, reads);
		return builder.build();
	},
};
