import assert from 'node:assert/strict';
import { openRunFiles, type StoredRunFiles } from '../../../../src/suites/runFiles.ts';
import { trialSummary } from '../../../../src/suites/runLog/trialSummary.ts';
import { eventually, until } from '../../../support/eventually.ts';
import { announcedRandom } from '../../../support/random.ts';
import { SimulatedFiles } from '../../../support/storage/simulatedFiles.ts';
import { runIdOf, runPins, storedTrial } from '../../../support/suites/storedTrial.ts';

const runId = runIdOf(1);
const folder = `/store/runs/${runId}`;
const copy = `${folder}/summaries.columns`;
const logPath = `${folder}/summaries.log`;

describe('the copy of the summaries of a run', () => {
	let files: SimulatedFiles;
	let failures: unknown[];

	const open = (copyFrom = 1) =>
		openRunFiles('/store', files, { groupMs: 0, copyFrom, onCopyFailed: (error) => failures.push(error) });
	/** What the log alone says. */
	const logged = () => openRunFiles('/store', files).trials(runId);
	const bytesOf = async (path: string) => Buffer.from((await files.read(path)) ?? []);
	const isThere = () => files.paths.includes(copy);

	async function append(runs: StoredRunFiles, ...numbers: number[]): Promise<void> {
		const { log } = await runs.open(runId);
		for (const number of numbers) {
			await log.append(storedTrial(number));
		}
		await log.close();
	}

	/** A run of 20 trials with its copy. */
	async function runWithCopy(): Promise<StoredRunFiles> {
		const runs = open();
		const log = await runs.create(runPins(runId));
		await Promise.all(Array.from({ length: 20 }, (_, number) => log.append(storedTrial(number))));
		await log.close();
		await until(isThere, 'the copy');
		return runs;
	}

	/** Damages the log where only the copy knows better, to see which of them is read. */
	function damageFirstTrials(): void {
		files.damage(logPath, (bytes) => {
			assert.ok(bytes.length > 70_000, 'the log is longer than what is compared');
			const text = Buffer.from(bytes).toString();
			const at = text.indexOf('Where is my parcel 0?');
			return Buffer.from(text.slice(0, at) + 'w' + text.slice(at + 1));
		});
	}

	beforeEach(() => {
		files = new SimulatedFiles();
		failures = [];
	});

	it('is written when a run has ended, and read instead of the log', async () => {
		const runs = open();
		const log = await runs.create(runPins(runId));
		await Promise.all(Array.from({ length: 200 }, (_, number) => log.append(storedTrial(number))));
		await log.close();
		await until(isThere, 'the copy');
		const trials = Array.from({ length: 200 }, (_, number) => trialSummary(storedTrial(number)));
		assert.deepEqual(await runs.trials(runId), trials);
		damageFirstTrials();
		assert.equal((await logged()).length, 199);
		assert.deepEqual(await open().trials(runId), trials);
		assert.deepEqual(failures, []);
	});

	it('is written at the first reading of a run that has none, once it is large enough', async () => {
		const runs = await runWithCopy();
		await files.remove(copy);
		const list = await open(21).trials(runId);
		assert.equal(list.length, 20);
		assert.ok(!isThere());
		const own = open();
		// The list is the caller's.
		(await own.trials(runId)).reverse().length = 3;
		await until(isThere, 'the copy');
		assert.deepEqual(await runs.trials(runId), list);
	});

	it('does not hide what comes after it: more trials, the verdict of a person, a run that goes on', async () => {
		const runs = await runWithCopy();
		const before = await bytesOf(copy);
		const { log } = await runs.open(runId);
		await log.append(storedTrial(3, { verdict: 'error' }));
		await log.close();
		const trials = await open().trials(runId);
		assert.deepEqual(trials, await logged());
		assert.equal(trials.at(-1)?.verdict, 'error');
		assert.ok((await bytesOf(copy)).equals(before), 'for one trial no new copy is written');
		await append(open(), 20, 21, 22, 23, 24);
		await eventually(async () => assert.ok(!(await bytesOf(copy)).equals(before), 'a new copy is written'));
		assert.deepEqual(await open().trials(runId), await logged());
	});

	it('is ignored if the log is shorter than it or ends otherwise, and written again', async () => {
		await runWithCopy();
		const old = await bytesOf(copy);
		for (const change of [
			(bytes: Buffer) => bytes.subarray(0, bytes.indexOf('["trial-12"') - 9),
			// Another run of the same length.
			(bytes: Buffer) => Buffer.from(bytes.toString().replace('parcel 19?', 'parcel 18?')),
		]) {
			files.damage(copy, () => old);
			const intact = await bytesOf(logPath);
			files.damage(logPath, (bytes) => change(Buffer.from(bytes)));
			assert.ok(!(await bytesOf(logPath)).equals(intact));
			const expected = await logged();
			assert.ok(expected.length < 20);
			assert.deepEqual(await open().trials(runId), expected);
			await eventually(async () => assert.ok(!(await bytesOf(copy)).equals(old), 'a new copy is written'));
			files.damage(logPath, () => intact);
		}
	});

	it('is ignored if it is damaged, and written again', async () => {
		await runWithCopy();
		const intact = await bytesOf(copy);
		const expected = await logged();
		const random = announcedRandom();
		for (let round = 0; round < 40; round++) {
			const at = Math.floor(random() * intact.length);
			files.damage(copy, (bytes) => {
				bytes[at] = (bytes[at] ?? 0) ^ 0x20;
				return round % 2 === 0 ? bytes : bytes.subarray(0, at);
			});
			assert.deepEqual(await open().trials(runId), expected, `byte ${at}`);
			await eventually(async () => assert.ok((await bytesOf(copy)).equals(intact), 'it is written again'));
		}
	});

	it('costs nothing but time where it cannot be written or read', async () => {
		await runWithCopy();
		const expected = await logged();
		await files.remove(copy);
		for (const failing of ['open create', 'write', 'sync', 'rename', 'list']) {
			let tried = 0;
			files.onOperation = (operation, path) => {
				if (operation === failing && (path.includes('summaries.columns') || path === folder)) {
					tried++;
					throw Object.assign(new Error('No space'), { code: 'ENOSPC' });
				}
			};
			failures = [];
			const runs = open();
			assert.deepEqual(await runs.trials(runId), expected, failing);
			await until(() => failures.length === 1, `the failure of ${failing}`);
			assert.deepEqual(await runs.trials(runId), expected, failing);
			assert.equal(tried, 1, 'it is not tried again');
			files.onOperation = () => undefined;
			assert.ok(!files.paths.some((path) => path.includes('summaries.columns')), 'nothing is left');
		}
		await open().trials(runId);
		await until(isThere, 'the copy');
		files.onOperation = (operation, path) => {
			if (operation === 'read' && path === copy) {
				throw Object.assign(new Error('Broken'), { code: 'EIO' });
			}
		};
		assert.deepEqual(await open().trials(runId), expected);
	});

	it('is removed with its run, also while it is being written, with what killed processes have left of it', async () => {
		const runs = await runWithCopy();
		await files.remove(copy);
		await (await files.open(`${copy}.placing.0.tmp`, 'create')).close();
		await runs.trials(runId);
		await runs.remove(runId);
		const gone = files.operations;
		for (let turn = 0; turn < 100; turn++) {
			await new Promise((resolve) => setImmediate(resolve));
		}
		assert.equal(files.operations, gone, 'nothing is written after the run is removed');
		assert.deepEqual(
			files.paths.filter((path) => path.startsWith(folder)),
			[],
		);
		await runWithCopy();
		await (await files.open(`${copy}.placing.1.tmp`, 'create')).close();
		await files.remove(copy);
		await open().trials(runId);
		await until(isThere, 'the copy');
		assert.ok(!files.paths.some((path) => path.endsWith('.tmp')));
	});
});
