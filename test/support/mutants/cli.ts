import { mutantsOf } from './mutant.ts';

/** The command line: what a comparison may say, and what fails a run. */
export const cliMutants = mutantsOf('src/cli', 'unit/cli', [
	{
		name: 'single failures count with --fail-on-regression',
		file: 'verdict.ts',
		from: "hasRules ? isBelow || isWorse === true : sum('failed') > 0",
		to: "hasRules && isWorse === true ? true : isBelow || sum('failed') > 0",
		tests: ['compare'],
	},
	{
		name: 'a part of a run is compared',
		file: 'reports.ts',
		from: 'if (shard) {',
		to: "if (shard && path === '') {",
		tests: ['compare'],
	},
	{
		name: 'the rate of a part fails it',
		file: 'commands/run.ts',
		from: 'if (shard && this.#failUnder !== undefined) {',
		to: 'if (shard && this.#failUnder === -1) {',
		tests: ['run'],
	},
	{
		name: 'the variants of a part are compared',
		file: '../suites/export/ownComparisons.ts',
		from: 'if (shard) {',
		to: "if (shard && runId === '') {",
		tests: ['compare'],
	},
	{
		name: 'a run is compared with that of another suite',
		file: 'baselines.ts',
		from: 'if (!isOf(document.run, uri, suiteName)) {',
		to: "if (!isOf(document.run, uri, suiteName) && uri === '') {",
		tests: ['compare'],
	},
	{
		name: 'models are asked for a comparison that cannot be made',
		file: 'cliContext.ts',
		from: 'requireComparable(baselines, pins);',
		to: "requireComparable(baselines, { ...pins, suite: '' });",
		tests: ['compare'],
	},
	{
		name: 'a run of failed cases with nothing failed is refused',
		file: 'commands/run.ts',
		from: '(await failedCases(context, suite, from)).size === 0',
		to: '(await failedCases(context, suite, from)).size < 0',
		tests: ['run'],
	},
]);
