import { mutantsOf } from './mutant.ts';

/** Grading: what an answer or a suite may cost, and what must not pass for a verdict. */
export const suiteMutants = mutantsOf('src/suites', 'unit/suites', [
	{
		name: 'a grader that throws fails the answer',
		file: 'gradeAnswer.ts',
		from: 'reason, weight, error: true',
		to: 'reason, weight',
		tests: ['gradeAnswer'],
	},
	{
		name: 'weights below 0 take the mean out of its range',
		file: 'grading/combineResults.ts',
		from: 'Math.min(1, Math.max(0, sum / total))',
		to: 'sum / total',
		tests: ['gradeAnswer'],
	},
	{
		name: 'a cancelled grading goes on as an error',
		file: 'gradeAnswer.ts',
		from: '\tthrowIfAborted(signal);\n\tif (isAppError',
		to: '\tif (isAppError',
		tests: ['gradeAnswer'],
	},
	{
		name: 'long texts are compared in one go',
		file: 'grading/editDistance.ts',
		from: 'if (cells > cellsAtOnce) {',
		to: 'if (cells < 0) {',
		tests: ['graders/text'],
	},
	{
		name: 'texts of any length are compared',
		file: 'grading/editDistance.ts',
		from: 'if (long.length * band > maxCells) {',
		to: 'if (long.length < 0) {',
		tests: ['graders/text'],
	},
	{
		name: 'what broke an object is read again from each brace in it',
		file: 'grading/findJsonObjects.ts',
		from: '\t\tbroken.add(from);',
		to: '\t\tvoid from;',
		tests: ['graders/structure'],
	},
	{
		name: 'patterns of a schema are matched in the main thread',
		file: 'grading/schemaCheck.ts',
		from: 'known.set(key, await sandbox.matches(pattern, flags, text, signal));',
		to: 'known.set(key, new RegExp(pattern, flags).test(text));',
		tests: ['graders/structure'],
	},
	{
		name: 'the calls of a recorded answer are taken for none',
		file: 'grading/toolCalls.ts',
		from: 'if (model === null && !turn && toolCalls.length === 0) {',
		to: 'if (toolCalls.length < 0) {',
		tests: ['graders/behaviour'],
	},
	{
		name: 'a figure that is not known is 0',
		file: 'grading/atMost.ts',
		from: 'const measured = figure(answer);',
		to: 'const measured = figure(answer) ?? 0;',
		tests: ['graders/behaviour'],
	},
	{
		name: 'lists are expanded before they are counted',
		file: 'reading/readCase.ts',
		from: 'if (this.#cases.length + count > suiteLimits.cases) {',
		to: 'if (count < 0) {',
		tests: ['readSuite'],
	},
	{
		name: 'two cases have one name',
		file: 'reading/caseNames.ts',
		from: 'return this.#taken.size < this.#taken.add(name).size;',
		to: 'return this.#taken.add(name).size > 0;',
		tests: ['readSuite'],
	},
	{
		name: 'a case is added without looking at what becomes of the others',
		file: 'writeCase.ts',
		from: '\tif (!isRight) {',
		to: '\tif (!isRight && written.length < 0) {',
		tests: ['writeCase'],
	},
]);
