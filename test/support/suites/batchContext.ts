import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeFiles } from '../../../src/disk/nodeFiles.ts';
import type { Models } from '../../../src/providers/provider.ts';
import { openRunFiles } from '../../../src/suites/runFiles.ts';
import type { ResumeOptions } from '../../../src/suites/runSuite.ts';
import { resumeRun, runSuite } from '../../../src/suites/runSuite.ts';
import type { BatchProgress, SuiteRun, SuiteRunEvent, SuiteRunOptions, Trial } from '../../../src/common/suiteModel.ts';
import { ownOrigins } from '../wire/ownOrigins.ts';
import type { WireServer } from '../wire/wireServer.ts';
import { suiteContext, suiteUri, type TestContext } from './suiteContext.ts';

export interface BatchOutcome {
	plan: Extract<SuiteRunEvent, { type: 'plan' }>;
	trials: Trial[];
	progress: BatchProgress[];
	run: SuiteRun;
	done: Extract<SuiteRunEvent, { type: 'done' }>;
}

/** Runs suites through a wire server with a clock that moves only while a run waits for a batch. */
export class BatchBench {
	readonly folder: string;
	readonly context: TestContext;
	readonly models: Models;
	/** All pauses so far, in milliseconds. */
	readonly pauses: number[] = [];
	/** Called in each pause. */
	onPause: (count: number) => void | Promise<void> = () => undefined;
	#now = Date.parse('2026-11-27T10:00:00Z');

	private constructor(folder: string, wire: WireServer) {
		this.folder = folder;
		this.models = ownOrigins(wire, { maxRetries: 0 }).models;
		this.context = suiteContext(this.models, {
			files: openRunFiles(folder, nodeFiles, { groupMs: 5 }),
			now: () => new Date(this.#now),
			wait: async (milliseconds) => {
				this.#now += milliseconds;
				await this.onPause(this.pauses.push(milliseconds));
			},
		});
		wire.batch.now = () => this.#now;
	}

	static async open(wire: WireServer): Promise<BatchBench> {
		return new BatchBench(await mkdtemp(join(tmpdir(), 'batch-run-')), wire);
	}

	/** Hours that the clock has moved. */
	get hours(): number {
		return this.pauses.reduce((sum, pause) => sum + pause, 0) / 3_600_000;
	}

	run(text: string, options: SuiteRunOptions = {}, onEvent?: (event: SuiteRunEvent) => void): Promise<BatchOutcome> {
		const source = { uri: suiteUri, name: 'a', text, format: 'yaml' } as const;
		return outcome(runSuite(this.context, source, { batch: true, ...options }), onEvent);
	}

	resume(
		runId: string,
		options: ResumeOptions = {},
		onEvent?: (event: SuiteRunEvent) => void,
	): Promise<BatchOutcome> {
		return outcome(resumeRun(this.context, runId, options), onEvent);
	}

	close(): Promise<void> {
		return rm(this.folder, { recursive: true, force: true });
	}
}

async function outcome(
	events: AsyncIterable<SuiteRunEvent>,
	onEvent: (event: SuiteRunEvent) => void = () => undefined,
): Promise<BatchOutcome> {
	const all: SuiteRunEvent[] = [];
	for await (const event of events) {
		all.push(event);
		onEvent(event);
	}
	const [plan] = all;
	const [run, done] = all.slice(-2);
	if (plan?.type !== 'plan' || run?.type !== 'run' || done?.type !== 'done') {
		throw new Error(`The events are ${JSON.stringify(all).slice(0, 2000)}`);
	}
	return {
		plan,
		trials: all.flatMap((event) => (event.type === 'trial' ? [event.trial] : [])),
		progress: all.flatMap((event) => (event.type === 'batch' ? [event.batch] : [])),
		run: run.run,
		done,
	};
}

/** A suite with so many cases, each with a question of its own. */
export function suiteOf(model: string, cases: number, more = ''): string {
	const list = Array.from({ length: cases }, (_, index) => `  - { name: c${index}, query: "<q${index}>" }`);
	return `prompt: draft:a\nmodels: ${model}\ncases:\n${[...list, more].join('\n')}`;
}

/** How often each question was submitted or asked, by question. */
export function askedQuestions(wire: WireServer): Map<string, number> {
	const counts = new Map<string, number>();
	const texts = [
		...wire.batch.batches.flatMap(({ lines }) => lines.map(({ body }) => JSON.stringify(body))),
		...wire.requests.map(({ text }) => text),
	];
	for (const text of texts) {
		for (const [question] of text.matchAll(/<q\d+>/g)) {
			counts.set(question, (counts.get(question) ?? 0) + 1);
		}
	}
	return counts;
}
