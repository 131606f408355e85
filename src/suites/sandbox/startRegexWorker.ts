import { Worker } from 'node:worker_threads';

export interface RegexJob {
	pattern: string;
	flags: string;
	text: string;
}

/** `message`: V8 does not accept the expression, or gave up on it. */
export type RegexOutcome = { isMatch: boolean } | { message: string };

/** Starts a thread that matches regular expressions. */
export function startRegexWorker(memory: SharedArrayBuffer): Worker {
	return new Worker(new URL('./regexWorker.ts', import.meta.url), {
		workerData: memory,
		name: 'regular expressions',
		env: {},
		resourceLimits: { maxOldGenerationSizeMb: 256 },
	});
}
