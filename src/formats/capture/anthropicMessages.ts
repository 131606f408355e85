import type { CaptureFormat } from './captureFormat.ts';
import { addChatMessages, areMessages } from './chatMessages.ts';
import { contentText } from './contentParts.ts';
import { ConversationBuilder } from './conversationBuilder.ts';
import { isRecord, records, textOf } from './values.ts';

/** Block types that only Anthropic's Messages API has. */
const ownBlocks = new Set(['redacted_thinking', 'tool_use', 'tool_result']);
const reads = new Set(['system', 'messages', 'type', 'role', 'content', 'id']);

function isOwnBlock(block: Record<string, unknown>): boolean {
	const type = textOf(block['type']);
	return ownBlocks.has(type) || (type === 'thinking' && typeof block['thinking'] === 'string');
}

/**
 * Anthropic Messages: a request (`system`, `messages`), its list of messages, or a response (`type: "message"`).
 * Format: https://docs.anthropic.com/en/api/messages
 */
export const anthropicMessages: CaptureFormat = {
	id: 'anthropic-messages',
	name: 'Anthropic Messages',
	read(source, losses) {
		const request = isRecord(source) ? source : {};
		const isResponse = request['type'] === 'message' && request['role'] === 'assistant';
		const listed = Array.isArray(source) ? source : request['messages'];
		const messages: unknown[] = isResponse ? [request] : Array.isArray(listed) ? listed : [];
		const hasOwnBlocks = records(messages).some(({ content }) => records(content).some(isOwnBlock));
		if (!isResponse && !(areMessages(messages) && (hasOwnBlocks || request['system'] !== undefined))) {
			return undefined;
		}
		const builder = new ConversationBuilder();
		builder.system(contentText(request['system'], 'system', losses));
		addChatMessages(builder, messages, losses);
		if (!isResponse) {
			losses.fields(request, reads);
		}
		return builder.build();
	},
};
