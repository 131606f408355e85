/**
 * The settings of window scope that decide where text goes and what it costs. The manifest restricts each of them in an
 * untrusted workspace, and the code that reads them does not take them from one either.
 */
export const spendingSettings = [
	'chatModel',
	'testModel',
	'thinking',
	'maxTokens',
	'judgeModel',
	'suites.maxCostUsd',
	'suites.concurrency',
	'suites.keepRuns',
	'suites.maxCoverageCalls',
] as const;

export type SpendingSetting = (typeof spendingSettings)[number];
