import { Worker } from 'node:worker_threads';

export interface CodeWorkerData {
	memory: SharedArrayBuffer;
	/** Bytes of QuickJS' `emscripten-module.wasm`. */
	wasm: Uint8Array;
	/** Milliseconds for one evaluation. */
	limit: number;
}

export interface CodeJob {
	code: string;
	/** An object in JSON, whose properties become global variables. */
	globals: string;
}

/** Why there is no value. `failed`: the code threw, and `message` says what. */
export type CodeFault = 'failed' | 'time' | 'memory' | 'pending' | 'size' | 'broken';

/** The value as JSON, absent if it has none; a number as it is, since JSON has no NaN and no infinity. */
export type CodeOutcome = { json?: string } | { number: number } | { fault: CodeFault; message?: string };

/** Starts a thread that evaluates code in QuickJS. */
export function startCodeWorker(workerData: CodeWorkerData): Worker {
	return new Worker(new URL('./codeWorker.ts', import.meta.url), {
		workerData,
		name: 'code of suites',
		env: {},
		// What QuickJS prints when it aborts is no news: the outcome says it.
		stdout: true,
		stderr: true,
		resourceLimits: { maxOldGenerationSizeMb: 256 },
	});
}
