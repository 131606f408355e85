import type { ModelMessage, ModelRequest } from '../providers/provider.ts';
import type { PromptKind } from '../common/model.ts';
import { composePrompt, workFor } from './compose.ts';
import { breaksCore, coreRefusal } from './core.ts';
import { readDesign, type DesignState } from './interview.ts';
import { fences, materialBlock, messageText } from './material.ts';
import { listed, shorten } from './prose.ts';
import { answerKeys, askedQuestion, questions, questionText, type AnswerKey, type Answers } from './questions.ts';
import { introduction, type Piece } from './reply.ts';

/** Answers with one click, which `nextSteps` offers and `readDesign` understands. */
const steps = { skip: 'Skip', write: 'Write it now', ask: 'Ask me the questions', restart: 'Start over' };

/** Answers that the guide understands after its last message. */
export function nextSteps(messages: readonly ModelMessage[]): string[] {
	const last = messages.at(-1);
	const text = last?.role === 'assistant' ? messageText(last) : '';
	if (askedQuestion(text) !== undefined) {
		return [steps.skip, steps.write];
	}
	if (fences(text).length > 0) {
		return [steps.restart];
	}
	return text.includes(asksOnly) ? [steps.ask, steps.write] : text.includes(correctsOnly) ? [steps.restart] : [];
}

/**
 * The design chat: asks one question after another and composes a prompt from the answers. Correcting an answer by its name
 * results in a new prompt; the guide never edits a text, neither its own nor another.
 */
export function* assistDesign({ system, messages }: ModelRequest): Generator<Piece> {
	const state = readDesign(system, messages);
	yield* describeState(state);
	if (state.first) {
		yield {
			kind: 'text',
			text: `${introduction} For a prompt that is thought through, choose a language model.\n\n`,
		};
	}
	const { written, taken, writeNow, askMe, begun, foreignDraft, open } = state;
	if (written && taken.length === 0 && !writeNow && !askMe) {
		yield* explain(state);
	} else if (foreignDraft !== undefined && !begun && !writeNow && !askMe) {
		yield* present(foreignDraft, state);
	} else {
		yield* reportTaken(state);
		const next = open[0];
		if (next === undefined || writeNow || (written && !askMe)) {
			yield* compose(state, materialBlock(system, 'template') ?? '');
		} else {
			yield* askNext(next, state);
		}
	}
}

function* describeState({ kind, answers, skipped, open, written }: DesignState): Generator<Piece> {
	const answered = answerKeys.filter((key) => answers[key] !== undefined);
	yield { kind: 'thinking', text: `Questions answered: ${answered.length} of ${answerKeys.length}.\n` };
	for (const key of answered) {
		yield { kind: 'thinking', text: `- ${questions[kind][key].label}: ${shorten(answers[key] ?? '', 160)}\n` };
	}
	if (skipped.length > 0) {
		yield { kind: 'thinking', text: `Skipped: ${labels(kind, skipped)}.\n` };
	}
	yield { kind: 'thinking', text: open.length === 0 ? 'Open: none.' : `Open: ${labels(kind, open)}.` };
	if (written) {
		yield { kind: 'thinking', text: ' A prompt was handed over; a corrected answer gives a new one.' };
	}
}

function* reportTaken({ kind, taken, answers, written }: DesignState): Generator<Piece> {
	if (taken.length === 0) {
		return;
	}
	yield { kind: 'text', text: written ? 'Changed answers:\n\n' : 'From your message I take:\n\n' };
	for (const key of taken) {
		yield { kind: 'text', text: `- **${questions[kind][key].label}:** ${shorten(answers[key] ?? '', 200)}\n` };
	}
	yield { kind: 'text', text: '\nIf I misread one, correct it by its name, for example “Tone: formal”.\n\n' };
}

function* askNext(next: AnswerKey, { kind, unclear }: DesignState): Generator<Piece> {
	if (unclear) {
		yield {
			kind: 'text',
			text: `I cannot answer questions. If you skip this one, I take: ${questions[kind][next].fallback}.\n\n`,
		};
	}
	yield { kind: 'text', text: `${questionText(kind, next)}\n\n` };
	yield { kind: 'text', text: 'Answer in your own words.' };
}

function* compose({ kind, answers, foreignDraft, written }: DesignState, template: string): Generator<Piece> {
	const { kept, dropped } = kind === 'research' ? keepCore(answers) : { kept: answers, dropped: [] };
	const prompt = composePrompt(kind, kept, template);
	yield {
		kind: 'text',
		text: `Here is the prompt${written ? ', composed from all answers' : ''}. *Extract Draft* takes it into the document.\n\n`,
	};
	yield* promptBlock(prompt);
	yield { kind: 'text', text: '\n\n' };
	if (foreignDraft !== undefined) {
		yield {
			kind: 'text',
			text: '- The document holds text that is not from me; it is not in this prompt. “Compare with draft” shows both before you take it over.\n',
		};
	}
	for (const wish of dropped) {
		yield { kind: 'text', text: `- Not taken: ${coreRefusal(wish)}\n` };
	}
	for (const key of answerKeys.filter((one) => answers[one] === undefined)) {
		yield {
			kind: 'text',
			text: `- Assumed, since it was not answered: ${questions[kind][key].label.toLowerCase()}: ${questions[kind][key].fallback}.\n`,
		};
	}
	const testQuestion = workFor(kind, answers.analysis ?? '')[0]?.testQuestion ?? '';
	yield { kind: 'text', text: `- Test question: “${testQuestion}”\n` };
	yield {
		kind: 'text',
		text: '\nTo change it, correct an answer by its name, for example “Tone: formal” or “Audience: students”, or edit the document.',
	};
}

/** The answers without clauses that contradict the core of every prompt. */
function keepCore(answers: Answers): { kept: Answers; dropped: string[] } {
	const kept: Answers = {};
	const dropped: string[] = [];
	for (const key of answerKeys) {
		const clauses = (answers[key] ?? '').split(/(?<=[.;])\s+/).filter((clause) => clause !== '');
		dropped.push(...clauses.filter(breaksCore));
		const rest = clauses.filter((clause) => !breaksCore(clause)).join(' ');
		if (rest !== '') {
			kept[key] = rest;
		}
	}
	return { kept, dropped };
}

const correctsOnly = 'I change a prompt only by its answers.';

/** The reply to a message that corrects no answer, after a prompt was written. */
function* explain({ kind, answers }: DesignState): Generator<Piece> {
	yield { kind: 'text', text: `${correctsOnly} They are now:\n\n` };
	for (const key of answerKeys) {
		const { label, fallback } = questions[kind][key];
		yield { kind: 'text', text: `- **${label}:** ${shorten(answers[key] ?? `${fallback} (assumed)`, 200)}\n` };
	}
	yield {
		kind: 'text',
		text: '\nCorrect one by its name, for example “Output format: a table, at most 150 words”. For anything else, edit the document or choose a language model.',
	};
}

const asksOnly = 'I do not edit a text that is there:';

/** The first turn about a text that the guide did not write: describes it, and what the guide can do. */
function* present(draft: string, { kind, parent, taken, answers }: DesignState): Generator<Piece> {
	const name = parent === undefined ? 'The draft' : `The copy of “${parent}”`;
	yield { kind: 'text', text: `${name} has ${draft.length} characters. ` };
	const absent = expectedParts[kind].filter(({ pattern }) => !pattern.test(draft)).map(({ label }) => label);
	if (absent.length > 0) {
		yield { kind: 'text', text: `I find no words in it about ${listed(absent)}. ` };
	}
	yield {
		kind: 'text',
		text: `\n\n${asksOnly} I ask six questions and compose a new prompt from the answers, which you can compare with it. To change this text, edit the document or choose a language model.`,
	};
	if (taken.length > 0) {
		const known = taken.map((key) => `${questions[kind][key].label}: ${shorten(answers[key] ?? '', 120)}`);
		yield { kind: 'text', text: `\n\nFrom your message I would take: ${listed(known)}.` };
	}
}

const audienceAndTone = [
	{ label: 'the audience', pattern: /audience|readers?\b|users?\b|customers?\b|write for|work for/i },
	{ label: 'the tone', pattern: /\btone\b|\bvoice\b|style/i },
];
const limits = {
	label: 'the limits of what it knows',
	pattern: /limits?\b|do(?:es)? not know|not sure|uncertain|never invent|\bguess/i,
};
const expectedParts: Record<PromptKind, readonly { label: string; pattern: RegExp }[]> = {
	research: [
		{ label: 'the audience', pattern: /audience|readers?\b|write for/i },
		{ label: 'the tone', pattern: /\btone\b|\bvoice\b|style/i },
		{ label: 'citations', pattern: /\bcit(?:e|ation)|\]\(/i },
		{ label: 'tools', pattern: /\btools?\b|search/i },
		{
			label: 'the limits of the evidence',
			pattern: /limits?\b|not (?:cover|say|find)|uncertain|never invent/i,
		},
	],
	assistant: [
		...audienceAndTone,
		{ label: 'the output format', pattern: /format|\bwords\b|json|bullets?|table/i },
		limits,
	],
	agent: [
		...audienceAndTone,
		{ label: 'tools', pattern: /\btools?\b|\bcall/i },
		{ label: 'consent', pattern: /consent|confirm|permission|approv|\bask\b.*before/i },
		limits,
	],
};

/** The prompt, section by section, in a fence that is longer than any in it. */
function* promptBlock(prompt: string): Generator<Piece> {
	let longest = 3;
	for (const [run] of prompt.matchAll(/`+/g)) {
		longest = Math.max(longest, run.length);
	}
	const fence = '`'.repeat(longest + 1);
	yield { kind: 'text', text: `${fence}markdown\n` };
	for (const piece of prompt.split(/(?<=\n\n)/)) {
		yield { kind: 'text', text: piece };
	}
	yield { kind: 'text', text: `\n${fence}` };
}

function labels(kind: PromptKind, keys: readonly AnswerKey[]): string {
	return listed(keys.map((key) => questions[kind][key].label));
}
