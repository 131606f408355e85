import type { FixtureContent, FixtureMessage } from '../../common/api.ts';
import { splitThinking } from './recordedThinking.ts';

export type ContentPart = Exclude<FixtureContent, string>[number];

/** A conversation read from any format. */
export interface CapturedConversation {
	systemPrompt: string;
	messages: FixtureMessage[];
}

interface Turn {
	role: FixtureMessage['role'];
	/** The parts of each message that was merged into this turn. */
	messages: ContentPart[][];
}

/**
 * Builds a conversation message by message. Messages that formats split (tool call, tool result, answer) become one
 * assistant turn; tool results go to the assistant, whoever sent them. A message without content stays a turn, so that
 * its neighbours are not merged.
 */
export class ConversationBuilder {
	readonly #system: string[] = [];
	readonly #turns: Turn[] = [];

	system(text: string): void {
		if (text.trim() !== '') {
			this.#system.push(text);
		}
	}

	/** Adjacent parts of the same kind in one message are joined without a separator. */
	message(role: FixtureMessage['role'], parts: readonly ContentPart[]): void {
		const results = parts.filter(({ type }) => type === 'tool-result');
		const others = parts.filter(({ type }) => type !== 'tool-result');
		if (role === 'user' && results.length > 0) {
			this.#add('assistant', results);
			if (others.length > 0) {
				this.#add('user', joinAdjacent(others));
			}
		} else {
			this.#add(role, role === 'assistant' ? withoutTags(joinAdjacent(parts)) : joinAdjacent(parts));
		}
	}

	#add(role: FixtureMessage['role'], parts: ContentPart[]): void {
		const last = this.#turns.at(-1);
		if (last?.role === role) {
			last.messages.push(parts);
		} else {
			this.#turns.push({ role, messages: [parts] });
		}
	}

	build(): CapturedConversation {
		return { systemPrompt: this.#system.join('\n\n'), messages: this.#turns.map(toFixtureMessage) };
	}
}

function joinAdjacent(parts: readonly ContentPart[]): ContentPart[] {
	const all: ContentPart[] = [];
	for (const part of parts) {
		const last = all.at(-1);
		if ((part.type === 'text' || part.type === 'thinking') && last?.type === part.type) {
			all[all.length - 1] = { type: part.type, text: last.text + part.text };
		} else {
			all.push(part);
		}
	}
	return all;
}

/** Turns thinking in tags at the start of an answer into a thinking part. */
function withoutTags(parts: ContentPart[]): ContentPart[] {
	const [first, ...others] = parts;
	if (first?.type !== 'text') {
		return parts;
	}
	const { thinking, text } = splitThinking(first.text);
	return thinking === '' ? parts : [{ type: 'thinking', text: thinking }, { type: 'text', text }, ...others];
}

function toFixtureMessage({ role, messages }: Turn): FixtureMessage {
	const parts = messages.flat().filter((part) => !('text' in part) || part.text !== '');
	if (parts.some((part) => part.type === 'tool-call' || part.type === 'tool-result')) {
		return { role, content: parts };
	}
	const texts = (type: 'text' | 'thinking') =>
		parts.flatMap((part) => (part.type === type ? [part.text] : [])).join('\n\n');
	const thinking = texts('thinking');
	return { role, content: texts('text'), ...(thinking !== '' && { thinking }) };
}
