/** What a pool sends to its workers, and what they answer. */
export interface NumberedJob<Job> {
	/** From 1. */
	id: number;
	job: Job;
}

export interface WorkerAnswer<Outcome> {
	outcomes: { id: number; outcome: Outcome }[];
	/** The worker does no further jobs: what it computes with can no longer be trusted. */
	spent?: true;
}

/** In the memory that a worker shares with its pool: the number of the job it is busy with, or 0. */
export function jobCell(memory: SharedArrayBuffer): Int32Array {
	return new Int32Array(memory);
}
