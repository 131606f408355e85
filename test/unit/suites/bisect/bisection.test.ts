import assert from 'node:assert/strict';
import {
	bisectionAnswers,
	leadOf,
	nextOfBisection,
	type Bisection,
	type BisectionOutcome,
	type VersionAnswers,
} from '../../../../src/suites/bisect/bisection.ts';
import { announcedRandom, randomNumbers } from '../../../support/random.ts';

/** Searches with answers of the given versions; undefined is an error. */
function search(
	versions: number,
	answer: (version: number) => boolean | undefined,
	good?: number,
): { outcome: BisectionOutcome; asked: number } {
	const answers: VersionAnswers[] = Array.from({ length: versions }, () => ({ passed: 0, failed: 0, errors: 0 }));
	const state: Bisection = { answers, ...(good !== undefined && { good }) };
	for (let asked = 0; ;) {
		const next = nextOfBisection(state);
		if ('kind' in next) {
			return { outcome: next, asked };
		}
		const { version, repeat } = next;
		assert.ok(repeat >= 1 && asked < 10_000);
		for (let count = 0; count < repeat; count++, asked++) {
			const found = answer(version);
			const at = answers[version];
			assert.ok(at);
			at[found === undefined ? 'errors' : found ? 'passed' : 'failed']++;
		}
	}
}

const pass = (text: string) => (version: number) => (text[version] === '?' ? undefined : text[version] === '+');

describe('a bisection', () => {
	it('finds the first bad version of every history with one change, in as many answers as announced', () => {
		for (let versions = 2; versions <= 70; versions++) {
			for (let bad = 1; bad < versions; bad++) {
				const { outcome, asked } = search(versions, (version) => version < bad);
				assert.deepEqual(outcome, { kind: 'found', good: bad - 1, bad, skipped: [], isFlaky: false });
				assert.ok(asked <= bisectionAnswers(versions, false).likely, `${bad} of ${versions}: ${asked}`);
			}
		}
	});

	it('starts at the version that is known as good, and tests it', () => {
		assert.deepEqual(search(6, pass('-++---'), 2).outcome, found(2, 3));
		assert.deepEqual(search(6, pass('--+---'), 1).outcome, { kind: 'never-passed', tried: [1] });
		assert.deepEqual(search(6, pass('-?+---'), 1).outcome, { kind: 'unsure', version: 1 });
	});

	it('says that nothing is to be found if the newest version passes', () => {
		assert.deepEqual(search(5, pass('+++-+')), { outcome: { kind: 'passes' }, asked: 4 });
		assert.deepEqual(search(5, pass('++++?')).outcome, { kind: 'unsure', version: 4 });
	});

	it('looks for a good version if the oldest fails', () => {
		assert.deepEqual(search(8, pass('-++++---')).outcome, found(4, 5));
		assert.deepEqual(search(8, pass('--------')).outcome, { kind: 'never-passed', tried: [0, 1, 3] });
		assert.deepEqual(search(1, pass('-')).outcome, { kind: 'never-passed', tried: [] });
	});

	it('names the versions that it could not judge', () => {
		assert.deepEqual(search(6, pass('++??--')).outcome, found(1, 4, [2, 3]));
		assert.deepEqual(search(7, pass('+++?---')).outcome, found(2, 4, [3]));
	});

	it('of any history gives a version that passes and a later one that fails, and all between are skipped', () => {
		const random = announcedRandom();
		for (let round = 0; round < 3000; round++) {
			const history = Array.from({ length: 2 + Math.floor(random() * 30) }, () => {
				const at = random();
				return at < 0.15 ? '?' : at < 0.6 ? '+' : '-';
			}).join('');
			const { outcome } = search(history.length, pass(history));
			if (outcome.kind === 'found') {
				const { good, bad, skipped } = outcome;
				assert.deepEqual([history[good], history[bad], bad - good - 1], ['+', '-', skipped.length], history);
				assert.ok(skipped.every((version) => history[version] === '?'));
			} else if (outcome.kind === 'never-passed') {
				assert.ok(outcome.tried.every((version) => history[version] !== '+'));
			} else {
				assert.equal(history.at(-1), outcome.kind === 'passes' ? '+' : '?');
			}
		}
	});

	it('of a flaky case is wrong in at most 5 %', () => {
		const random = randomNumbers(7);
		const rounds = 4000;
		let wrong = 0;
		for (let round = 0; round < rounds; round++) {
			const bad = 1 + Math.floor(random() * 15);
			const { outcome } = search(16, (version) => random() < (version < bad ? 0.8 : 0.2));
			wrong += outcome.kind === 'found' && outcome.good === bad - 1 && outcome.bad === bad ? 0 : 1;
		}
		assert.ok(wrong / rounds <= 0.05, `${wrong} of ${rounds}`);
		assert.ok(wrong > 0, 'the case was never flaky enough to be judged wrongly, so this test shows nothing');
	});

	it('leaves out a version whose answers go both ways, and ends', () => {
		let count = 0;
		const { outcome } = search(3, (version) => (version === 0 ? true : version === 2 ? false : count++ % 2 === 0));
		assert.deepEqual(outcome, { kind: 'found', good: 0, bad: 2, skipped: [1], isFlaky: true });
	});

	it('asks for a longer lead the more versions it judges', () => {
		assert.deepEqual(
			[2, 16, 1000].map((versions) => leadOf(versions)),
			[4, 4, 5],
		);
	});
});

function found(good: number, bad: number, skipped: number[] = []): BisectionOutcome {
	return { kind: 'found', good, bad, skipped, isFlaky: false };
}
