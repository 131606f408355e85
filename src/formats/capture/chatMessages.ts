import * as l10n from '@vscode/l10n';
import { contentParts, contentText, functionCall } from './contentParts.ts';
import type { ContentPart, ConversationBuilder } from './conversationBuilder.ts';
import type { Losses } from './losses.ts';
import { isRecord, records, textOf } from './values.ts';

/** Roles of all formats. */
const speakers = new Map([
	['system', 'system'],
	['developer', 'system'],
	['user', 'user'],
	['human', 'user'],
	['assistant', 'assistant'],
	['model', 'assistant'],
	['tool', 'tool'],
	['function', 'tool'],
] as const);

const reads = new Set([
	...['role', 'content', 'thinking', 'reasoning', 'reasoning_content', 'refusal'],
	...['tool_calls', 'function_call', 'tool_call_id', 'name', 'is_error'],
	// Metadata of a response.
	...['id', 'type', 'object'],
]);

/** Whether a list looks like messages with roles. */
export function areMessages(list: readonly unknown[]): boolean {
	return list.some((message) => isRecord(message) && ['user', 'assistant'].includes(speakerOf(message) ?? ''));
}

/**
 * Adds messages with roles, in the formats of all chat APIs: OpenAI with `tool_calls` or the older `function_call`,
 * servers that add `reasoning_content`, Mistral with lists of thinking, and Anthropic with blocks.
 */
export function addChatMessages(builder: ConversationBuilder, messages: readonly unknown[], losses: Losses): void {
	for (const [index, message] of messages.entries()) {
		const place = l10n.t('message {0}', index + 1);
		const speaker = isRecord(message) ? speakerOf(message) : undefined;
		if (!isRecord(message) || speaker === undefined) {
			const found = isRecord(message)
				? l10n.t('Its role "{0}" is not part of a conversation', textOf(message['role']).slice(0, 60))
				: l10n.t('It is not an object');
			losses.add('dropped', place, found);
			continue;
		}
		losses.fields(message, reads);
		if (speaker === 'system') {
			builder.system(contentText(message['content'], place, losses));
		} else if (speaker === 'tool') {
			builder.message('assistant', [toolResult(message, place, losses)]);
		} else {
			const parts = partsOf(message, place, losses);
			if (parts.every((part) => 'text' in part && part.text.trim() === '')) {
				losses.add('kept', place, l10n.t('The turn of the {0} is empty', speaker));
			}
			builder.message(speaker, parts);
		}
	}
}

function speakerOf(message: Record<string, unknown>) {
	return speakers.get(textOf(message['role']).toLowerCase() as never);
}

function toolResult(message: Record<string, unknown>, place: string, losses: Losses): ContentPart {
	const id = textOf(message['tool_call_id']);
	const name = textOf(message['name']);
	return {
		type: 'tool-result',
		content: contentText(message['content'], place, losses),
		...(id !== '' && { id }),
		...(name !== '' && { name }),
		...(message['is_error'] === true && { isError: true }),
	};
}

function partsOf(message: Record<string, unknown>, place: string, losses: Losses): ContentPart[] {
	const reasoning = message['reasoning_content'] ?? message['reasoning'] ?? message['thinking'];
	const parts: ContentPart[] = contentParts(reasoning, place, losses).map((part) =>
		part.type === 'text' ? { type: 'thinking', text: part.text } : part,
	);
	parts.push(...contentParts(message['content'], place, losses));
	const refusal = textOf(message['refusal']);
	if (refusal !== '') {
		losses.add('changed', place, l10n.t('A refusal is kept as the text of the assistant'));
		parts.push({ type: 'text', text: refusal });
	}
	for (const call of records(message['tool_calls'])) {
		parts.push(functionCall(isRecord(call['function']) ? call['function'] : call, textOf(call['id'])));
	}
	if (isRecord(message['function_call'])) {
		parts.push(functionCall(message['function_call']));
	}
	return parts;
}
