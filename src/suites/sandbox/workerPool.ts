import { AppError } from '../../common/errors.ts';
import { AbortWatch } from './abortWatch.ts';
import { jobCell, type NumberedJob, type WorkerAnswer } from './workerJobs.ts';

/** The part of a `worker_threads` Worker that is used here. */
export interface PoolWorker {
	postMessage(message: unknown): void;
	on(event: 'message' | 'error' | 'exit', listener: (given: unknown) => void): unknown;
	terminate(): Promise<unknown>;
	ref(): void;
	unref(): void;
}

export interface PoolOptions {
	/** Starts a worker whose script calls `serveJobs`; it writes the number of its job into `memory`. */
	start(memory: SharedArrayBuffer): PoolWorker | Promise<PoolWorker>;
	/** Most workers at once. */
	most: number;
	/** Milliseconds for one job, after which its worker is ended; it may take a quarter longer. */
	limit: number;
	/** Milliseconds after which workers without a job end. */
	idle: number;
	/** The error of a job that took too long. */
	timedOut: () => AppError;
	/** The error of a job whose worker died of it, or could not be started. */
	died: (cause: unknown) => AppError;
}

interface Entry<Job, Outcome> extends NumberedJob<Job> {
	resolve: (outcome: Outcome) => void;
	reject: (error: AppError) => void;
	unwatch: () => void;
	/** Nobody waits for it any more. */
	isSettled: boolean;
}

interface Member<Job, Outcome> {
	/** Undefined while it is starting. */
	worker: PoolWorker | undefined;
	cell: Int32Array;
	jobs: Map<number, Entry<Job, Outcome>>;
	/** The job that was seen running at the last look, and when it was first seen. */
	seen: { id: number; at: number };
}

/** Jobs that a worker is given at once: enough to hide the way there and back, few enough to share among workers. */
const batchSize = 32;

/**
 * Does jobs in worker threads, several in one message. A job that takes too long, or that kills its worker, fails alone: the
 * others are done again in another worker, so jobs must not have effects. Workers start on demand and do not keep the
 * process alive without a job.
 */
export class WorkerPool<Job, Outcome> {
	readonly #options: PoolOptions;
	readonly #members = new Set<Member<Job, Outcome>>();
	readonly #aborts = new AbortWatch();
	readonly #ending = new Set<Promise<unknown>>();
	#queue: Entry<Job, Outcome>[] = [];
	#lastId = 0;
	#isScheduled = false;
	#watch: NodeJS.Timeout | undefined;
	#idle: NodeJS.Timeout | undefined;
	#isDisposed = false;

	constructor(options: PoolOptions) {
		this.#options = options;
	}

	/** Rejects with `cancelled` on a signal and after `dispose`, and with the errors of the options. */
	run(job: Job, signal: AbortSignal): Promise<Outcome> {
		if (this.#isDisposed || signal.aborted) {
			return Promise.reject(new AppError('cancelled', 'Cancelled'));
		}
		const id = ++this.#lastId;
		return new Promise<Outcome>((resolve, reject) => {
			const unwatch = this.#aborts.add(signal, () => this.#reject(entry, new AppError('cancelled', 'Cancelled')));
			const entry: Entry<Job, Outcome> = { id, job, resolve, reject, unwatch, isSettled: false };
			this.#queue.push(entry);
			this.#schedule();
		});
	}

	/** Ends all workers; open jobs reject with `cancelled`. */
	async dispose(): Promise<void> {
		this.#isDisposed = true;
		clearInterval(this.#watch);
		clearTimeout(this.#idle);
		const open = [...this.#queue, ...[...this.#members].flatMap(({ jobs }) => [...jobs.values()])];
		this.#queue = [];
		for (const entry of open) {
			this.#reject(entry, new AppError('cancelled', 'Cancelled'));
		}
		for (const member of this.#members) {
			this.#end(member);
		}
		await Promise.all(this.#ending);
	}

	/** Waits for the jobs that come in the same turn, so that they share a message. */
	#schedule(): void {
		if (!this.#isScheduled) {
			this.#isScheduled = true;
			queueMicrotask(() => {
				this.#isScheduled = false;
				this.#distribute();
			});
		}
	}

	#distribute(): void {
		for (const member of this.#members) {
			if (member.worker && member.jobs.size === 0) {
				this.#give(member.worker, member);
			}
		}
		const starting = [...this.#members].filter(({ worker }) => !worker).length;
		if (this.#queue.length > starting * batchSize && this.#members.size < this.#options.most) {
			void this.#add();
		}
		this.#rest();
	}

	#give(worker: PoolWorker, member: Member<Job, Outcome>): void {
		let entries: Entry<Job, Outcome>[] = [];
		while (entries.length === 0 && this.#queue.length > 0) {
			entries = this.#queue.splice(0, batchSize).filter(({ isSettled }) => !isSettled);
		}
		if (entries.length === 0) {
			return;
		}
		for (const entry of entries) {
			member.jobs.set(entry.id, entry);
		}
		worker.ref();
		worker.postMessage(entries.map(({ id, job }): NumberedJob<Job> => ({ id, job })));
		// Often enough that a job is ended at most a quarter late.
		this.#watch ??= setInterval(() => this.#look(), this.#options.limit / 4);
	}

	async #add(): Promise<void> {
		const memory = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
		const member: Member<Job, Outcome> = {
			worker: undefined,
			cell: jobCell(memory),
			jobs: new Map(),
			seen: { id: 0, at: 0 },
		};
		this.#members.add(member);
		let worker: PoolWorker;
		try {
			worker = await this.#options.start(memory);
		} catch (cause) {
			this.#members.delete(member);
			const waiting = this.#queue.splice(0);
			for (const entry of waiting) {
				this.#reject(entry, this.#options.died(cause));
			}
			return;
		}
		member.worker = worker;
		worker.on('message', (answer) => this.#take(member, answer as WorkerAnswer<Outcome>));
		worker.on('error', (cause) => this.#lose(member, cause));
		worker.on('exit', () => this.#lose(member, undefined));
		if (this.#isDisposed) {
			this.#end(member);
		}
		this.#distribute();
	}

	#take(member: Member<Job, Outcome>, { outcomes, spent }: WorkerAnswer<Outcome>): void {
		for (const { id, outcome } of outcomes) {
			const entry = member.jobs.get(id);
			member.jobs.delete(id);
			if (entry && !entry.isSettled) {
				entry.isSettled = true;
				entry.unwatch();
				entry.resolve(outcome);
			}
		}
		if (spent) {
			this.#end(member);
		}
		this.#distribute();
	}

	/** A worker that is busy with the same job at two looks has been so in between, however late the looks are. */
	#look(): void {
		const now = performance.now();
		for (const member of this.#members) {
			const id = Atomics.load(member.cell, 0);
			if (id === 0 || id !== member.seen.id) {
				member.seen = { id, at: now };
			} else if (now - member.seen.at >= this.#options.limit) {
				this.#fail(member, id, this.#options.timedOut());
			}
		}
	}

	/** The worker died by itself: of the job that it was busy with, or before it could begin. */
	#lose(member: Member<Job, Outcome>, cause: unknown): void {
		if (!this.#members.has(member)) {
			return;
		}
		const id = Atomics.load(member.cell, 0);
		if (id !== 0) {
			this.#fail(member, id, this.#options.died(cause));
			return;
		}
		for (const entry of member.jobs.values()) {
			this.#reject(entry, this.#options.died(cause));
		}
		this.#end(member);
		this.#distribute();
	}

	#fail(member: Member<Job, Outcome>, id: number, error: AppError): void {
		const entry = member.jobs.get(id);
		if (entry) {
			this.#reject(entry, error);
		}
		this.#end(member);
		this.#distribute();
	}

	/** Ends a worker; its other jobs are the next ones of the queue. */
	#end(member: Member<Job, Outcome>): void {
		this.#members.delete(member);
		this.#queue.unshift(...[...member.jobs.values()].filter(({ isSettled }) => !isSettled));
		member.jobs.clear();
		if (member.worker) {
			const ending = member.worker.terminate().finally(() => this.#ending.delete(ending));
			this.#ending.add(ending);
		}
	}

	/** Lets the process end, and soon the workers, if there is nothing to do. */
	#rest(): void {
		clearTimeout(this.#idle);
		let isBusy = this.#queue.length > 0;
		for (const { worker, jobs } of this.#members) {
			if (jobs.size > 0) {
				isBusy = true;
			} else {
				worker?.unref();
			}
		}
		if (!isBusy) {
			clearInterval(this.#watch);
			this.#watch = undefined;
			this.#idle = setTimeout(() => {
				for (const member of this.#members) {
					this.#end(member);
				}
			}, this.#options.idle);
			this.#idle.unref();
		}
	}

	#reject(entry: Entry<Job, Outcome>, error: AppError): void {
		if (!entry.isSettled) {
			entry.isSettled = true;
			entry.unwatch();
			entry.reject(error);
		}
	}
}
