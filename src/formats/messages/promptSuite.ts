import { suiteText, type SuiteCaseText } from '../suiteText.ts';
import type { AskedPrompt } from './promptOfMessages.ts';

/** The suite of a prompt with its cases; none without cases. */
export function promptSuite(
	name: string,
	{ query, messages }: Pick<AskedPrompt, 'query' | 'messages'>,
	cases: readonly SuiteCaseText[],
): { name: string; text: string }[] {
	const defaults = { ...(query !== undefined && { query }), ...(messages && { messages }) };
	return cases.length === 0
		? []
		: [
				{
					name,
					text: suiteText({
						prompt: `draft:${name}`,
						...(Object.keys(defaults).length > 0 && { defaults }),
						cases,
					}),
				},
			];
}

/** A prompt whose further messages are more than a question: they become a case, since a draft has no place for them. */
export function casesOfMessages({ messages }: Pick<AskedPrompt, 'messages'>): SuiteCaseText[] {
	return messages ? [{ name: 'messages' }] : [];
}
