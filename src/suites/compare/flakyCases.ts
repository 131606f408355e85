import type { FlakyCase } from '../../common/comparison.ts';
import { groupBy } from '../../common/groupBy.ts';
import type { TrialSummary } from '../suiteContext.ts';
import { latestTrials } from '../latestTrials.ts';
import { previewLength } from '../runLog/trialSummary.ts';
import { verdictCounts } from './side.ts';

type Graded = Pick<TrialSummary, 'trialId' | 'case' | 'variant' | 'verdict' | 'preview'>;

/** The cases of a run that a variant both passed and failed, in the order of the suite. */
export function flakyCases(trials: readonly Graded[]): FlakyCase[] {
	const variants = groupBy(latestTrials(trials), ({ variant }) => variant).values();
	return [...variants]
		.flatMap(answeredTwice)
		.map((group) => ({ group, ...verdictCounts(group) }))
		.filter(({ passed, of }) => passed > 0 && passed < of)
		.sort((one, other) => (one.group[0]?.case.index ?? 0) - (other.group[0]?.case.index ?? 0))
		.flatMap(({ group, passed, of }) => {
			const [first] = group;
			if (!first) {
				return [];
			}
			const { name, hash } = first.case;
			return [{ name, hash, variant: first.variant, passed, of, gradedDifferently: isGradedDifferently(group) }];
		});
}

/** The trials of each case with several. Most runs have none, so no list is made of each trial first. */
function answeredTwice(trials: readonly Graded[]): Graded[][] {
	const seen = new Set<string>();
	const several = new Set<string>();
	for (const { hash } of trials.map((trial) => trial.case)) {
		(seen.has(hash) ? several : seen).add(hash);
	}
	const wanted = several.size === 0 ? [] : trials.filter((trial) => several.has(trial.case.hash));
	return [...groupBy(wanted, ({ case: { hash } }) => hash).values()];
}

/** Whether the same answer has two verdicts. Answers of which only the beginning is known are not compared. */
function isGradedDifferently(group: readonly Graded[]): boolean {
	const known = group.filter(({ verdict, preview }) => verdict !== 'error' && preview.length < previewLength - 1);
	const verdicts = groupBy(known, ({ preview }) => preview);
	return [...verdicts.values()].some((same) => new Set(same.map(({ verdict }) => verdict)).size > 1);
}
