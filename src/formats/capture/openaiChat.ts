import * as l10n from '@vscode/l10n';
import type { CaptureFormat } from './captureFormat.ts';
import { addChatMessages, areMessages } from './chatMessages.ts';
import { ConversationBuilder } from './conversationBuilder.ts';
import { isRecord, records } from './values.ts';

const reads = new Set(['messages', 'conversations', 'choices', 'id', 'object']);

/**
 * OpenAI Chat Completions and compatible servers: a request, its list of messages, a request together with the
 * response's `choices`, or a line of a fine-tuning file. Format: https://platform.openai.com/docs/api-reference/chat
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
			losses.add('dropped', 'choices', l10n.t('Only the first of {0} answers is kept', otherAnswers.length + 1));
		}
		const builder = new ConversationBuilder();
		addChatMessages(builder, messages, losses);
		losses.fields(request, reads);
		return builder.build();
	},
};
