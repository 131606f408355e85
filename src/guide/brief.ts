import type { PromptKind } from '../common/model.ts';
import type { AnswerKey, Answers } from './questions.ts';
import type { Work } from './work.ts';

/** What a prompt is composed from. */
export interface Brief {
	kind: PromptKind;
	answers: Answers;
	/** The answer, or what is used where the question was skipped. */
	answer: (key: AnswerKey) => string;
	label: (key: AnswerKey) => string;
	work: readonly Work[];
	/** The template of the design chat. */
	template: string;
}
