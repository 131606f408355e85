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
		types: ['regex', 'javascript'],
		reason: () =>
			l10n.t(
				'A pattern that is invalid or code that throws is an error, also with weight 0 and under not-, instead of a failure: it says nothing about the answer',
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
		types: ['is-refusal'],
		reason: () => l10n.t('An answer is always a text; promptfoo takes any list, object or number for a refusal'),
	},
	{
		id: 'no-value',
		types: ['equals'],
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
