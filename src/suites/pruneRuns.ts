import type { RunFiles, RunRecords } from './suiteContext.ts';

/** Rows of runs that can be removed. */
export type RemovableRunRecords = Pick<RunRecords, 'list'> & { remove(runId: string): Promise<void> };

/**
 * Removes the oldest runs of each suite, beyond its newest `keep`, with their trials; never one that is running, is a baseline
 * or is in `keepIds`, which take none of the places. Resolves to the ids of those removed.
 */
export async function pruneRuns(
	files: Pick<RunFiles, 'remove'>,
	records: RemovableRunRecords,
	keep: number,
	keepIds: ReadonlySet<string> = new Set(),
): Promise<string[]> {
	const kept = new Map<string, number>();
	const removed: string[] = [];
	for (const { runId, suite, status, blessedAt } of await records.list()) {
		if (status === 'running' || blessedAt !== undefined || keepIds.has(runId)) {
			continue;
		}
		const count = (kept.get(suite) ?? 0) + 1;
		kept.set(suite, count);
		if (count > keep) {
			// The row last: a run whose trials could not be removed is still there for the next time.
			await files.remove(runId);
			await records.remove(runId);
			removed.push(runId);
		}
	}
	return removed;
}
