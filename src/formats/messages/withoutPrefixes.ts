import type { LabelledConversation } from './fixtureText.ts';

interface Written {
	conversation: LabelledConversation;
	/** Each message as JSON, so that messages are compared once made. */
	texts: string[];
}

/**
 * The conversations without those that only are the beginning of another one, as recorders write a request for each turn.
 * The last of equal ones is kept.
 */
export function withoutPrefixes(conversations: readonly LabelledConversation[]): LabelledConversation[] {
	const kept: Written[] = [];
	for (const conversation of conversations.toReversed()) {
		const written = { conversation, texts: conversation.messages.map((message) => JSON.stringify(message)) };
		if (!kept.some((other) => isStarted(written, other))) {
			kept.push(written);
		}
	}
	return kept.reverse().map(({ conversation }) => conversation);
}

/** The last turn of a beginning may have fewer parts than the turn that it grows into. */
function isStarted(first: Written, grown: Written): boolean {
	const last = first.texts.length - 1;
	return (
		grown.texts.length > last &&
		grown.conversation.systemPrompt === first.conversation.systemPrompt &&
		first.texts.every((text, index) => {
			const [before, after] = [first.conversation.messages[index], grown.conversation.messages[index]];
			return (
				text === grown.texts[index] ||
				(index === last && before?.role === after?.role && isBeginning(before?.content, after?.content))
			);
		})
	);
}

function isBeginning(first: unknown, grown: unknown): boolean {
	const [a = [], b = []] = [first, grown].map((content) =>
		Array.isArray(content) ? (content as unknown[]) : [{ type: 'text', text: content }],
	);
	return a.length <= b.length && a.every((part, index) => JSON.stringify(part) === JSON.stringify(b[index]));
}
