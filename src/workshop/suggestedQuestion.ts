import type { Message } from '../common/model.ts';
import { limits } from './rules.ts';

/** As the meta-prompt asks for it: a line of its own, perhaps a bullet, bold or in quotes. */
const line = /^[ \t]*(?:[-*•][ \t]+)?\**Test question:?\**:?[ \t]*(.+)$/gim;

/** The question to test the prompt with that the design assistant suggested last, if it can be asked as it is. */
export function suggestedQuestion(messages: readonly Pick<Message, 'role' | 'content'>[]): string | undefined {
	const { minimum, maximum } = limits.testQuery;
	return messages
		.filter(({ role }) => role === 'assistant')
		.flatMap(({ content }) => Array.from(content.matchAll(line), ([, question = '']) => withoutQuotes(question)))
		.findLast(({ length }) => length >= minimum && length <= maximum);
}

function withoutQuotes(text: string): string {
	const plain = text.trim().replace(/^\*+|\*+$/g, '');
	return /^(?:["“„«'‘`].*["”“»'’`])$/.test(plain) ? plain.slice(1, -1).trim() : plain;
}
