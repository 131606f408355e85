import { audienceRules, formatRules, toneRules } from './answerRules.ts';
import type { Brief } from './brief.ts';
import { asSentence } from './prose.ts';
import type { Work } from './work.ts';

/** Heading and text. */
export type Section = [heading: string, text: string];

/** The user's words about audience, tone and format, each with rules that can be checked, and the order of an answer. */
export function outputStyle({ kind, answers, answer, label, work }: Brief): string {
	const skeleton = work.length === 1 ? (work[0]?.parts ?? []) : merge(work);
	const rules = bullets([
		`**${label('audience')}:** ${asSentence(answer('audience'))}`,
		...audienceRules(answer('audience')),
		`**${label('tone')}:** ${asSentence(answer('tone'))}`,
		...toneRules(answer('tone')),
		`**${label('format')}:** ${asSentence(answer('format'))}`,
		...formatRules(answer('format'), { cites: kind === 'research' }),
		'No preamble and no repetition of the question. Answer in the language of the question unless the format above names another.',
	]);
	const lead =
		answers.format === undefined
			? 'Order of an answer'
			: 'Order of an answer, as far as the format above leaves room';
	return `${rules}\n\n${lead}:\n\n${numbered(skeleton.map((part) => `${part}.`))}`;
}

/** The opening and close of the first kind of work, with the body of both in between. */
function merge(work: readonly Work[]): string[] {
	const [first, second] = work;
	if (!first || !second) {
		return [];
	}
	return [...first.parts.slice(0, -1), ...second.parts.slice(1, 2), ...first.parts.slice(-1)];
}

export function constraints({ answer, label }: Brief): string {
	return bullets([
		`**${label('constraints')}:** ${asSentence(answer('constraints'))}`,
		'Where a constraint and a wish in the question collide, the constraint holds; say so in one sentence.',
	]);
}

export function bullets(items: readonly string[]): string {
	return items.map((item) => `- ${item}`).join('\n');
}

export function numbered(items: readonly string[]): string {
	return items.map((item, index) => `${index + 1}. ${item}`).join('\n');
}
