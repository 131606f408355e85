import { promptKinds, type PromptKind } from '../common/model.ts';
import type { ModelMessage } from '../providers/provider.ts';
import { fences, materialBlock, messageText } from './material.ts';
import { answerKeys, askedQuestion, type AnswerKey, type Answers } from './questions.ts';
import { labelledAnswer, recogniseAnswers } from './recognise.ts';
import { introduction } from './reply.ts';

/** The state of a design chat, derived from its messages each time. */
export interface DesignState {
	kind: PromptKind;
	answers: Answers;
	skipped: AnswerKey[];
	/** Neither answered nor skipped, in the order in which they are asked. */
	open: AnswerKey[];
	/** The guide has asked a question or written a prompt in this chat. */
	begun: boolean;
	/** The guide has written a prompt in this chat. */
	written: boolean;
	/** The last message asks for the prompt now. */
	writeNow: boolean;
	/** The last message asks for the questions, or to start over. */
	askMe: boolean;
	/** The last message answers a question with a question. */
	unclear: boolean;
	/** What the last message answered or corrected, except for the question that was asked. */
	taken: AnswerKey[];
	/** The guide has not replied in this chat yet. */
	first: boolean;
	/** Title of the prompt that the draft was cloned from. */
	parent?: string;
	/** The document's text if someone other than the guide wrote it; undefined if there is none. */
	foreignDraft?: string;
}

/** How the workshop opens a chat (`openingMessage`); what follows is the user's own text. */
const openingFrame =
	/^(?:I want to design a new system prompt for (?:Auspex|an assistant|an agent that uses tools)\.|Modify the existing '(.*?)' prompt\.) *(?:This is what (?:I need|should change):|Ask me what you need to know, then write it\.|Look at its (?:current|present) text and ask me what should change\.)?\s*/;
const startOver = /^(?:please )?(?:start (?:over|again|from scratch)|begin again|new prompt)\b/i;
const askMe = /^(?:please )?ask me\b[^.\n]*/i;
const skip =
	/^(?:skip(?: (?:it|this|that))?|next|no preference|any(?:thing)?|whatever|default|the usual|you choose|don't care|no idea|none|-)[.!]?$/i;
/** A question back to the guide. The answer to its first question may itself be a question, because it asks for some. */
const askingBack = /^(?:what do you mean|why do you ask|why\?|like what|such as|help|explain|huh|\?)/i;
const writeItNow =
	/\b(?:(?:just |please )?write it(?: now)?|write (?:the|a) prompt(?: now)?|just write|go ahead|skip (?:all|the rest|the questions)|no more questions|that(?:'s| is) (?:all|enough)|compose it|generate it)\b[.!]?/i;

interface ChatText {
	role: ModelMessage['role'];
	text: string;
}

/** The progress of the chat; blocks that another model wrote count like the guide's own. */
interface Progress {
	answers: Answers;
	skipped: Set<AnswerKey>;
	asked: boolean;
	written: boolean;
}

export function readDesign(system: string, messages: readonly ModelMessage[]): DesignState {
	const texts = messages.map((message): ChatText => ({ role: message.role, text: messageText(message) }));
	const restart = texts.findLastIndex(({ role, text }) => role === 'user' && startOver.test(text));
	const chat = restart < 0 ? texts : texts.slice(restart);
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
	const last = texts.at(-1)?.text ?? '';
	const parent = texts.map(({ text }) => openingFrame.exec(text)?.[1]).find((title) => title !== undefined);
	const foreignDraft = foreignDraftOf(system, texts, parent !== undefined);
	return {
		kind: kindOf(system),
		answers,
		skipped: answerKeys.filter((key) => skipped.has(key)),
		open: answerKeys.filter((key) => answers[key] === undefined && !skipped.has(key)),
		begun: progress.asked || progress.written,
		written: progress.written,
		writeNow: writeItNow.test(plain(last)),
		askMe: askMe.test(plain(last)) || startOver.test(last),
		unclear,
		taken,
		first: !texts.some(({ role, text }) => role === 'assistant' && text.includes(introduction)),
		...(parent !== undefined && { parent }),
		...(foreignDraft !== undefined && { foreignDraft }),
	};
}

/** Without a block of its own, a prompt is for research. */
function kindOf(system: string): PromptKind {
	const named = materialBlock(system, 'prompt-kind')?.trim();
	return promptKinds.find((kind) => kind === named) ?? 'research';
}

function plain(text: string): string {
	return text
		.replace(openingFrame, '')
		.replace(startOver, '')
		.replace(/^[\s,.:;–-]+/, '')
		.trim();
}

/** Takes what a message answers or corrects; false if it answers nothing because it is a question. */
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
		// Whatever no rule recognises answers the question that was asked.
		recognised[asked] = words;
		delete recognised.analysis;
	} else if (written) {
		// The purpose of a prompt is only corrected by name: a remark about the prompt is not a new purpose.
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

/** The document's text, unless it is empty, the template or a block of the chat. */
function foreignDraftOf(system: string, chat: readonly ChatText[], isClone: boolean): string | undefined {
	const draft = materialBlock(system, 'current-draft')?.trim() ?? '';
	const isTemplate = !isClone && draft === materialBlock(system, 'template')?.trim();
	const isOurs = chat.some(
		({ role, text }) => role === 'assistant' && fences(text).some(({ content }) => content.trim() === draft),
	);
	return draft === '' || isTemplate || isOurs ? undefined : draft;
}
