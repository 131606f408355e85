import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { AppError, isAppError } from '../../../../src/common/errors.ts';
import { jobCell, type NumberedJob, type WorkerAnswer } from '../../../../src/suites/sandbox/workerJobs.ts';
import { type PoolOptions, type PoolWorker, WorkerPool } from '../../../../src/suites/sandbox/workerPool.ts';
import { until } from '../../../support/eventually.ts';

const never = new AbortController().signal;

/** A worker that does what the test says: it gets jobs and answers when told. */
class ScriptedWorker extends EventEmitter implements PoolWorker {
	readonly cell: Int32Array;
	readonly got: NumberedJob<string>[][] = [];
	isEnded = false;
	isHeld = true;

	constructor(memory: SharedArrayBuffer) {
		super();
		this.cell = jobCell(memory);
	}

	postMessage(jobs: NumberedJob<string>[]): void {
		this.got.push(jobs);
	}

	answer(jobs: readonly NumberedJob<string>[], spent?: true): void {
		const outcomes = jobs.map(({ id, job }) => ({ id, outcome: job.toUpperCase() }));
		this.emit('message', { outcomes, ...(spent && { spent }) } satisfies WorkerAnswer<string>);
	}

	terminate(): Promise<void> {
		this.isEnded = true;
		return Promise.resolve();
	}

	ref(): void {
		this.isHeld = true;
	}

	unref(): void {
		this.isHeld = false;
	}
}

describe('a pool of workers', () => {
	let workers: ScriptedWorker[];
	let pool: WorkerPool<string, string>;

	const open = (options: Partial<PoolOptions> = {}) => {
		workers = [];
		pool = new WorkerPool<string, string>({
			start: (memory) => {
				const worker = new ScriptedWorker(memory);
				workers.push(worker);
				return worker;
			},
			most: 2,
			limit: 60_000,
			idle: 60_000,
			timedOut: () => new AppError('validation', 'too long'),
			died: (cause) => new AppError('internal', 'died', { cause }),
			...options,
		});
	};
	/** The jobs of a message, once it has been sent. */
	const message = async (worker: number, index: number) => {
		await until(() => workers[worker]?.got[index] !== undefined, `message ${index} of worker ${worker}`);
		return workers[worker]?.got[index] ?? [];
	};
	/** Answers all jobs of a message, once it has been sent. */
	const answer = async (worker: number, index: number) => {
		const jobs = await message(worker, index);
		workers[worker]?.answer(jobs);
	};
	const run = (count: number) => Array.from({ length: count }, (_, index) => pool.run(`job ${index}`, never));

	afterEach(() => pool.dispose());

	it('sends the jobs of one turn in one message, and starts a second worker only for more', async () => {
		open();
		const few = run(32);
		const jobs = await message(0, 0);
		assert.equal(jobs.length, 32);
		workers[0]?.answer(jobs);
		assert.equal((await Promise.all(few))[31], 'JOB 31');
		assert.equal(workers.length, 1);
		const many = Promise.all(run(70));
		assert.equal((await message(0, 1)).length, 32);
		assert.equal((await message(1, 0)).length, 32);
		await answer(1, 0);
		await answer(1, 1);
		await answer(0, 1);
		assert.equal((await many).length, 70);
	});

	it('does the other jobs of a worker that dies again', async () => {
		open({ most: 1 });
		const [first, second, third] = run(3);
		const jobs = await message(0, 0);
		workers[0]?.answer(jobs.slice(0, 1));
		if (workers[0]) {
			workers[0].cell[0] = jobs[1]?.id ?? 0;
		}
		workers[0]?.emit('error', new Error('out of memory'));
		workers[0]?.emit('exit');
		assert.equal(await first, 'JOB 0');
		await assert.rejects(second ?? Promise.resolve(), (error) => isAppError(error, 'internal'));
		const again = await message(1, 0);
		assert.deepEqual(
			again.map(({ job }) => job),
			['job 2'],
		);
		workers[1]?.answer(again);
		assert.equal(await third, 'JOB 2');
	});

	it('rejects the jobs of a worker that cannot begin, instead of starting others without end', async () => {
		open();
		const settled = Promise.allSettled(run(3));
		await message(0, 0);
		workers[0]?.emit('error', new Error('no such script'));
		assert.ok((await settled).every(({ status }) => status === 'rejected'));
		assert.equal(workers.length, 1);
	});

	it('replaces a worker that is spent', async () => {
		open({ most: 1 });
		const both = Promise.all(run(2));
		const jobs = await message(0, 0);
		workers[0]?.answer(jobs.slice(0, 1), true);
		assert.equal(workers[0]?.isEnded, true);
		await answer(1, 0);
		assert.deepEqual(await both, ['JOB 0', 'JOB 1']);
	});

	it('ends a worker whose job takes too long, and only that job fails [attack 31]', async () => {
		open({ most: 1, limit: 40 });
		const [slow, other] = run(2);
		const jobs = await message(0, 0);
		if (workers[0]) {
			workers[0].cell[0] = jobs[0]?.id ?? 0;
		}
		await assert.rejects(slow ?? Promise.resolve(), /too long/);
		assert.equal(workers[0]?.isEnded, true);
		await answer(1, 0);
		assert.equal(await other, 'JOB 1');
	});

	it('neither gives a cancelled job to a worker nor does it again', async () => {
		open({ most: 1 });
		const stop = new AbortController();
		const settled = Promise.allSettled(Array.from({ length: 40 }, () => pool.run('cancelled', stop.signal)));
		await message(0, 0);
		stop.abort();
		assert.ok((await settled).every((result) => result.status === 'rejected'));
		const next = pool.run('next', never);
		workers[0]?.emit('exit');
		const jobs = await message(1, 0);
		assert.deepEqual(
			jobs.map(({ job }) => job),
			['next'],
		);
		workers[1]?.answer(jobs);
		assert.equal(await next, 'NEXT');
	});

	it('holds the process only while there is something to do, and ends idle workers', async () => {
		open({ idle: 10 });
		const one = pool.run('one', never);
		const jobs = await message(0, 0);
		assert.equal(workers[0]?.isHeld, true);
		workers[0]?.answer(jobs);
		await one;
		assert.equal(workers[0]?.isHeld, false);
		await until(() => workers[0]?.isEnded === true, 'the idle worker ends');
		const two = pool.run('two', never);
		await answer(1, 0);
		assert.equal(await two, 'TWO');
	});
});
