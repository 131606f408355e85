import type { ModelMessage } from '../providers/provider.ts';
import { fences, materialBlock, messageText } from './material.ts';
import { answerKeys, askedQuestion, type AnswerKey, type Answers } from './questions.ts';
import { labelledAnswer, recogniseAnswers } from './recognise.ts';
import { introduction } from './reply.ts';

/** Where a design chat stands, worked out from its messages each time. */
export interface DesignState {
	answers: Answers;
	skipped: AnswerKey[];
	/** Neither answered nor skipped, in the order of asking. */
	open: AnswerKey[];
	/** The guide has asked a question or handed over a prompt in this chat. */
	begun: boolean;
	/** The guide has handed over a prompt in this chat. */
	written: boolean;
	/** The last message asks for the prompt at once. */
	writeNow: boolean;
	/** The last message wants the questions, or a new start. */
	askMe: boolean;
	/** The last message answers a question with a question. */
	unclear: boolean;
	/** What the last message answered or corrected, the question that was asked left out. */
	taken: AnswerKey[];
	/** The guide has not spoken in this chat. */
	first: boolean;
	/** Title of the prompt that the draft was cloned from. */
	parent?: string;
	/** The document's text if someone other than the guide wrote it; undefined if there is none. */
	foreignDraft?: string;
}

/** How the workshop opens a chat (`openingMessage`); what follows is the user's own. */
const frame =
	/^(?:I want to design a new system prompt for Auspex\.|Modify the existing '(.*?)' prompt\.) *(?:This is what (?:I need|should change):|Ask me what you need to know, then write it\.|Look at its present text and ask me what should change\.)?\s*/;
const startOver = /^(?:please )?(?:start (?:over|again|from scratch)|begin again|new prompt)\b/i;
const askMe = /^(?:please )?ask me\b[^.\n]*/i;
const skip =
	/^(?:skip(?: (?:it|this|that))?|next|no preference|any(?:thing)?|whatever|default|the usual|you choose|don't care|no idea|none|-)[.!]?$/i;
/** To the first question, a question may be the answer: it asks which questions the prompt is for. */
const askingBack = /^(?:what do you mean|why do you ask|why\?|like what|such as|help|explain|huh|\?)/i;
const writeItNow =
	/\b(?:(?:just |please )?write it(?: now)?|write (?:the|a) prompt(?: now)?|just write|go ahead|skip (?:all|the rest|the questions)|no more questions|that(?:'s| is) (?:all|enough)|compose it|generate it)\b[.!]?/i;

interface Spoken {
	role: ModelMessage['role'];
	text: string;
}

/** What the guide's own chat did so far; a chat with other blocks (another model's) counts the same. */
interface Progress {
	answers: Answers;
	skipped: Set<AnswerKey>;
	asked: boolean;
	written: boolean;
}

export function readDesign(system: string, messages: readonly ModelMessage[]): DesignState {
	const spoken = messages.map((message): Spoken => ({ role: message.role, text: messageText(message) }));
	const restart = spoken.findLastIndex(({ role, text }) => role === 'user' && startOver.test(text));
	const chat = restart < 0 ? spoken : spoken.slice(restart);
	const progress: Progress = { answers: {}, skipped: new Set(), asked: false, written: false };
	let unclear = false;
	let taken: AnswerKey[] = [];
	for (const [index, { role, text }] of chat.entries()) {
		if (role === 'assistant') {
			progress.asked ||= askedQuestion(text) !== undefined;
			progress.written ||= fences(text).length > 0;
			continue;
		}
		const before = chat[index - 1];
		const asked = before?.role === 'assistant' ? askedQuestion(before.text) : undefined;
		const known = { ...progress.answers };
		unclear = !takeAnswer(progress, plain(text), asked);
		taken = answerKeys.filter((key) => key !== asked && progress.answers[key] !== known[key]);
	}
	const { answers, skipped } = progress;
	const last = spoken.at(-1)?.text ?? '';
	const parent = spoken.map(({ text }) => frame.exec(text)?.[1]).find((title) => title !== undefined);
	const foreignDraft = draftOfOthers(system, spoken, parent !== undefined);
	return {
		answers,
		skipped: answerKeys.filter((key) => skipped.has(key)),
		open: answerKeys.filter((key) => answers[key] === undefined && !skipped.has(key)),
		begun: progress.asked || progress.written,
		written: progress.written,
		writeNow: writeItNow.test(plain(last)),
		askMe: askMe.test(plain(last)) || startOver.test(last),
		unclear,
		taken,
		first: !spoken.some(({ role, text }) => role === 'assistant' && text.includes(introduction)),
		...(parent !== undefined && { parent }),
		...(foreignDraft !== undefined && { foreignDraft }),
	};
}

function plain(text: string): string {
	return text
		.replace(frame, '')
		.replace(startOver, '')
		.replace(/^[\s,.:;–-]+/, '')
		.trim();
}

/** Takes what a message answers or corrects; false when it answers nothing because it asks. */
function takeAnswer({ answers, skipped, written }: Progress, text: string, asked: AnswerKey | undefined): boolean {
	const lines = text.replace(writeItNow, '').replace(askMe, '').split('\n');
	const take = (key: AnswerKey, words: string) => {
		answers[key] = words;
		skipped.delete(key);
	};
	const labelled = lines.flatMap((line) => labelledAnswer(line.trim()) ?? []);
	for (const { key, words } of labelled) {
		take(key, words);
	}
	const rest = lines.filter((line) => !labelledAnswer(line.trim())).join('\n');
	const words = rest.replace(/^[\s,.;:]+/, '').trim();
	if (words === '' && (labelled.length > 0 || asked === undefined)) {
		return true;
	}
	if (asked !== undefined && (skip.test(words) || words === '')) {
		skipped.add(asked);
		return true;
	}
	if (asked !== undefined && (asked === 'analysis' ? askingBack.test(words) : words.endsWith('?'))) {
		return false;
	}
	const recognised = recogniseAnswers(words);
	if (asked === 'analysis') {
		recognised.analysis ??= words;
	} else if (asked !== undefined) {
		// What no rule explains belongs to the question that was asked.
		recognised[asked] = words;
		delete recognised.analysis;
	} else if (written) {
		// What a prompt is for is corrected by its name only: a remark about the prompt is no new purpose.
		delete recognised.analysis;
	}
	for (const key of answerKeys) {
		const answer = recognised[key];
		if (answer !== undefined && (key === asked || written || answers[key] === undefined)) {
			take(key, answer);
		}
	}
	return true;
}

/** The document's text, unless it is empty, the template, or what a block of the chat says. */
function draftOfOthers(system: string, chat: readonly Spoken[], isClone: boolean): string | undefined {
	const draft = materialBlock(system, 'current-draft')?.trim() ?? '';
	const isTemplate = !isClone && draft === materialBlock(system, 'template')?.trim();
	const isOurs = chat.some(
		({ role, text }) => role === 'assistant' && fences(text).some(({ content }) => content.trim() === draft),
	);
	return draft === '' || isTemplate || isOurs ? undefined : draft;
}
