import { AppError } from '../../common/errors.ts';
import { DisposableStore, Emitter, type Disposable } from '../../common/lifecycle.ts';
import {
	leaveBatches,
	type BatchProgress,
	type RunPlan,
	type SuiteRunEvent,
	type SuiteRunOptions,
} from '../../common/suiteModel.ts';
import type { SuiteSource } from '../../suites/planRun.ts';
import type { SuiteContext } from '../../suites/suiteContext.ts';

/** What a run in this window reports. */
export interface RunNews {
	/** URI of the suite. */
	suite: string;
	runId: string;
	event: SuiteRunEvent;
}

interface Running {
	suite: string;
	stop: AbortController;
	batch?: BatchProgress;
}

/** The runs of suites in this window. They go on whether or not a page shows them. */
export class SuiteRuns implements Disposable {
	readonly #disposables = new DisposableStore();
	readonly #running = new Map<string, Running>();
	readonly #news: Emitter<RunNews>;
	readonly #openContext: () => Promise<SuiteContext>;
	#context: Promise<SuiteContext> | undefined;

	constructor(openContext: () => Promise<SuiteContext>, onFailed: (error: unknown) => void) {
		this.#openContext = openContext;
		this.#news = this.#disposables.add(new Emitter<RunNews>(onFailed));
	}

	get onNews() {
		return this.#news.event;
	}

	/** Opened with the first run; a failure is tried again. */
	context(): Promise<SuiteContext> {
		this.#context ??= this.#openContext().catch((error: unknown) => {
			this.#context = undefined;
			throw error;
		});
		return this.#context;
	}

	/** Ids of the runs of a suite in this window. */
	here(suite: string): string[] {
		return [...this.#running].filter(([, running]) => running.suite === suite).map(([runId]) => runId);
	}

	get running(): string[] {
		return [...this.#running.keys()];
	}

	/** Whether a batch of a run is at its provider. */
	isWaiting(runId: string): boolean {
		const { batch } = this.#running.get(runId) ?? {};
		return batch !== undefined && batch.state !== 'ended';
	}

	/** `reason`: `leaveBatches` lets batches go on at their providers. */
	stop(runId: string, reason?: typeof leaveBatches): void {
		this.#running.get(runId)?.stop.abort(reason);
	}

	/** Runs a suite. Leaving the loop stops the run. A program's run never asks the user. `adapt` changes what the run uses. */
	async *run(
		source: SuiteSource,
		options: SuiteRunOptions,
		{
			isProgram = false,
			adapt = (context) => context,
		}: { isProgram?: boolean; adapt?: (context: SuiteContext) => SuiteContext } = {},
	): AsyncGenerator<SuiteRunEvent> {
		const context = adapt(await this.#contextOfRun(isProgram));
		const { runSuite } = await import('../../suites/runSuite.ts');
		yield* this.#follow(source.uri, options.signal, (signal) => runSuite(context, source, { ...options, signal }));
	}

	/** Goes on with a run that was stopped, capped or interrupted. */
	async *resume(
		runId: string,
		{ signal: given, ...options }: { signal?: AbortSignal | undefined; batch?: boolean },
		{ isProgram = false }: { isProgram?: boolean } = {},
	): AsyncGenerator<SuiteRunEvent> {
		const context = await this.#contextOfRun(isProgram);
		const { suite } = await context.records.get(runId);
		const { resumeRun } = await import('../../suites/runSuite.ts');
		yield* this.#follow(suite, given, (signal) => resumeRun(context, runId, { ...options, signal }));
	}

	/** The answers to questions about tools of the editor hold for one run. */
	async #contextOfRun(isProgram: boolean): Promise<SuiteContext> {
		const [context, { EditorTools }] = await Promise.all([this.context(), import('./editorTools.ts')]);
		return { ...context, editorTools: new EditorTools(!isProgram).offer };
	}

	async *#follow(
		suite: string,
		given: AbortSignal | undefined,
		start: (signal: AbortSignal) => AsyncIterable<SuiteRunEvent>,
	): AsyncGenerator<SuiteRunEvent> {
		const stop = new AbortController();
		const signal = given ? AbortSignal.any([given, stop.signal]) : stop.signal;
		let runId = '';
		try {
			for await (const event of start(signal)) {
				if (event.type === 'plan') {
					runId = event.runId;
					this.#running.set(runId, { suite, stop });
				} else if (event.type === 'batch') {
					this.#running.set(runId, { suite, stop, batch: event.batch });
				} else if (event.type === 'done') {
					this.#running.delete(runId);
				}
				this.#news.fire({ suite, runId, event });
				yield event;
			}
		} finally {
			stop.abort();
			this.#running.delete(runId);
		}
	}

	dispose(): void {
		// The window is closing, which is no reason to lose what a provider is working on.
		this.#running.forEach(({ stop }) => stop.abort(leaveBatches));
		this.#disposables.dispose();
		void this.#context?.then(({ sandbox }) => sandbox.dispose());
	}
}

/** Lets a run go on by itself. Resolves with its plan, or rejects with what kept it from starting; its end is the caller's too. */
export async function started(events: AsyncGenerator<SuiteRunEvent>): Promise<{ plan: RunPlan; ended: Promise<void> }> {
	const first = await events.next();
	if (first.done || first.value.type !== 'plan') {
		const error = first.done ? undefined : first.value.type === 'done' ? first.value.error : undefined;
		throw new AppError(error?.code ?? 'internal', error?.message ?? 'The run did not start');
	}
	const { type: _type, ...plan } = first.value;
	const drain = async () => {
		for await (const _event of events) {
			// Whoever shows the run listens to its news.
		}
	};
	return { plan, ended: drain() };
}
