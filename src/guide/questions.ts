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

/** The meta-prompt's questions, in the order in which they are asked. */
export const questions: Record<AnswerKey, Question> = {
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

const marker = /\*\*Question \d of \d · ([^*]+)\*\*/g;

/** The question as it is shown in the chat; `askedQuestion` recognises it. */
export function questionText(key: AnswerKey): string {
	const { label, ask, examples } = questions[key];
	const number = answerKeys.indexOf(key) + 1;
	return `**Question ${number} of ${answerKeys.length} · ${label}**\n${ask} For example ${examples}.`;
}

/** The last question in an answer of the guide. */
export function askedQuestion(assistantText: string): AnswerKey | undefined {
	const label = Array.from(assistantText.matchAll(marker)).at(-1)?.[1];
	return answerKeys.find((key) => questions[key].label === label);
}
