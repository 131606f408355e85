// What the rule of comparisons promises, at sizes that take too long for a unit test: false verdicts and coverage by
// enumeration, streams of equal variants that are looked at after every case, repeats, and how long a comparison takes.
//   npm run bench -- statistics           about two minutes
//   npm run bench -- statistics --quick   fewer streams and no large tables
import { compareAlwaysValid } from '../../src/statistics/alwaysValid.ts';
import { seededRandom } from '../../src/common/seededRandom.ts';
import { compare } from '../../src/statistics/compare.ts';
import { effectiveCases } from '../../src/statistics/effectiveCases.ts';
import { compareVariants } from '../../src/suites/compare/compareRuns.ts';
import { RunCounts } from '../../src/suites/export/runCounts.ts';
import { chance, covers, isVerdict, outcomes, worstCoverage, worstLevel } from '../support/statistics/enumerate.ts';
import { differencesOf } from '../support/statistics/vectors.ts';
import { runFixture } from '../support/suites/runFixture.ts';

const isQuick = process.argv.includes('--quick');
const random = seededRandom(20_261_127);

function check(what: string, holds: boolean): void {
	console.log(`${holds ? ' ' : '✘'} ${what}`);
	if (!holds) {
		process.exitCode = 1;
	}
}

console.log('Fixed number of cases, every outcome: worst false verdicts, worst coverage at 95 % confidence');
for (const n of isQuick ? [20, 60] : [20, 60, 100, 150, 250]) {
	const all = outcomes(n);
	const level = worstLevel(n, all, [0.02, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1]);
	const coverage =
		n <= 100
			? worstCoverage(n, all, [0, 0.001, 0.02, 0.1, 0.3])
			: Math.min(
					...[0, 0.02, 0.05, 0.1, 0.3].flatMap((difference) =>
						[0.001, 0.02, 0.1, 0.3].map((onlyA) =>
							chance(n, all, [onlyA + difference, onlyA], covers(difference)),
						),
					),
				);
	const power = chance(n, all, [0.15, 0.05], isVerdict);
	const numbers = [level, coverage, power].map((value) => value.toFixed(4)).join('   ');
	check(`${String(n).padStart(4)} cases: ${numbers} (15 % against 5 % seen)`, level <= 0.05 && coverage >= 0.95);
}

console.log('Equal variants, looked at after every case: share of streams that stop');
const looks = 1_000;
const streams = isQuick ? 1_000 : 10_000;
const known = new Map<number, boolean>();
const isStopped = (b: number, c: number): boolean => {
	const key = b * (looks + 1) + c;
	const stops = known.get(key) ?? compareAlwaysValid(differencesOf({ b, c, n: b + c })).verdict !== 0;
	known.set(key, stops);
	return stops;
};
for (const rate of [0.05, 0.2, 0.6]) {
	let [stopped, stoppedByFixed] = [0, 0];
	for (let stream = 0; stream < streams; stream++) {
		let [b, c, always, fixed] = [0, 0, false, false];
		for (let n = 1; n <= looks && !(always && fixed); n++) {
			const drawn = random();
			if (drawn >= rate) {
				continue;
			}
			b += drawn < rate / 2 ? 1 : 0;
			c += drawn < rate / 2 ? 0 : 1;
			always ||= isStopped(b, c);
			// Only the p-value is needed, which does not depend on the ties.
			fixed ||= (Math.abs(b - c) - 0.5) / Math.sqrt(b + c) > 1.96;
		}
		stopped += always ? 1 : 0;
		stoppedByFixed += fixed ? 1 : 0;
	}
	const [share, ofFixed] = [stopped / streams, stoppedByFixed / streams];
	check(
		`${rate} differ: ${share.toFixed(4)}, at most 0.05 (the rule for a fixed number would stop ${ofFixed.toFixed(3)})`,
		share <= 0.05,
	);
}

console.log('Repeats as effective cases, 20 cases: false verdicts, and coverage of a gain');
for (const repeats of [1, 3, 5]) {
	const runs = isQuick ? 2_000 : 20_000;
	const answers = (pass: number) =>
		Array.from({ length: repeats }, () => random() < pass).filter(Boolean).length / repeats;
	const compared = (gain: number) => {
		const differences = Array.from({ length: 20 }, () => {
			const hard = random() * (1 - gain);
			return answers(hard + gain) - answers(hard);
		});
		const { b, c, n } = effectiveCases(differences);
		return compare(b, c, n);
	};
	let [wrong, covered] = [0, 0];
	for (let run = 0; run < runs; run++) {
		wrong += isVerdict(compared(0)) ? 1 : 0;
		covered += covers(0.2)(compared(0.2)) ? 1 : 0;
	}
	check(
		`${repeats} answers a case: ${(wrong / runs).toFixed(4)}, ${(covered / runs).toFixed(4)}`,
		wrong / runs <= 0.05 && covered / runs >= 0.95,
	);
}

console.log('Repeats, looked at after every case, 60 cases x 3: share of streams that stop');
{
	const count = isQuick ? 40 : 400;
	let stopped = 0;
	for (let stream = 0; stream < count; stream++) {
		const differences: number[] = [];
		for (let n = 1; n <= 60; n++) {
			const hard = random();
			const passed = () => Array.from({ length: 3 }, () => random() < hard).filter(Boolean).length;
			differences.push((passed() - passed()) / 3);
			if (compareAlwaysValid(differences).verdict !== 0) {
				stopped++;
				break;
			}
		}
	}
	check(`${(stopped / count).toFixed(4)}, at most 0.08 with ${count} streams`, stopped / count <= 0.08);
}

console.log('1,000,000 trials, compared and counted, in milliseconds');
{
	const count = isQuick ? 100_000 : 1_000_000;
	const trials = Array.from({ length: count }, (_, number) => {
		const index = Math.floor(number / 2);
		const verdict = random() < 0.8 ? ('pass' as const) : ('fail' as const);
		const one = { name: `case ${index}`, hash: `hash ${index}`, index };
		const variant = number % 2 === 0 ? 'A' : 'B';
		return { trialId: `run-${number}`, case: one, variant, verdict, reused: false, costUsd: 0 };
	});
	const variants = ['A', 'B'].map((label) => ({ label, isModel: true }));
	for (const done of [count, count - 1]) {
		const start = performance.now();
		const run = {
			status: done < count ? ('running' as const) : ('complete' as const),
			trials: count,
			done,
			variants,
		};
		const { rule, cases } = compareVariants({ run, trials }, 'A', 'B');
		const time = performance.now() - start;
		check(`${cases} cases, ${rule}: ${time.toFixed(0)}, at most 30000`, time <= 30_000);
	}
	const start = performance.now();
	const counts = new RunCounts();
	trials.forEach(counts.add);
	const { done } = counts.report({ ...runFixture(), variants: [] });
	const time = performance.now() - start;
	check(`${done} trials counted: ${time.toFixed(0)}, at most 10000`, time <= 10_000);
}

console.log('Time of one comparison in milliseconds');
for (const [what, budget, run] of [
	['250 cases', 1, () => compare(20, 9, 250)],
	['always valid, 5,000 cases', 500, () => compareAlwaysValid(differencesOf({ b: 400, c: 350, n: 5_000 }))],
	[
		'always valid, 1,000 cases x 3',
		1_000,
		() => compareAlwaysValid(Array.from({ length: 1_000 }, (_, index) => (index % 7) / 3 - 1)),
	],
] as const) {
	let best = Infinity;
	for (let attempt = 0; attempt < 3; attempt++) {
		const start = performance.now();
		run();
		best = Math.min(best, performance.now() - start);
	}
	check(`${what}: ${best.toFixed(2)}, at most ${budget}`, best <= budget);
}
