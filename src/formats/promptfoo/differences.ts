import * as l10n from '@vscode/l10n';

/** Where we knowingly grade otherwise than promptfoo, whose vocabulary we share. */
export interface Difference {
	id: string;
	/** Assertion types without `not-`; empty if it concerns all. */
	types: readonly string[];
	/** What is different here, and why. */
	reason: () => string;
}

/**
 * Every deliberate difference from promptfoo 0.123.1, for importers to name. A test runs its own verdicts and fails where
 * one differs without being listed for one of these, and where one that is listed does not differ.
 */
export const differences: readonly Difference[] = [
	{
		id: 'error-is-no-failure',
		types: ['regex', 'javascript', 'llm-rubric', 'factuality'],
		reason: () =>
			l10n.t(
				'A pattern that is invalid, code that throws or gives no verdict, and a judge that fails are errors, also with weight 0 and under not-, instead of failures: they say nothing about the answer',
			),
	},
	{
		id: 'score-range',
		types: [],
		reason: () => l10n.t('Scores stay between 0 and 1, so that they can be averaged and compared'),
	},
	{
		id: 'set-of-weight-0',
		types: ['assert-set'],
		reason: () => l10n.t('A failed set of weight 0 decides nothing, as any other assertion of weight 0'),
	},
	{
		id: 'empty-refusal',
		types: ['is-refusal'],
		reason: () => l10n.t('An empty answer is a refusal with score 1; promptfoo lets it pass with score 0'),
	},
	{
		id: 'answer-is-text',
		types: ['is-refusal', 'javascript'],
		reason: () =>
			l10n.t(
				'An answer is always a text, also for code; promptfoo takes any list, object or number for a refusal',
			),
	},
	{
		id: 'no-value',
		types: ['equals', 'llm-rubric'],
		reason: () => l10n.t('Without a value there is nothing to compare with, which is an error'),
	},
	{
		id: 'limits-are-numbers',
		types: ['word-count'],
		reason: () => l10n.t('A limit that is no number is an error instead of a limit that nothing reaches'),
	},
	{
		id: 'strict-json',
		types: ['contains-json'],
		reason: () =>
			l10n.t(
				'Only what JSON readers accept is JSON: promptfoo reads braces as YAML and repairs them, so that "a {b} c", comments, trailing commas and an unclosed brace pass',
			),
	},
	{
		id: 'braces-in-strings',
		types: ['contains-json'],
		reason: () => l10n.t('JSON is found although a string in it has a brace, and whatever its length'),
	},
	{
		id: 'unknown-is-no-failure',
		types: ['finish-reason'],
		reason: () => l10n.t('If it is not known why an answer ended, that is an error, not a failure'),
	},
	{
		id: 'reason-decides-nothing',
		types: ['javascript'],
		reason: () => l10n.t('A failure without a reason is a failure; promptfoo lets the test pass'),
	},
	{
		id: 'code-world',
		types: ['javascript'],
		reason: () =>
			l10n.t(
				'Code reaches nothing of Node, no network and no files; its context has vars, prompt, query, provider, expected, tools, latencyMs, cost, thinking and metadata',
			),
	},
	{
		id: 'result-is-json',
		types: ['javascript'],
		reason: () =>
			l10n.t('Code hands its result over as JSON, so an object that stands for a number is that number'),
	},
	{
		id: 'judge-answer',
		types: ['llm-rubric', 'factuality'],
		reason: () =>
			l10n.t(
				'The answer of a judge is one JSON object in which pass is true or false and a score is from 0 to 1; a verdict that is missing, or is looked for in other words, is an error and not assumed',
			),
	},
	{
		id: 'judge-negated',
		types: ['factuality'],
		reason: () => l10n.t('not- turns the verdict of factuality round; promptfoo ignores it'),
	},
	{
		id: 'factuality-scores',
		types: ['factuality'],
		reason: () => l10n.t('A contradiction fails, and anything else passes with score 1: there are no other scores'),
	},
	{
		id: 'missing-variable',
		types: [],
		reason: () => l10n.t('A variable without a value is an error of the case instead of an empty text'),
	},
	{
		id: 'template-language',
		types: [],
		reason: () =>
			l10n.t(
				'Texts have variables, paths, filters and sections; tags with statements, comments, arithmetic or calls are errors, braces that are no tag are text, and an object is inserted as JSON',
			),
	},
];
