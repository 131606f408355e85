import type { PromptKind } from '../common/model.ts';

export const answerKeys = ['analysis', 'audience', 'tone', 'format', 'tools', 'constraints'] as const;
export type AnswerKey = (typeof answerKeys)[number];
export type Answers = Partial<Record<AnswerKey, string>>;

interface Question {
	label: string;
	ask: string;
	/** Answers that the guide can use. */
	examples: string;
	/** What is used if the question is skipped. */
	fallback: string;
}

type Questions = Record<AnswerKey, Question>;

const research: Questions = {
	analysis: {
		label: 'Kind of analysis',
		ask: 'What questions should Auspex answer with this prompt, and what does a good answer do?',
		examples:
			'"compare runtimes for a choice", "what an upgrade breaks and how risky that is", "a monthly overview of news on batteries"',
		fallback: 'a general overview of what the articles say',
	},
	audience: {
		label: 'Audience',
		ask: 'Who reads the answers, and what do they do with them?',
		examples: '"engineering managers who plan upgrades", "executives", "newcomers to the field"',
		fallback: 'readers who know the field in general, not its details',
	},
	tone: {
		label: 'Tone',
		ask: 'How should the answers sound?',
		examples: '"neutral and plain", "formal", "critical", "friendly"',
		fallback: 'neutral and plain',
	},
	format: {
		label: 'Output format',
		ask: 'What should an answer look like: length, order, lists or tables, language?',
		examples: '"bullets, at most 200 words", "a table per option, then a verdict", "a one-page briefing in German"',
		fallback: 'the answer first, then short sections, 300 to 500 words for an overview',
	},
	tools: {
		label: 'Tools',
		ask: 'Which tools should be stressed or limited, and how far back should Auspex look?',
		examples: '"exact keyword search for version numbers", "no sentiment", "only the last 90 days"',
		fallback: 'all tools, starting with a broad search',
	},
	constraints: {
		label: 'Constraints',
		ask: 'What must always or never happen? What should be left out?',
		examples: '"never give investment advice", "always name the version", "leave out rumours"',
		fallback: 'none beyond the core principles',
	},
};

const assistant: Questions = {
	...research,
	analysis: {
		label: 'Task',
		ask: 'What should the assistant do, and what does a good answer reach?',
		examples:
			'"review pull requests and find what will break", "answer customers of a parcel service", "turn invoices into JSON"',
		fallback: 'answer questions about its subject',
	},
	audience: {
		label: 'Audience',
		ask: 'Who writes to the assistant or reads its answers, and what do they do with them?',
		examples: '"developers who merge the change", "customers on their phone", "a program that reads the JSON"',
		fallback: 'people who know the subject in general, not its details',
	},
	format: {
		label: 'Output format',
		ask: 'What should an answer look like: length, order, lists, tables or a schema, language?',
		examples: '"at most five bullets", "one JSON object", "two short paragraphs in the language of the question"',
		fallback: 'the answer first, at most 200 words, in the language of the question',
	},
	tools: {
		label: 'Material',
		ask: 'What does the assistant get with a request, and what may it rely on?',
		examples:
			'"the diff of one pull request", "our price list in the prompt", "the text of an e-mail from a stranger"',
		fallback: 'only what the user writes',
	},
	constraints: {
		label: 'Constraints',
		ask: 'What must always or never happen? When should it decline or hand over to a person?',
		examples: '"never promise a refund", "always name the line", "hand over when someone is upset"',
		fallback: 'none beyond the core principles',
	},
};

const agent: Questions = {
	...assistant,
	analysis: {
		label: 'Task',
		ask: 'What should the agent reach for its user, and how does it know that it is done?',
		examples: '"settle questions about orders", "find a meeting time and book it", "keep the changelog up to date"',
		fallback: 'settle the request of its user with its tools',
	},
	tools: {
		label: 'Tools',
		ask: 'Which tools does the agent have, when does it use each, and which of them need consent first?',
		examples:
			'"get_order before any statement, cancel_order only after a yes", "read files freely, ask before writing"',
		fallback: 'the tools that its program offers; consent before any change',
	},
	format: {
		label: 'Output format',
		ask: 'What does the agent report at the end and on the way: length, order, lists or a schema, language?',
		examples: '"two to five sentences", "a table of what was changed", "one JSON object"',
		fallback: 'what was done, what was not, and what happens next, in at most five sentences',
	},
};

/** The questions for a kind of prompt, in the order in which they are asked. */
export const questions: Record<PromptKind, Questions> = { research, assistant, agent };

const marker = /\*\*Question \d of \d · ([^*]+)\*\*/g;

/** The question as it is shown in the chat; `askedQuestion` recognises it. */
export function questionText(kind: PromptKind, key: AnswerKey): string {
	const { label, ask, examples } = questions[kind][key];
	const number = answerKeys.indexOf(key) + 1;
	return `**Question ${number} of ${answerKeys.length} · ${label}**\n${ask} For example ${examples}.`;
}

/** The last question in an answer of the guide, whatever kind the prompt had then. */
export function askedQuestion(assistantText: string): AnswerKey | undefined {
	const label = Array.from(assistantText.matchAll(marker)).at(-1)?.[1];
	return answerKeys.find((key) => Object.values(questions).some((asked) => asked[key].label === label));
}
