import { mutantsOf } from './mutant.ts';

/** Running suites: what is asked, what it may cost, and what is kept. */
export const suiteRunMutants = mutantsOf('src/suites', 'unit', [
	{
		name: 'tool rounds and retries exceed the cap in requests',
		file: 'runBudget.ts',
		from: 'this.#limits.maxCalls !== null &&',
		to: 'this.#limits.maxCalls === -1 &&',
		tests: ['suites/runFaults'],
	},
	{
		name: 'trials are begun beyond the cap in money',
		file: 'runBudget.ts',
		from: 'maxCostUsd !== null && cost > 0 &&',
		to: 'maxCostUsd !== null && cost < 0 &&',
		tests: ['suites/runFaults'],
	},
	{
		name: 'a cap in money alone is accepted where a price is unknown',
		file: 'planRun.ts',
		from: 'if (plan.maxCostUsd === null || plan.maxCalls !== null) {',
		to: 'if (plan.seed >= 0) {',
		tests: ['suites/runFaults'],
	},
	{
		name: 'a trial is reported before it is durable',
		file: 'runExecution.ts',
		from: 'const appending = this.#given.log.append(trial).then(',
		to: 'const appending = Promise.resolve(this.#given.log.append(trial).catch(() => undefined)).then(',
		tests: ['suites/runFaults'],
	},
	{
		name: 'a run that is going on is resumed a second time',
		file: 'runSuite.ts',
		from: 'if (!release) {',
		to: 'if (runId === "") {',
		tests: ['suites/runFaults'],
	},
	{
		name: 'a resumed run asks again for what has a verdict',
		file: 'earlierTrials.ts',
		from: "return verdict === 'error' &&",
		to: "return verdict !== 'error' ||",
		tests: ['suites/runFaults'],
	},
	{
		name: 'the row of a run is written after every trial',
		file: 'runExecution.ts',
		from: 'const recordInterval = 500;',
		to: 'const recordInterval = 5;',
		tests: ['suites/runFaults'],
	},
	{
		name: 'an answer is reused for another level of thinking',
		file: 'requestHash.ts',
		from: 'messages, thinking, maxTokens }',
		to: 'messages, maxTokens }',
		tests: ['suites/trialRunner'],
	},
	{
		name: 'an answer of an earlier run is used twice',
		file: 'answerReuse.ts',
		from: '?.shift()',
		to: '?.at(0)',
		tests: ['suites/trialRunner'],
	},
	{
		name: 'an answer that was not graded at a Stop is lost',
		file: 'runExecution.ts',
		from: 'const gradingGrace = 30;',
		to: 'const gradingGrace = 3_000;',
		tests: ['suites/trialRunner'],
	},
]);
