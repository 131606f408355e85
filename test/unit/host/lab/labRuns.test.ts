import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { initialLabState, reduceLab, type LabState, type LabTake } from '../../../../src/common/labState.ts';
import { LabRuns } from '../../../../src/host/lab/labRuns.ts';
import { assistant, conversationFixture, user } from '../../lab/support.ts';

const settings = { model: null, thinking: 'off', maxTokens: 100, replay: 'turn' } as const;
const fixture = conversationFixture([user('q'), assistant('a')]);

function take(id: string, text: string, status: 'complete' | 'streaming' = 'complete'): LabTake {
	return {
		id,
		column: '0/0',
		turn: 1,
		keepsTurn: false,
		replay: 'turn',
		model: 'm/m',
		thinking: 'off',
		prompt: 0,
		steps: [{ replaces: 1, turn: { blocks: [{ type: 'text', id: 't', text }] }, status }],
	};
}

function stateWith(...takes: LabTake[]): LabState {
	return takes.reduce(
		(state, one) => reduceLab(state, { type: 'take', take: one }),
		initialLabState(fixture, settings),
	);
}

describe('LabRuns', () => {
	let folder: string;
	let runs: LabRuns;
	beforeEach(async () => {
		folder = await mkdtemp(join(tmpdir(), 'lab-runs-'));
		runs = new LabRuns(join(folder, 'lab-runs'));
	});
	afterEach(() => rm(folder, { recursive: true, force: true }));

	it('brings an unfinished run back, marked interrupted, in another life [fault 7]', async () => {
		assert.equal(await runs.load(fixture), undefined);
		await runs.save(stateWith(take('1', 'half', 'streaming'), take('2', 'whole')));
		const kept = await new LabRuns(join(folder, 'lab-runs')).load(fixture);
		assert.deepEqual(
			kept?.takes.map(({ steps }) => steps[0]?.status),
			['interrupted', 'complete'],
		);
		assert.deepEqual(kept?.fixture, fixture);
	});

	it('forgets a run of a fixture whose text has changed since', async () => {
		await runs.save(stateWith(take('1', 'x')));
		assert.equal(await runs.load(conversationFixture([user('other'), assistant('a')])), undefined);
	});

	it('keeps the last of several saves, and removes on request', async () => {
		await Promise.all([runs.save(stateWith(take('1', 'x'))), runs.save(stateWith(take('1', 'x'), take('2', 'y')))]);
		assert.equal((await runs.load(fixture))?.takes.length, 2);
		assert.deepEqual((await readdir(join(folder, 'lab-runs'))).length, 1);
		await runs.remove(fixture);
		assert.equal(await runs.load(fixture), undefined);
	});

	it('opens afresh where the file is damaged or of another version', async () => {
		await runs.save(stateWith(take('1', 'x')));
		const [name = ''] = await readdir(join(folder, 'lab-runs'));
		const file = join(folder, 'lab-runs', name);
		const text = await readFile(file, 'utf8');
		for (const broken of ['', text.slice(0, -20), '{}', text.replace('"version":1', '"version":2')]) {
			await writeFile(file, broken);
			assert.equal(await runs.load(fixture), undefined);
		}
	});

	it('leaves out oldest takes of a run above 20 MB, and deletes oldest runs above 20 MB together', async () => {
		const megabytes = (count: number) => 'x'.repeat(count * 1024 * 1024);
		await runs.save(stateWith(take('1', megabytes(12)), take('2', megabytes(12))));
		assert.deepEqual(
			(await runs.load(fixture))?.takes.map(({ id }) => id),
			['2'],
		);
		const old = join(folder, 'lab-runs', 'old.json');
		await writeFile(old, megabytes(10));
		await utimes(old, 1, 1);
		await runs.save(stateWith(take('3', megabytes(12))));
		await assert.rejects(stat(old));
		assert.deepEqual(
			(await runs.load(fixture))?.takes.map(({ id }) => id),
			['3'],
		);
	});

	it('tells when it cannot be saved, and saves again later', async () => {
		await writeFile(join(folder, 'lab-runs'), 'a file is in the way');
		await assert.rejects(runs.save(stateWith(take('1', 'x'))));
		await rm(join(folder, 'lab-runs'));
		await runs.save(stateWith(take('1', 'x')));
		assert.equal((await runs.load(fixture))?.takes.length, 1);
	});
});
