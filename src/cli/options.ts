import * as l10n from '@vscode/l10n';
import { thinkingLevels } from '../common/model.ts';
import type { OptionSpec } from './optionSpec.ts';

/** Options that several commands have. */
export const helpOption: OptionSpec = { name: 'help', summary: () => l10n.t('shows this') };

export const stateOption: OptionSpec = {
	name: 'state',
	value: 'DIR',
	choices: 'files',
	summary: () => l10n.t('where runs are kept, so that they can go on (default .prompt-workshop)'),
};

export const outOption: OptionSpec = {
	name: 'out',
	value: 'FILE',
	multiple: true,
	choices: 'files',
	summary: () =>
		l10n.t(
			'writes a report: .json (the whole run), .xml (JUnit), .csv, .md or .html; {suite} in the name stands for the suite',
		),
};

export const failUnderOption: OptionSpec = {
	name: 'fail-under',
	value: 'RATE',
	summary: () =>
		l10n.t('fails if the pass rate of a variant is below it, such as 0.9; single failures do not count then'),
};

export const baselineVariantOption: OptionSpec = {
	name: 'baseline-variant',
	value: 'LABEL',
	summary: () => l10n.t('compares all variants with this one of the report, adjusted for their number (Holm)'),
};

export const failOnRegressionOption: OptionSpec = {
	name: 'fail-on-regression',
	summary: () => l10n.t('fails if and only if the verdict of a comparison is "worse"'),
};

export const comparisonOutOption: OptionSpec = {
	name: 'out',
	value: 'FILE',
	multiple: true,
	choices: 'files',
	summary: () => l10n.t('writes the comparison, as .json or .md'),
};

export const jsonOption: OptionSpec = {
	name: 'json',
	summary: () => l10n.t('prints what happens as one JSON object a line'),
};

/** Of `run` and `grade`: which cases, and what grading needs. */
export const gradingOptions: readonly OptionSpec[] = [
	{
		name: 'filter',
		value: 'tag:T|name:N',
		multiple: true,
		summary: () => l10n.t('only cases with this tag or name; several tags or names: any of them'),
	},
	{
		name: 'failed-from',
		value: 'last|REPORT',
		choices: 'files',
		summary: () => l10n.t('only cases that did not pass in the last run of the suite, or in a JSON report'),
	},
	{
		name: 'judge-model',
		value: 'MODEL',
		summary: () => l10n.t('the model that grades llm-rubric, factuality and pairwise'),
	},
	{
		name: 'max-cost',
		value: 'USD',
		summary: () =>
			l10n.t(
				'stops before this is spent, by all suites together; models without a known price need --max-calls too',
			),
	},
	{
		name: 'max-calls',
		value: 'N',
		summary: () => l10n.t('stops before more requests than this, retries and judges included'),
	},
	{ name: 'concurrency', value: 'N', summary: () => l10n.t('trials at once, 1 to 64 (default 10)') },
	{
		name: 'providers',
		value: 'FILE',
		choices: 'files',
		summary: () =>
			l10n.t('further providers, as a JSON list of {id, kind, baseUrl}; also PROMPT_WORKSHOP_PROVIDERS'),
	},
	outOption,
	failUnderOption,
	stateOption,
	{
		name: 'resume',
		summary: () => l10n.t('goes on with the last run of the suite where it stopped; nothing is asked twice'),
	},
	jsonOption,
	helpOption,
];

/** Of `run` only: what asks models. */
export const askingOptions: readonly OptionSpec[] = [
	{
		name: 'prompt',
		value: 'PROMPT',
		multiple: true,
		choices: 'files',
		summary: () =>
			l10n.t('instead of the prompt that the suite names: a file, or draft:NAME or library:NAME with --store'),
	},
	{
		name: 'model',
		value: 'MODEL',
		multiple: true,
		summary: () => l10n.t('instead of the models that the suite names: provider/model'),
	},
	{
		name: 'batch',
		summary: () =>
			l10n.t(
				'asks through the batch APIs of providers: about half the price, up to 24 hours; Ctrl+C leaves the batch there, and --resume waits for it again',
			),
	},
	{
		name: 'stop-early',
		summary: () =>
			l10n.t(
				'compares two variants and stops as soon as it is clear which is better, by a rule that is valid after every case',
			),
	},
	{ name: 'thinking', value: 'LEVEL', choices: thinkingLevels, summary: () => l10n.t('off, low, medium or high') },
	{ name: 'repeat', value: 'N', summary: () => l10n.t('asks each case N times') },
	{
		name: 'max-tokens',
		value: 'N',
		summary: () => l10n.t('longest answer of cases that name no other (default 16384)'),
	},
	{
		name: 'store',
		value: 'FILE',
		choices: 'files',
		summary: () =>
			l10n.t(
				'where draft: and library: are looked up, and topics beside it: a store, or a database written by Export Database; only read',
			),
	},
	{
		name: 'shard',
		value: 'I/N',
		summary: () => l10n.t('runs part I of N; each case is in one part. "merge" joins the reports'),
	},
	{
		name: 'changed-since',
		value: 'REF',
		summary: () => l10n.t('only suites that changed since this commit, themselves or their prompts and case files'),
	},
	{
		name: 'baseline',
		value: 'REPORT',
		choices: 'files',
		summary: () =>
			l10n.t(
				'compares the run with this JSON report of the same suite; {suite} in the name stands for the suite',
			),
	},
	baselineVariantOption,
	failOnRegressionOption,
];
