import type { MessagePort } from 'node:worker_threads';
import { jobCell, type NumberedJob, type WorkerAnswer } from './workerJobs.ts';

/** Outcomes wait this long for others, in milliseconds: a message costs more than a small job. */
const patience = 5;

/** The worker's side of a pool. `run` must not throw; `isSpent` is asked after each job. */
export function serveJobs<Job, Outcome>(
	port: MessagePort,
	memory: SharedArrayBuffer,
	run: (job: Job) => Outcome,
	isSpent: () => boolean = () => false,
): void {
	const cell = jobCell(memory);
	port.on('message', (jobs: NumberedJob<Job>[]) => {
		let answer: WorkerAnswer<Outcome> = { outcomes: [] };
		let postedAt = performance.now();
		for (const { id, job } of jobs) {
			// The pool ends this thread if the number stays there for too long.
			Atomics.store(cell, 0, id);
			const outcome = run(job);
			Atomics.store(cell, 0, 0);
			answer.outcomes.push({ id, outcome });
			if (isSpent()) {
				port.postMessage({ ...answer, spent: true });
				port.close();
				return;
			}
			if (performance.now() - postedAt > patience) {
				port.postMessage(answer);
				answer = { outcomes: [] };
				postedAt = performance.now();
			}
		}
		port.postMessage(answer);
	});
}
