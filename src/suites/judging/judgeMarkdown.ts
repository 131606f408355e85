import * as l10n from '@vscode/l10n';
import { markdownLine, markdownTable } from '../../common/markdownText.ts';
import type { SuiteRun } from '../../common/suiteModel.ts';
import { percent } from '../../statistics/percent.ts';
import { ratingsToCorrect, type CountedShare, type JudgedVariant, type JudgeQuality } from './judgeQuality.ts';

/** How far the judge of a run can be relied on, as a document. */
export function judgeMarkdown(quality: JudgeQuality, { suiteName }: Pick<SuiteRun, 'suiteName'>): string {
	const { flips, variants } = quality;
	const rows = [
		[
			l10n.t('Variant'),
			l10n.t('Passed by the judge'),
			l10n.t('Corrected for its errors'),
			l10n.t('Variance: cases'),
			l10n.t('answers'),
			l10n.t('judge'),
		],
		...variants.map(row),
	];
	return `${[
		`# ${l10n.t('The judge of {0}', markdownLine(suiteName))}`,
		`## ${l10n.t('Agreement with your own ratings')}`,
		agreement(quality),
		`## ${l10n.t('Order of the answers')}`,
		flips
			? l10n.t('The verdict about a pair changes with the order of its answers in {0}.', shareText(flips))
			: l10n.t('No pair of answers was judged in both orders (pairwise).'),
		`## ${l10n.t('Variants')}`,
		variants.length > 0 ? markdownTable(rows) : l10n.t('No answer has the verdict of a judge.'),
		l10n.t(
			'The judge varies if the same answer gets different scores: repeat cases whose answers are recorded or repeat themselves.',
		),
	].join('\n\n')}\n`;
}

function agreement({ counts: { good, goodPassed, bad, badFailed }, kappa }: JudgeQuality): string {
	if (good + bad === 0) {
		return l10n.t('No answer has both the verdict of a judge and yours. Add an assertion of the type human.');
	}
	const counts = l10n.t(
		'Of {0} answers that you pass the judge passes {1}; of {2} that you fail it fails {3}.',
		good,
		goodPassed,
		bad,
		badFailed,
	);
	const beyond = kappa
		? l10n.t('Kappa is {0} ({1} to {2}).', kappa.kappa.toFixed(2), kappa.low.toFixed(2), kappa.high.toFixed(2))
		: l10n.t('Kappa needs answers of both kinds.');
	const missing = ratingsToCorrect - good - bad;
	const more = missing > 0 ? [l10n.t('With {0} more ratings the pass rates are corrected.', missing)] : [];
	return [counts, beyond, ...more].join(' ');
}

function row({ label, raw, corrected, variance }: JudgedVariant): string[] {
	const part = (value: number | null | undefined) => (typeof value === 'number' ? value.toFixed(3) : '–');
	return [
		markdownLine(label),
		shareText(raw),
		corrected
			? l10n.t('{0} % ({1} to {2})', percent(corrected.rate), percent(corrected.low), percent(corrected.high))
			: '–',
		part(variance?.case),
		part(variance?.answer),
		part(variance?.judge),
	];
}

function shareText({ count, of, low, high }: CountedShare): string {
	return l10n.t('{0} of {1}, {2} to {3} %', count, of, percent(low), percent(high));
}
