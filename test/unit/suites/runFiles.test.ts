import assert from 'node:assert/strict';
import { isAppError } from '../../../src/common/errors.ts';
import type { StoredTrial } from '../../../src/common/suiteModel.ts';
import { nodeFiles } from '../../../src/disk/nodeFiles.ts';
import { type RunFilesOptions, openRunFiles } from '../../../src/suites/runFiles.ts';
import { trialSummary } from '../../../src/suites/runLog/trialSummary.ts';
import { temporaryFolder } from '../../support/storage/folders.ts';
import { SimulatedFiles } from '../../support/storage/simulatedFiles.ts';
import { mountSmallDisk } from '../../support/storage/smallDisk.ts';
import { runIdOf, runPins, storedTrial } from '../../support/suites/storedTrial.ts';

const runId = runIdOf(1);
const folder = `/store/runs/${runId}`;
const isStorage = (error: unknown) => isAppError(error, 'storage');
const isNotFound = (error: unknown) => isAppError(error, 'not-found');

describe('the files of runs', () => {
	let files: SimulatedFiles;
	let damage: { runId: string; lost: number }[];

	const open = (options: RunFilesOptions = {}) =>
		openRunFiles('/store', files, { groupMs: 0, onDamage: (one) => damage.push(one), ...options });

	/** A closed run with trials 0 to count - 1, each in a batch of its own. */
	async function runWith(count: number): Promise<StoredTrial[]> {
		const trials = Array.from({ length: count }, (_, index) => storedTrial(index));
		const log = await open().create(runPins(runId));
		for (const trial of trials) {
			await log.append(trial);
		}
		await log.close();
		return trials;
	}

	async function collect(trials: AsyncIterable<StoredTrial>): Promise<StoredTrial[]> {
		const all: StoredTrial[] = [];
		for await (const trial of trials) {
			all.push(trial);
		}
		return all;
	}

	beforeEach(() => {
		files = new SimulatedFiles();
		damage = [];
	});

	it('keep pins, summaries and complete trials, and a run goes on where it ended', async () => {
		const trials = await runWith(3);
		const runs = open();
		assert.deepEqual(await runs.pins(runId), runPins(runId));
		assert.deepEqual(await runs.trials(runId), trials.map(trialSummary));
		assert.deepEqual(await runs.trial(runId, 'trial-1'), trials[1]);
		assert.deepEqual(await collect(runs.stored(runId)), trials);
		const resumed = await runs.open(runId);
		assert.deepEqual([resumed.pins, resumed.trials], [runPins(runId), trials.map(trialSummary)]);
		await resumed.log.append(storedTrial(3));
		await resumed.log.close();
		assert.deepEqual(await collect(runs.stored(runId)), [...trials, storedTrial(3)]);
		assert.deepEqual(damage, []);
	});

	it('keep trials in the order in which they were appended, large ones too', async () => {
		const noise = Array.from(crypto.getRandomValues(new Uint32Array(16_384)), String).join(' ');
		const log = await open().create(runPins(runId));
		const trials = Array.from({ length: 20 }, (_, index) =>
			storedTrial(index, index % 5 === 2 ? { requests: noise } : {}),
		);
		await Promise.all(trials.map((trial) => log.append(trial)));
		await log.close();
		assert.deepEqual(await collect(open().stored(runId)), trials);
		assert.deepEqual(await open().trial(runId, 'trial-12'), trials[12]);
	});

	it('list the runs that are there, and remove them', async () => {
		const runs = open();
		assert.deepEqual(await runs.list(), []);
		await (await runs.create(runPins(runIdOf(2)))).close();
		await (await runs.create(runPins(runId))).close();
		await files.createFolder('/store/runs/other');
		await files.createFolder(`/store/runs/${runIdOf(3)}`);
		assert.deepEqual(await runs.list(), [runId, runIdOf(2)]);
		await runs.remove(runId);
		await runs.remove(runId);
		assert.deepEqual(await runs.list(), [runIdOf(2)]);
		assert.ok(!files.folders.has(folder));
		assert.deepEqual(
			files.paths.filter((path) => path.startsWith(folder)),
			[],
		);
		for (const gone of [runs.pins(runId), runs.trials(runId), runs.trial(runId, 'x'), runs.open(runId)]) {
			await assert.rejects(gone, isNotFound);
		}
		await assert.rejects(collect(runs.stored(runId)), isNotFound);
	});

	it('of a run that is there already are not overwritten', async () => {
		const trials = await runWith(2);
		await assert.rejects(open().create(runPins(runId)), isStorage);
		assert.deepEqual(await open().trials(runId), trials.map(trialSummary));
	});

	it('of a run without trials are no damage', async () => {
		await runWith(0);
		assert.deepEqual(await open().trials(runId), []);
		await assert.rejects(open().trial(runId, 'trial-0'), isNotFound);
		assert.deepEqual(damage, []);
	});

	it('never lie elsewhere, whatever the id is [attack 14]', async () => {
		const runs = open();
		for (const id of ['../../etc', '', '.', `${runId}/..`, `../${runId}`, runId.toUpperCase().replace('0', 'A')]) {
			const isRefused = (error: unknown) => isAppError(error, 'validation') && error.info.field === 'runId';
			const calls = [runs.pins(id), runs.trials(id), runs.trial(id, 'x'), runs.open(id), runs.remove(id)];
			for (const call of [...calls, runs.create(runPins(id)), collect(runs.stored(id))]) {
				await assert.rejects(call, isRefused);
			}
		}
		assert.deepEqual(files.paths, []);
	});

	it('find a trial by its id only, not by a text that looks like one', async () => {
		const log = await open().create(runPins(runId));
		const fake = '\n00000000 ["trial-1",';
		await log.append(storedTrial(0, { query: fake, output: fake }));
		await log.append(storedTrial(1));
		await log.close();
		assert.deepEqual(await open().trial(runId, 'trial-1'), storedTrial(1));
		await assert.rejects(open().trial(runId, 'trial-'), isNotFound);
		await assert.rejects(open().trial(runId, 'trial-1"'), isNotFound);
	});

	it('give a trial that was appended again, with the verdict of a person, as it is now', async () => {
		const log = await open().create(runPins(runId));
		await log.append(storedTrial(0, { verdict: 'error' }));
		await log.append(storedTrial(1));
		await log.append(storedTrial(0, { verdict: 'pass' }));
		await log.close();
		assert.equal((await open().trial(runId, 'trial-0')).verdict, 'pass');
		assert.equal((await open().trials(runId)).length, 3);
	});

	it('keep every text as it is', async () => {
		const output = 'A\u0000\u2028 line\r\nand 😀 \ud800 \ufeffmark';
		const trial = storedTrial(0, { output, query: `${'x'.repeat(499)}😀` });
		const log = await open().create(runPins(runId));
		await log.append(trial);
		await log.close();
		assert.deepEqual(await open().trial(runId, 'trial-0'), trial);
		const [summary] = await open().trials(runId);
		assert.deepEqual([summary?.preview, summary?.query], [output, 'x'.repeat(499)]);
	});

	describe('writing', () => {
		it('shares one write between the trials that wait, and a trial is durable within half a second', async () => {
			const syncs: string[] = [];
			const log = await open({ groupMs: 200 }).create(runPins(runId));
			files.onOperation = (operation, path) => void (operation === 'sync' && syncs.push(path));
			const began = performance.now();
			await log.append(storedTrial(0));
			assert.ok(performance.now() - began < 150, 'the first one waits for nothing');
			const waiting = Promise.all(Array.from({ length: 50 }, (_, index) => log.append(storedTrial(1 + index))));
			await waiting;
			const took = performance.now() - began;
			assert.ok(took >= 199 && took < 500, `${took} ms`);
			assert.deepEqual(
				syncs.map((path) => path.replace(/^.*\//, '')),
				['answers.log', 'summaries.log', 'answers.log', 'summaries.log'],
			);
			assert.equal((await open().trials(runId)).length, 51);
			// As a power cut at this moment would leave it.
			files = files.crash(() => 0);
			assert.equal((await open().trials(runId)).length, 51);
			await log.close();
		});

		it('ends at once when the run is closed, and refuses what comes later', async () => {
			const log = await open({ groupMs: 60_000 }).create(runPins(runId));
			await log.append(storedTrial(0));
			const last = log.append(storedTrial(1));
			await log.close();
			await last;
			await assert.rejects(log.append(storedTrial(2)), isStorage);
			assert.equal((await open().trials(runId)).length, 2);
		});

		it('takes the trial as it was when it was appended', async () => {
			const log = await open({ groupMs: 50 }).create(runPins(runId));
			await log.append(storedTrial(0));
			const trial = storedTrial(1);
			const appended = log.append(trial);
			trial.output = 'changed';
			await appended;
			await log.close();
			assert.deepEqual(await open().trial(runId, 'trial-1'), storedTrial(1));
		});

		it('of one window is seen by another as it goes on', async () => {
			const log = await open().create(runPins(runId));
			for (let index = 0; index < 5; index++) {
				await log.append(storedTrial(index));
				assert.equal((await open().trials(runId)).length, index + 1);
				assert.deepEqual(await open().trial(runId, `trial-${index}`), storedTrial(index));
			}
			await log.close();
		});
	});

	describe('that are damaged', () => {
		it('lose one trial, which is reported, whichever byte of its line is another', async () => {
			const trials = await runWith(4);
			const path = `${folder}/summaries.log`;
			const bytes = (await files.read(path)) ?? new Uint8Array();
			const lines = Buffer.from(bytes).toString('latin1').split('\n');
			const start = `${lines[0]}\n${lines[1]}\n`.length;
			const length = `${lines[2]}\n`.length;
			const rest = [trials[0], trials[2], trials[3]].map((trial) => trial?.trialId);
			for (let offset = 0; offset < length - 1; offset++) {
				if (offset === 8) {
					// The space after the checksum says nothing.
					continue;
				}
				files.damage(path, () => bytes.map((byte, index) => (index === start + offset ? byte ^ 1 : byte)));
				damage = [];
				const found = await open().trials(runId);
				assert.deepEqual(
					found.map(({ trialId }) => trialId),
					rest,
					`byte ${offset}`,
				);
				assert.deepEqual(damage, [{ runId, lost: 1 }], `byte ${offset}`);
			}
			// Without its newline it takes the next one with it.
			files.damage(path, () => bytes.map((byte, index) => (index === start + length - 1 ? 0 : byte)));
			damage = [];
			assert.equal((await open().trials(runId)).length, 2);
			assert.deepEqual(damage, [{ runId, lost: 2 }]);
		});

		it('can be gone on with; what was lost is not lost twice', async () => {
			await runWith(4);
			files.damage(`${folder}/summaries.log`, (bytes) => bytes.map((byte, index) => (index === 900 ? 0 : byte)));
			const { trials, log } = await open().open(runId);
			assert.equal(trials.length, 3);
			await log.append(storedTrial(9));
			await log.close();
			const found = await open().trials(runId);
			assert.deepEqual(found.slice(0, 3), trials);
			assert.equal(found[3]?.trialId, 'trial-9');
			assert.ok(damage.every(({ lost }) => lost === 1));
		});

		for (const [what, change] of [
			['missing', () => undefined],
			['empty', () => new Uint8Array()],
			['all zeros', (bytes: Uint8Array) => bytes.map(() => 0)],
		] as const) {
			it(`are an error if the summaries are ${what}, never an empty run`, async () => {
				await runWith(3);
				files.damage(`${folder}/summaries.log`, change);
				await assert.rejects(open().trials(runId), isStorage);
				await assert.rejects(open().open(runId), isStorage);
				await assert.rejects(collect(open().stored(runId)), isStorage);
			});
		}

		it('are read without their first line', async () => {
			const trials = await runWith(3);
			files.damage(`${folder}/summaries.log`, (bytes) => bytes.map((byte, index) => (index === 12 ? 0 : byte)));
			assert.deepEqual(await open().trials(runId), trials.map(trialSummary));
		});

		it('keep their summaries when an answer is damaged, which is an error of that trial only', async () => {
			const trials = await runWith(3);
			let place = 0;
			files.damage(`${folder}/answers.log`, (bytes) => {
				place = Math.floor(bytes.length / 2);
				return bytes.map((byte, index) => (index === place ? byte ^ 0xff : byte));
			});
			assert.equal((await open().trials(runId)).length, 3);
			await assert.rejects(open().trial(runId, 'trial-1'), isStorage);
			assert.deepEqual(await open().trial(runId, 'trial-2'), trials[2]);
			assert.deepEqual(await collect(open().stored(runId)), [trials[0], trials[2]]);
			assert.deepEqual(damage, [{ runId, lost: 1 }]);
			files.damage(`${folder}/answers.log`, () => undefined);
			await assert.rejects(open().trial(runId, 'trial-2'), isStorage);
		});

		it('have pins that are damaged or newer, and are not gone on with', async () => {
			await runWith(1);
			const pins = (text: string) => files.damage(`${folder}/pins.json`, () => new TextEncoder().encode(text));
			for (const text of ['', '{"format":', '{}', '[]', '{"format":"1"}']) {
				pins(text);
				await assert.rejects(open().open(runId), isStorage, text);
			}
			pins('{"format":2}');
			await assert.rejects(
				open().open(runId),
				(error) => isStorage(error) && /newer version/.test(String(error)),
			);
		});
	});

	it('on a disk that is really full refuse a trial, keep the others and take the next one when there is space', async function () {
		const disk = await mountSmallDisk(4);
		if (typeof disk === 'string') {
			console.log(`      skipped: ${disk}`);
			this.skip();
		}
		try {
			const runs = openRunFiles(disk.folder, nodeFiles, { groupMs: 0 });
			const log = await runs.create(runPins(runId));
			const noise = () => Array.from(crypto.getRandomValues(new Uint32Array(5000)), String).join(' ');
			await disk.fill(600_000);
			const stored: string[] = [];
			for (let index = 0; ; index++) {
				try {
					await log.append(storedTrial(index, { output: noise() }));
				} catch (error) {
					assert.match(String(error), /The trial was not stored\. The disk is full\./);
					break;
				}
				stored.push(`trial-${index}`);
			}
			assert.ok(stored.length > 5);
			const ids = async () => (await runs.trials(runId)).map(({ trialId }) => trialId);
			assert.deepEqual(await ids(), stored);
			await disk.fill();
			await assert.rejects(log.append(storedTrial(500, { output: noise() })), isStorage);
			await assert.rejects(runs.create(runPins(runIdOf(2))), isStorage);
			assert.deepEqual([await ids(), await runs.list()], [stored, [runId]]);
			await disk.free();
			await log.append(storedTrial(501, { output: noise() }));
			assert.deepEqual(await ids(), [...stored, 'trial-501']);
			await log.close();
			await (await runs.create(runPins(runIdOf(2)))).close();
		} finally {
			await disk.remove();
		}
	});

	it('lie on the real disk, private, and their folder goes with them', async () => {
		const temporary = await temporaryFolder();
		try {
			const runs = openRunFiles(temporary.folder, nodeFiles);
			const log = await runs.create(runPins(runId));
			await log.append(storedTrial(0));
			await log.close();
			assert.deepEqual(await runs.trial(runId, 'trial-0'), storedTrial(0));
			await runs.remove(runId);
			assert.deepEqual(await nodeFiles.list(`${temporary.folder}/runs`), []);
		} finally {
			await temporary.remove();
		}
	});
});
