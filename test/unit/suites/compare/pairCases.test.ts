import assert from 'node:assert/strict';
import type { Side } from '../../../../src/suites/compare/side.ts';
import { pairCases } from '../../../../src/suites/compare/pairCases.ts';

/** A variant with ten answers to one case, of which so many passed. */
function sideOf(label: string, passed: number): Side {
	const trials = Array.from({ length: 10 }, (_, index) => ({
		trialId: `${label}-${index}`,
		case: { name: 'c', hash: 'h', index: 0 },
		variant: label,
		verdict: index < passed ? ('pass' as const) : ('fail' as const),
		reused: false,
	}));
	return { label, open: undefined, cases: new Map([['h', trials]]) };
}

describe('cases of several variants side by side', () => {
	it('have no difference where what one variant gains another loses, whatever rounding leaves', () => {
		const strands = [
			{ a: sideOf('a', 4), b: sideOf('a', 7) },
			{ a: sideOf('b', 3), b: sideOf('b', 0) },
		];
		assert.deepEqual(
			pairCases(strands).paired.map(({ difference }) => difference),
			[0],
		);
		const [found] = pairCases([...strands, { a: sideOf('c', 1), b: sideOf('c', 2) }]).paired;
		assert.ok(Math.abs((found?.difference ?? 0) - 1 / 30) < 1e-12);
	});
});
