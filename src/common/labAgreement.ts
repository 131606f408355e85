import type { FixtureSection } from './api.ts';

export interface Agreement {
	/** Items with a score and an expected score. */
	compared: number;
	/** Equal as numbers, or as words, ignoring case. */
	equal: number;
	/** Mean of |score - expected| over the pairs that are numbers; null when there are none. */
	meanDifference: number | null;
}

/** The number, if the whole text is one ("4", "4.5"; "4/5" counts as 4). */
function numeric(value: string | number): number | undefined {
	const match = /^\s*(-?\d+(?:\.\d+)?)\s*(?:\/\s*\d+(?:\.\d+)?)?\s*$/.exec(String(value));
	return match?.[1] === undefined ? undefined : Number(match[1]);
}

/** How far scores agree with what the fixture expects. */
export function agreement(
	fixture: { sections: readonly Pick<FixtureSection, 'items'>[] },
	scores: readonly { section: number; item: number; score?: string }[],
): Agreement {
	let compared = 0;
	let equal = 0;
	const differences: number[] = [];
	for (const { section, item, score } of scores) {
		const expected = fixture.sections[section]?.items?.[item]?.expected;
		if (score === undefined || expected === undefined) {
			continue;
		}
		compared++;
		const given = numeric(score);
		const wanted = numeric(expected);
		if (given !== undefined && wanted !== undefined) {
			differences.push(Math.abs(given - wanted));
			equal += given === wanted ? 1 : 0;
		} else if (score.trim().toLowerCase() === String(expected).trim().toLowerCase()) {
			equal++;
		}
	}
	const sum = differences.reduce((total, difference) => total + difference, 0);
	return { compared, equal, meanDifference: differences.length === 0 ? null : sum / differences.length };
}
