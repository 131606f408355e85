import type { FixtureContent, FixtureMessage } from '../common/api.ts';
import type { MessageContent, ModelMessage } from '../providers/provider.ts';

/** Sent before a conversation that the assistant opened, because providers expect a user turn first. */
export const openingMessage = '(The conversation begins.)';

/** A part as text, for a run that offers no tools; undefined for thinking, which is never sent. */
export function partText(part: Exclude<FixtureContent, string>[number]): string | undefined {
	switch (part.type) {
		case 'text':
			return part.text;
		case 'thinking':
			return undefined;
		case 'tool-call':
			return `[Tool call: ${part.name} ${JSON.stringify(part.input ?? {})}]`;
		case 'tool-result':
			return `[Tool result${part.name === undefined ? '' : `: ${part.name}`}${part.isError ? ' (error)' : ''}]\n${part.content}`;
	}
}

/** The text of a message without its thinking; tool calls and results are rendered as text. */
export function messageText(message: FixtureMessage): string {
	if (typeof message.content === 'string') {
		return message.content;
	}
	const texts = message.content.map(partText).filter((text) => text !== undefined && text.trim() !== '');
	return texts.join('\n\n');
}

/** The recorded thinking of a message, from its field and its parts; empty if there is none. */
export function messageThinking(message: FixtureMessage): string {
	const parts = typeof message.content === 'string' ? [] : message.content;
	const texts = parts.flatMap((part) => (part.type === 'thinking' ? [part.text] : []));
	return [message.thinking ?? '', ...texts].filter((text) => text.trim() !== '').join('\n\n');
}

/**
 * Converts recorded messages to those that are sent to a model. Recorded thinking is never sent, tool parts are sent as
 * text. Messages without text are omitted (providers refuse empty blocks), adjacent messages of one role are merged,
 * and a conversation that the assistant opened gets a first user message.
 */
export function toModelMessages(messages: readonly FixtureMessage[]): ModelMessage[] {
	const sent: ModelMessage[] = [];
	for (const message of messages) {
		const text = messageText(message);
		if (text.trim() === '') {
			continue;
		}
		const content: MessageContent = { type: 'text', text };
		const last = sent.at(-1);
		if (last?.role === message.role) {
			last.content.push(content);
		} else {
			sent.push({ role: message.role, content: [content] });
		}
	}
	if (sent[0]?.role === 'assistant') {
		sent.unshift({ role: 'user', content: [{ type: 'text', text: openingMessage }] });
	}
	return sent;
}
