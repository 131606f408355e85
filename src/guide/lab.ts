import type { ModelRequest } from '../providers/provider.ts';
import { messageText } from './material.ts';
import { bestSentences, keywords, shorten, terms } from './prose.ts';
import { introduction, quoted, type Piece } from './reply.ts';

const sentencesQuoted = 4;

interface Source {
	label: string;
	text: string;
}

/** Answers the last user message with sentences from the conversation; the system prompt is quoted, never followed. */
export function* answerInLab({ system, messages }: ModelRequest): Generator<Piece> {
	const last = messages.findLastIndex(({ role }) => role === 'user');
	const question = messageText(messages[last]);
	const wanted = terms(question);
	const earlier = messages.slice(0, Math.max(last, 0)).map((message, index): Source => ({
		label: `${message.role === 'user' ? 'user' : 'assistant'}, message ${index + 1}`,
		text: messageText(message),
	}));
	yield {
		kind: 'thinking',
		text: `Messages in the conversation: ${messages.length}, the last of the user is number ${last + 1}.\n`,
	};
	yield {
		kind: 'thinking',
		text: `Its words that carry content: ${keywords(question).slice(0, 15).join(', ') || 'none'}.\n`,
	};
	const found = quotes(earlier, wanted);
	const fromSystem = found.length === 0 ? quotes([{ label: 'system prompt', text: system }], wanted) : [];
	yield {
		kind: 'thinking',
		text: `Sentences of earlier messages that share words with it: ${found.length}${found.length === 0 ? `; of the system prompt: ${fromSystem.length}` : ''}.`,
	};
	yield { kind: 'text', text: `${introduction} I do not follow the system prompt; I can only quote.\n\n` };
	yield { kind: 'text', text: `The last message says: “${quoted(shorten(question, 200))}”\n\n` };
	if (found.length + fromSystem.length === 0) {
		yield {
			kind: 'text',
			text: 'No sentence of the conversation or of the system prompt shares a word with it, so I have nothing to answer with. A language model can.',
		};
		return;
	}
	yield {
		kind: 'text',
		text:
			found.length > 0
				? 'What the conversation itself says about it:\n\n'
				: 'The conversation says nothing more about it. Sentences of the system prompt with the same words:\n\n',
	};
	for (const { label, text } of [...found, ...fromSystem]) {
		yield { kind: 'text', text: `- “${quoted(shorten(text, 300))}” (${label})\n` };
	}
}

/** The best sentences of all sources, in the order of the conversation. */
function quotes(sources: readonly Source[], wanted: readonly string[]): Source[] {
	return sources
		.flatMap(({ label, text }, place) =>
			bestSentences(text, wanted).map((sentence) => ({ label, place, ...sentence })),
		)
		.sort((a, b) => b.score - a.score || b.place - a.place)
		.slice(0, sentencesQuoted)
		.sort((a, b) => a.place - b.place || a.index - b.index);
}
