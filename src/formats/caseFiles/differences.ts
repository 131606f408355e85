import * as l10n from '@vscode/l10n';

/** Where we knowingly read a file of cases otherwise than promptfoo. */
export interface ReadingDifference {
	id: string;
	/** What is different here, and why. */
	reason: () => string;
}

/**
 * Every deliberate difference from the readers of promptfoo 0.123.1, for importers to name. A test compares with what
 * those read, and fails where one differs without being listed for one of these, or is listed and does not differ.
 */
export const readingDifferences: readonly ReadingDifference[] = [
	{
		id: 'unknown-field',
		reason: () =>
			l10n.t('A field that nobody knows is a problem: it is most likely a slip, and would have no effect'),
	},
	{
		id: 'not-supported',
		reason: () =>
			l10n.t(
				'An assertion that is not supported here is a problem of its line, and its case is not run without it',
			),
	},
	{
		id: 'no-value',
		reason: () => l10n.t('An assertion without the value that it needs is a problem instead of a failure'),
	},
	{
		id: 'no-figures',
		reason: () => l10n.t('A recorded answer has neither time nor cost, so that nothing can be said about them'),
	},
	{
		id: 'score-range',
		reason: () => l10n.t('Scores stay between 0 and 1, so that they can be averaged and compared'),
	},
	{
		id: 'no-cases',
		reason: () => l10n.t('A file without cases is a problem; promptfoo then asks each prompt once without a test'),
	},
	{
		id: 'no-list',
		reason: () =>
			l10n.t('A file that holds neither a case nor a list of cases is a problem; promptfoo reads text as a test'),
	},
	{
		id: 'wrong-threshold',
		reason: () => l10n.t('A threshold that is not a number is a problem; promptfoo ignores it'),
	},
	{
		id: 'prefix',
		reason: () => l10n.t('The columns __prefix and __suffix have no effect: what is asked stands in the prompt'),
	},
	{
		id: 'config-column',
		reason: () =>
			l10n.t(
				'A column __config:__expected2:threshold means that column, also if others before it are empty in a row',
			),
	},
	{
		id: 'config-metadata',
		reason: () => l10n.t('A __config column is no metadata; promptfoo also stores its value there'),
	},
	{
		id: 'doubled-column',
		reason: () => l10n.t('Two columns with one name are a problem; promptfoo takes the last one'),
	},
	{
		id: 'unnamed-column',
		reason: () => l10n.t('A column without a name has no effect, since nothing can name it'),
	},
	{
		id: 'delimiter',
		reason: () => l10n.t('A first line without a comma is split at semicolons or tabs'),
	},
	{
		id: 'empty-lines',
		reason: () => l10n.t('Empty lines of a CSV file are skipped instead of refused'),
	},
	{
		id: 'byte-order-mark',
		reason: () => l10n.t('A byte order mark before JSONL is skipped instead of refused'),
	},
	{
		id: 'dates',
		reason: () => l10n.t('A date in YAML stays the text that it is; promptfoo makes an empty object of it'),
	},
];
