import assert from 'node:assert/strict';
import { isAppError } from '../../../../src/common/errors.ts';
import { blindPairs } from '../../../../src/suites/blind/blindPairs.ts';
import { BlindSession } from '../../../../src/suites/blind/blindSession.ts';
import { compareStoredRuns, compareStoredVariants } from '../../../../src/suites/compare/storedComparison.ts';
import { reportedRuns } from '../../../support/suites/reportedRuns.ts';

/** The new prompt answers better but for every tenth question, to which both answer the same. */
const runs = () =>
	reportedRuns((prompt, question) => (question % 10 === 0 ? 'Same' : prompt === 'new' ? `Yes ${question}` : 'No'));

async function opened(cases = 20) {
	const made = runs();
	const { context } = made;
	const { runId } = await made.run({ prompts: ['old', 'new'], cases });
	const sides = [
		{ runId, variant: 'old' },
		{ runId, variant: 'new' },
	] as const;
	return { context, runId, sides, session: await BlindSession.open(context, ...sides) };
}

describe('blind ratings', () => {
	it('hide which side is which, are stored one by one, and join the comparison', async () => {
		const { context, runId, session } = await opened();
		const places = new Set<string>();
		let view = await session.view();
		while (view.pair) {
			assert.equal(view.sides, null);
			const side = view.pair.left.startsWith('Yes') ? 'left' : 'right';
			places.add(side);
			view = await session.rate(view.pair.key, side);
			assert.equal((await context.files.ratings(runId).read())[0]?.ratings.length ?? 0, view.rated);
		}
		// The better answer stood on either side.
		assert.deepEqual([...places].sort(), ['left', 'right']);
		assert.match(view.preference?.sentence ?? '', /^Blind ratings prefer [XY]: /);
		const { preference, sides } = await session.reveal();
		assert.deepEqual(
			[preference?.preferB, preference?.preferA, preference?.ties, preference?.same, preference?.verdict],
			[18, 0, 2, 2, 'better'],
		);
		assert.match(
			preference?.sentence ?? '',
			/^Blind ratings prefer B: \+90\.0 points \(.*\), 18 for B, 0 for A, 2 ties$/,
		);
		assert.deepEqual(sides, { a: 'old', b: 'new' });
		const found = await compareStoredVariants(context, runId, 'old', 'new');
		assert.deepEqual(found.preference, preference);
		assert.ok(found.notes.includes(`${preference?.sentence}.`));
		// The other way round, the same ratings prefer A.
		assert.equal((await compareStoredVariants(context, runId, 'new', 'old')).preference?.verdict, 'worse');
	});

	it('can be taken back, also the last before equal answers, until the sides are shown', async () => {
		const { session } = await opened();
		let view = await session.view();
		const first = view.pair;
		assert.equal(view.canUndo, false);
		view = await session.rate(first?.key ?? '', 'tie');
		// A second press of the same key rates nothing else.
		const again = await session.rate(first?.key ?? '', 'left');
		assert.equal(again.rated, view.rated);
		view = await session.undo();
		assert.deepEqual(view.pair, first);
		await session.rate(first?.key ?? '', 'left');
		view = await session.reveal();
		assert.deepEqual([view.pair, view.canUndo], [null, false]);
		assert.equal((await session.undo()).rated, view.rated);
	});

	it('stay blind if it cannot be stored that the sides were shown', async () => {
		const { context, session } = await opened();
		const { pair } = await session.view();
		context.runs.disk.onOperation = (operation) => {
			if (operation !== 'read') {
				throw new Error('The disk is full');
			}
		};
		await assert.rejects(session.reveal(), (error) => isAppError(error, 'storage'));
		context.runs.disk.onOperation = () => undefined;
		const after = await session.view();
		assert.deepEqual([after.sides, after.pair], [null, pair]);
		// Pairs of equal answers after it count as rated too.
		assert.ok((await session.rate(pair?.key ?? '', 'tie')).rated > after.rated);
	});

	it('that are damaged are left out of a comparison, which says so, and are not written over', async () => {
		const { context, runId, sides, session } = await opened();
		await session.rate((await session.view()).pair?.key ?? '', 'tie');
		await session.dispose();
		context.runs.disk.damage(`/runs/${runId}/ratings.json`, (bytes) => bytes.subarray(0, 20));
		const { preference, notes, verdict } = await compareStoredVariants(context, runId, 'old', 'new');
		assert.deepEqual([preference, verdict], [undefined, 'better']);
		assert.match(
			notes.join(),
			/blind ratings are left out\. .* damaged: repair \/runs\/[^ ]+\/ratings\.json, or move it/,
		);
		await assert.rejects(BlindSession.open(context, ...sides), /damaged/);
	});

	it('go on where they were left, in the same order and on the same sides', async () => {
		const { context, sides, session } = await opened();
		const first = await session.view();
		const second = await session.rate(first.pair?.key ?? '', 'right');
		await assert.rejects(BlindSession.open(context, ...sides), (error) => isAppError(error, 'validation'));
		await session.dispose();
		assert.deepEqual((await (await BlindSession.open(context, ...sides)).view()).pair, second.pair);
	});

	it('compare two runs, and join their comparison', async () => {
		const made = runs();
		const { context } = made;
		const [a, b] = [await made.run({ prompts: ['old'], cases: 6 }), await made.run({ prompts: ['new'], cases: 6 })];
		const session = await BlindSession.open(
			context,
			{ runId: a.runId, variant: 'old' },
			{ runId: b.runId, variant: 'new' },
		);
		const { pair } = await session.view();
		await session.rate(pair?.key ?? '', 'tie');
		assert.ok(((await compareStoredRuns(context, a.runId, b.runId)).preference?.ties ?? 0) >= 1);
	});
});

describe('the pairs of blind ratings', () => {
	const trials = (variant: string, repeats: number) =>
		Array.from({ length: 20 * repeats }, (_, index) => ({
			trialId: `${variant}-${index}`,
			case: { name: `c${index % 20}`, hash: `h${index % 20}`, index: index % 20 },
			repeat: Math.floor(index / 20) + 1,
			preview: variant === 'b' && index === 3 ? '' : 'x',
		}));

	it('follow from their seed, keep the repeats of a case together, and leave out what has no answer', () => {
		const pairs = blindPairs(trials('a', 2), trials('b', 2), 7);
		assert.deepEqual(pairs, blindPairs(trials('a', 2).reverse(), trials('b', 2), 7));
		assert.notDeepEqual(pairs, blindPairs(trials('a', 2), trials('b', 2), 8));
		assert.equal(pairs.length, 39);
		const hashes = pairs.map(({ hash }) => hash);
		assert.equal(hashes.filter((hash, index) => hash !== hashes[index - 1]).length, 20);
		const left = pairs.filter((pair) => pair.left === 'a').length;
		assert.ok(left > 8 && left < 31, `${left} on the left`);
	});
});
