import { seededRandom } from '../../common/seededRandom.ts';
import { latestTrials } from '../latestTrials.ts';
import type { TrialSummary } from '../suiteContext.ts';

/** Two answers to the same case, of which it is not told which is which. */
export interface BlindPair {
	/** Hash of the case. */
	hash: string;
	repeat: number;
	/** Ids of the trials. */
	a: string;
	b: string;
	left: 'a' | 'b';
}

type Answer = Pick<TrialSummary, 'trialId' | 'case' | 'repeat' | 'preview'>;

/**
 * Pairs the answers of two variants by case and repeat. Cases come in an order that the seed decides, with all their repeats
 * together, and the seed decides for each pair which answer stands on the left. Trials without an answer have no pair.
 */
export function blindPairs(a: readonly Answer[], b: readonly Answer[], seed: number): BlindPair[] {
	const random = seededRandom(seed);
	const others = new Map(answered(b).map((trial) => [keyOf(trial), trial]));
	const cases = new Map<string, BlindPair[]>();
	for (const trial of answered(a)) {
		const other = others.get(keyOf(trial));
		if (other) {
			const { hash } = trial.case;
			const pairs = cases.get(hash) ?? [];
			cases.set(hash, pairs);
			pairs.push({ hash, repeat: trial.repeat, a: trial.trialId, b: other.trialId, left: 'a' });
		}
	}
	return shuffled([...cases.keys()].sort(), random)
		.flatMap((hash) => (cases.get(hash) ?? []).sort((one, other) => one.repeat - other.repeat))
		.map((pair) => ({ ...pair, left: random() < 0.5 ? 'a' : 'b' }));
}

function answered(trials: readonly Answer[]): Answer[] {
	return latestTrials(trials).filter(({ preview }) => preview !== '');
}

function keyOf({ case: { hash }, repeat }: Answer): string {
	return `${hash} ${repeat}`;
}

/** Fisher and Yates. */
function shuffled(items: string[], random: () => number): string[] {
	for (let last = items.length - 1; last > 0; last--) {
		const chosen = Math.floor(random() * (last + 1));
		[items[last], items[chosen]] = [items[chosen] ?? '', items[last] ?? ''];
	}
	return items;
}
