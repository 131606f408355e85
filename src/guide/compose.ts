import type { PromptKind } from '../common/model.ts';
import { analyses } from './analyses.ts';
import type { Brief } from './brief.ts';
import { composeAssistant } from './composeAssistant.ts';
import { composeResearch } from './composeResearch.ts';
import type { Section } from './promptText.ts';
import { questions, type AnswerKey, type Answers } from './questions.ts';
import { tasks } from './tasks.ts';
import { workOf, type Work } from './work.ts';

/** Composes a complete system prompt from the answers; unanswered questions get their fallback. */
export function composePrompt(kind: PromptKind, answers: Answers, template: string): string {
	const answer = (key: AnswerKey) => answers[key] ?? questions[kind][key].fallback;
	const brief: Brief = {
		kind,
		answers,
		answer,
		label: (key) => questions[kind][key].label,
		work: workFor(kind, answer('analysis')),
		template,
	};
	const sections: Section[] = kind === 'research' ? composeResearch(brief) : composeAssistant(brief);
	return sections.map(([heading, text]) => `# ${heading}\n\n${text}`).join('\n\n');
}

/** What the guide knows about the work that an answer names. */
export function workFor(kind: PromptKind, answer: string): Work[] {
	return workOf(answer, kind === 'research' ? analyses : tasks);
}
