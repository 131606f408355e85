import { parentPort, workerData } from 'node:worker_threads';
import { serveJobs } from './serveJobs.ts';
import type { RegexJob, RegexOutcome } from './startRegexWorker.ts';

function match({ pattern, flags, text }: RegexJob): RegexOutcome {
	try {
		return { isMatch: new RegExp(pattern, flags).test(text) };
	} catch (thrown) {
		return { message: thrown instanceof Error ? thrown.message : String(thrown) };
	}
}

// Entry point of a worker thread for regular expressions, which V8 can only stop by ending their thread.
if (parentPort) {
	serveJobs(parentPort, workerData as SharedArrayBuffer, match);
}
