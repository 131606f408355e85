import type { AssertionResult } from '../../common/suiteModel.ts';
import { parseJsonAnswer } from '../../runs/askStructured.ts';
import { judgeObject } from './askJudge.ts';

/** Which of two answers a judge prefers, in the order in which it read them. */
export type Preferred = 'first' | 'second' | 'tie';

export interface PairwiseOutcome {
	/** Of the answer under test. */
	outcome: 'better' | 'worse' | 'tie';
	/** The judge preferred the same place in both orders, whatever stood there. It counts as a tie. */
	flipped: boolean;
}

/** What two verdicts are together: the first with the answer under test in front, the second with it behind. */
export function pairwiseOutcome(inFront: Preferred, behind: Preferred): PairwiseOutcome {
	if (inFront === 'first' && behind === 'second') {
		return { outcome: 'better', flipped: false };
	}
	if (inFront === 'second' && behind === 'first') {
		return { outcome: 'worse', flipped: false };
	}
	return { outcome: 'tie', flipped: inFront !== 'tie' && inFront === behind };
}

/** The preference in a value of a judge; undefined if it is none. */
export function preferredOf(value: unknown): Preferred | undefined {
	const preferred = judgeObject(value)?.preferred;
	return preferred === 'first' || preferred === 'second' || preferred === 'tie' ? preferred : undefined;
}

/** The outcome of a stored result, to count flips; undefined if its judge was not asked twice, or gave no verdict. */
export function storedOutcome({ judged = [] }: Pick<AssertionResult, 'judged'>): PairwiseOutcome | undefined {
	const [inFront, behind] = judged.map(({ answer }) => {
		try {
			return preferredOf(parseJsonAnswer(answer));
		} catch {
			return undefined;
		}
	});
	return inFront && behind && pairwiseOutcome(inFront, behind);
}
