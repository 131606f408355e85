import { mutantsOf } from './mutant.ts';

/** Verdicts of judges and people: nothing is assumed, and a text that is judged has no say. */
export const judgeMutants = mutantsOf('src/suites', 'unit/suites', [
	{
		name: 'a judge that says nothing lets the answer pass',
		file: 'graders/llmRubric.ts',
		from: "typeof verdict?.pass !== 'boolean'",
		to: 'verdict === undefined',
		tests: ['graders/judges'],
	},
	{
		name: 'the built-in guide judges',
		file: 'judge.ts',
		from: 'model === null || !models.isModel(model)',
		to: 'model === null',
		tests: ['judge'],
	},
	{
		name: 'an answer under test can close its tag',
		file: 'grading/markMaterial.ts',
		from: 'textHash(JSON.stringify(parts)).slice(0, 12)',
		to: "textHash('').slice(0, 12)",
		tests: ['graders/judges'],
	},
	{
		name: 'a preference for a place counts as one for an answer',
		file: 'grading/pairwiseOutcome.ts',
		from: "inFront === 'first' && behind === 'second'",
		to: "inFront === 'first'",
		tests: ['graders/judges'],
	},
	{
		name: 'the answer of a judge that is no verdict is lost',
		file: 'gradeAnswer.ts',
		from: 'thrown instanceof JudgeError ? { ...result, judged: thrown.judged } : result',
		to: 'result',
		tests: ['graders/judges'],
	},
	{
		name: 'an open question to the user is a failure',
		file: 'graders/human.ts',
		from: ', open: true }',
		to: ' }',
		tests: ['answerHuman'],
	},
]);
