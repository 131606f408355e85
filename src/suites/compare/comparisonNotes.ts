import * as l10n from '@vscode/l10n';
import type { ComparedCase, Comparison } from '../../common/comparison.ts';
import type { Side } from './side.ts';

/** Names that are listed; of the others there is the number. */
const maxNames = 5;

/** What is to be known about a comparison beside its sentence. */
export function comparisonNotes(compared: Omit<Comparison, 'sentence' | 'notes'>, open: Side['open']): string[] {
	const { cases, worth, family, inError, reused, casesOnlyA, casesOnlyB, changed } = compared;
	const notes = open ? [openText(cases, open)] : [];
	if (worth !== cases) {
		notes.push(l10n.t('{0} cases with repeats, worth {1} single answers.', cases, Math.round(worth)));
	}
	if (family > 1) {
		notes.push(l10n.t('Adjusted for {0} comparisons.', family));
	}
	for (const [count, list] of [
		[inError.length, l10n.t('Left out because of errors: {0}.', listed(inError))],
		[reused.length, l10n.t('Left out because both have the same stored answer: {0}.', listed(reused))],
		[casesOnlyA.length, l10n.t('Only A has: {0}.', listed(casesOnlyA))],
		[casesOnlyB.length, l10n.t('Only B has: {0}.', listed(casesOnlyB))],
		[
			changed.length,
			l10n.t('Changed in between, so not compared: {0}.', listed(changed.map((name) => ({ name })))),
		],
	] as const) {
		if (count > 0) {
			notes.push(list);
		}
	}
	return notes;
}

function openText(done: number, { status, cases }: NonNullable<Side['open']>): string {
	const count = cases === undefined ? l10n.t('{0} cases', done) : l10n.t('{0} of {1} cases', done, cases);
	switch (status) {
		case 'running':
			return l10n.t('{0} so far; the interval is valid at every look.', count);
		case 'stopped':
			return l10n.t('Stopped early after {0}; the interval is still valid.', count);
		case 'ended':
			return l10n.t('{0}, any of which could have ended the run; the interval is valid at every look.', count);
	}
}

function listed(cases: readonly Pick<ComparedCase, 'name'>[]): string {
	const names = cases
		.slice(0, maxNames)
		.map(({ name }) => name)
		.join(', ');
	return cases.length > maxNames ? l10n.t('{0} and {1} more', names, cases.length - maxNames) : names;
}
