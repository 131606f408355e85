import * as l10n from '@vscode/l10n';
import { AppError, isAppError, toAppError } from '../common/errors.ts';
import { batchText } from '../common/batchText.ts';
import {
	leaveBatches,
	type BatchProgress,
	type RunStatus,
	type RunStopReason,
	type StoredTrial,
	type SuiteRun,
	type SuiteRunEvent,
	type Verdict,
} from '../common/suiteModel.ts';
import type { AnswerReuse } from './answerReuse.ts';
import { BatchRun } from './batch/batchRun.ts';
import type { Work } from './batch/handover.ts';
import { EarlyStop } from './earlyStop.ts';
import type { EarlierTrial } from './earlierTrials.ts';
import { turnError } from './gradeTrial.ts';
import type { SpooledRun } from './plannedRun.ts';
import type { RunBudget } from './runBudget.ts';
import type { RunTally } from './runTally.ts';
import type { RunLog, SuiteContext } from './suiteContext.ts';
import { slotNumber, TrialOrder } from './trialOrder.ts';
import { TrialRunner } from './trialRunner.ts';

/** How often the row of a run is written while it runs, in milliseconds. */
const recordInterval = 500;
/** How long answers that are complete may still be graded after a Stop, in milliseconds. */
const gradingGrace = 30;
/** How long a Stop waits for what does not notice it, in milliseconds. */
const stopPatience = 60;
/** Characters of trials that wait for the disk or for the reader of the events; above it no trial is begun. */
const maxWaiting = 8_000_000;
/** What each of them counts at least. */
const minWeight = 4_000;

export interface Execution {
	context: SuiteContext;
	runId: string;
	planned: SpooledRun;
	log: RunLog;
	tally: RunTally;
	budget: RunBudget;
	/** What an earlier part of the run has left, by number of the slot. */
	earlier: ReadonlyMap<number, EarlierTrial>;
	/** Answers of earlier runs, if they may be used. */
	reuse?: AnswerReuse | undefined;
	/** Whether new trials are asked in batches; absent if the run has none and gets none. */
	batch?: { isBatched: boolean } | undefined;
	signal?: AbortSignal | undefined;
}

/**
 * Runs the trials that are still to be run, several at once, and yields each when it is durable; then `run` and `done`.
 * Leaving the loop early stops the run. A reader that is slow slows the run down, so that memory stays flat.
 */
export class RunExecution {
	readonly #given: Execution;
	readonly #order: TrialOrder;
	readonly #trials: TrialRunner;
	readonly #batch: BatchRun | undefined;
	readonly #early: EarlyStop | undefined;
	readonly #stopping = new AbortController();
	readonly #gradingEnd = new AbortController();
	readonly #appends = new Set<Promise<void>>();
	readonly #events: { event: SuiteRunEvent; weight: number }[] = [];
	#wakeReader: () => void = () => undefined;
	readonly #wakeWorkers = new Set<() => void>();
	#position = 0;
	/** Trials that are durable and need not be run again because of the end of this run. */
	#finished = 0;
	#waiting = 0;
	#isClosed = false;
	/** A cap is reached, so that no trial is begun that costs something. */
	#isCapped = false;
	#progress: BatchProgress | undefined;
	/** What is to be known about batches after a Stop. */
	#leaving: Promise<string | undefined> = Promise.resolve(undefined);
	#failure: AppError | undefined;
	/** It was clear which variant is better before all cases were asked. */
	#hasStoppedEarly = false;
	#isUnsaved = false;
	#saving: Promise<void> = Promise.resolve();
	#isSaving = false;

	constructor(given: Execution) {
		this.#given = given;
		this.#order = new TrialOrder(given.planned);
		this.#early = earlyStop(given, this.#order);
		this.#trials = new TrialRunner({
			...given,
			signal: this.#stopping.signal,
			gradingSignal: this.#gradingEnd.signal,
			store: (trial, isGraded) => this.#store(trial, isGraded),
		});
		this.#batch =
			given.batch &&
			new BatchRun({
				...given,
				...given.batch,
				order: this.#order,
				onProgress: (progress) => this.#note(progress),
				settled: async () => void (await Promise.all(this.#appends)),
			});
	}

	async *events(): AsyncGenerator<SuiteRunEvent, void> {
		const { signal } = this.#given;
		const stop = () => this.#stop(signal?.reason !== leaveBatches);
		signal?.addEventListener('abort', stop);
		if (signal?.aborted) {
			stop();
		}
		let ended: { run: SuiteRun; stopReason: RunStopReason } | undefined;
		const running = this.#run().then((result) => {
			ended = result;
			this.#wakeReader();
		});
		try {
			for (;;) {
				const next = this.#events.shift();
				if (next) {
					this.#lighten(next.weight);
					yield next.event;
				} else if (ended) {
					break;
				} else {
					await new Promise<void>((resolve) => (this.#wakeReader = resolve));
				}
			}
			const { run, stopReason } = ended;
			yield { type: 'run', run };
			yield { type: 'done', stopReason, ...(this.#failure && { error: turnError(this.#failure) }) };
		} finally {
			if (!ended) {
				stop();
			}
			signal?.removeEventListener('abort', stop);
			await running;
		}
	}

	/** Never rejects: what goes wrong is how the run ends. */
	async #run(): Promise<{ run: SuiteRun; stopReason: RunStopReason }> {
		const { context, log, tally, budget } = this.#given;
		await this.#save('running');
		const timer = setInterval(() => this.#saveIfNeeded(), recordInterval);
		const count = Math.min(64, Math.max(1, context.settings().concurrency));
		await Promise.race([this.#runAll(count), this.#patience()]);
		const left = await this.#leaving.catch((thrown: unknown) => toAppError(thrown).message);
		clearInterval(timer);
		this.#trials.storeUngraded();
		this.#isClosed = true;
		// Closing ends the wait for more to write together.
		await this.#guard(() => log.close());
		await Promise.all(this.#appends);
		await this.#saving;
		const status = this.#status();
		const endedAt = context.now().toISOString();
		const reason =
			this.#failure?.message ?? (status === 'capped' ? budget.reason : (left ?? this.#earlyReason(status)));
		const changes = { status, endedAt, calls: budget.calls, ...(reason !== undefined && { reason }) };
		let run = tally.snapshot(changes);
		const before = this.#failure;
		await this.#guard(() => context.records.put(run));
		if (this.#failure && !before) {
			run = tally.snapshot({ ...changes, status: 'failed', reason: this.#failure.message });
		}
		const hasStopped = run.status === 'stopped' && this.#hasStoppedEarly;
		return { run, stopReason: hasStopped ? 'stop' : stopReasons[run.status] };
	}

	#earlyReason(status: RunStatus): string | undefined {
		return status === 'stopped' && this.#hasStoppedEarly && this.#early
			? l10n.t(
					'After {0} of {1} cases it was clear which variant is better',
					this.#early.complete,
					this.#early.cases,
				)
			: undefined;
	}

	#status(): RunStatus {
		if (this.#failure) {
			return 'failed';
		}
		if (this.#finished === this.#toDo()) {
			return 'complete';
		}
		return this.#given.budget.reason !== undefined ? 'capped' : 'stopped';
	}

	/** Trials that this part of the run has to run. */
	#toDo(): number {
		const settled = [...this.#given.earlier.values()].filter(({ isRepeated }) => !isRepeated);
		return this.#order.length - settled.length;
	}

	/** Workers begin once it is known which trials are part of a batch. */
	async #runAll(count: number): Promise<void> {
		try {
			await this.#batch?.prepare();
			await Promise.all([this.#batch?.run(), ...Array.from({ length: count }, () => this.#work())]);
		} catch (thrown) {
			if (!isAppError(thrown, 'cancelled')) {
				this.#fail(toAppError(thrown));
			}
		}
	}

	async #work(): Promise<void> {
		for (;;) {
			await this.#room();
			if (this.#stopping.signal.aborted) {
				return;
			}
			const live = this.#isCapped ? undefined : this.#next();
			const work = live ?? (await this.#batch?.take());
			if (!work) {
				return;
			}
			try {
				this.#isCapped = !(await this.#trials.run(work)) || this.#isCapped;
			} catch (thrown) {
				if (!isAppError(thrown, 'cancelled')) {
					this.#fail(toAppError(thrown));
				}
				return;
			} finally {
				if (!live) {
					this.#batch?.finish();
				}
			}
		}
	}

	#next(): Work | undefined {
		for (;;) {
			const slot = this.#order.at(this.#position++);
			if (!slot) {
				return undefined;
			}
			const earlier = this.#given.earlier.get(slot.number);
			if ((!earlier || earlier.isRepeated) && !this.#batch?.has(slot.number)) {
				return { slot };
			}
		}
	}

	/** Resolves when a Stop has had its time. */
	#patience(): Promise<void> {
		const { signal } = this.#stopping;
		return new Promise((resolve) => {
			const wait = () => void setTimeout(resolve, stopPatience);
			signal.addEventListener('abort', wait, { once: true });
			if (signal.aborted) {
				wait();
			}
		});
	}

	#stop(cancelsBatches: boolean): void {
		if (!this.#stopping.signal.aborted) {
			this.#stopping.abort();
			this.#leaving = this.#batch?.stop(cancelsBatches) ?? this.#leaving;
			setTimeout(() => this.#gradingEnd.abort(), gradingGrace);
			this.#wakeAll();
		}
	}

	#fail(error: AppError): void {
		this.#failure ??= error;
		this.#stop(false);
	}

	async #guard(work: () => Promise<void>): Promise<void> {
		try {
			await work();
		} catch (thrown) {
			this.#fail(toAppError(thrown));
		}
	}

	/** Makes a trial durable and counts it then. After a failed write nothing more is written: it could not be acknowledged. */
	#store(trial: StoredTrial, isGraded: boolean): void {
		if (this.#isClosed || this.#failure) {
			return;
		}
		const weight = Math.max(minWeight, trial.output.length + (trial.requests?.length ?? 0));
		this.#waiting += weight;
		const appending = this.#given.log.append(trial).then(
			() => {
				const { turn: _turn, query: _query, earlier: _earlier, citations: _citations, ...rest } = trial;
				const { requestHash: _hash, requests: _requests, ...shown } = rest;
				this.#given.tally.add(shown, this.#given.earlier.get(slotNumber(trial.trialId))?.summary);
				this.#isUnsaved = true;
				this.#finished += isGraded ? 1 : 0;
				this.#push({ type: 'trial', trial: shown }, weight);
				this.#look(trial, isGraded);
			},
			(thrown: unknown) => {
				this.#lighten(weight);
				this.#fail(toAppError(thrown));
			},
		);
		this.#appends.add(appending);
		void appending.then(() => this.#appends.delete(appending));
	}

	/** Ends a run that has told its variants apart. */
	#look({ trialId, verdict }: StoredTrial, isGraded: boolean): void {
		const isOver = this.#hasStoppedEarly || this.#stopping.signal.aborted || this.#finished === this.#toDo();
		if (isGraded && this.#early?.add(slotNumber(trialId), verdict) && !isOver) {
			this.#hasStoppedEarly = true;
			this.#stop(true);
		}
	}

	#push(event: SuiteRunEvent, weight: number): void {
		this.#events.push({ event, weight });
		this.#wakeReader();
	}

	/** Only the newest progress is of interest to a reader that is slow. */
	#note(progress: BatchProgress): void {
		this.#progress = progress;
		this.#isUnsaved = true;
		if (this.#events.at(-1)?.event.type === 'batch') {
			this.#events.pop();
		}
		this.#push({ type: 'batch', batch: progress }, 0);
	}

	#lighten(weight: number): void {
		this.#waiting -= weight;
		if (this.#waiting <= maxWaiting) {
			this.#wakeAll();
		}
	}

	#wakeAll(): void {
		for (const wake of [...this.#wakeWorkers]) {
			this.#wakeWorkers.delete(wake);
			wake();
		}
	}

	async #room(): Promise<void> {
		while (this.#waiting > maxWaiting && !this.#stopping.signal.aborted) {
			await new Promise<void>((resolve) => this.#wakeWorkers.add(resolve));
		}
	}

	#saveIfNeeded(): void {
		if (this.#isUnsaved && !this.#isSaving) {
			this.#isUnsaved = false;
			this.#saving = this.#save('running');
		}
	}

	async #save(status: RunStatus): Promise<void> {
		const { context, tally, budget } = this.#given;
		this.#isSaving = true;
		const reason = this.#progress && batchText(this.#progress);
		const changes = { status, endedAt: null, calls: budget.calls, ...(reason !== undefined && { reason }) };
		await this.#guard(() => context.records.put(tally.snapshot(changes)));
		this.#isSaving = false;
	}
}

/** Of a run that goes on although it had told its variants apart, nothing ends it early: all its cases are wanted. */
function earlyStop({ planned, earlier }: Execution, order: TrialOrder): EarlyStop | undefined {
	if (!planned.stopsEarly) {
		return undefined;
	}
	const settled = [...earlier].flatMap(([number, { isRepeated, summary }]): [number, Verdict][] =>
		isRepeated ? [] : [[number, summary.verdict]],
	);
	const early = new EarlyStop(order, settled);
	return early.isDecided ? undefined : early;
}

const stopReasons: Record<RunStatus, RunStopReason> = {
	complete: 'stop',
	stopped: 'cancelled',
	capped: 'cap',
	failed: 'error',
	// A run that has ended is neither of these.
	running: 'error',
	interrupted: 'error',
};
