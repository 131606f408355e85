import type { Store } from '../../storage/contract.ts';
import { pruneRuns } from '../../suites/pruneRuns.ts';
import type { RunFiles } from '../../suites/suiteContext.ts';

/**
 * Marks runs whose process has ended as interrupted. A run that goes on in another window still has
 * its claim, which ends with its process.
 */
export async function markInterruptedRuns(store: Store, here: readonly string[]): Promise<void> {
	const { mode } = store.status;
	if (mode !== 'owner' && mode !== 'following') {
		return;
	}
	const running = await store.read(({ runs }) => runs.list().filter(({ status }) => status === 'running'));
	const alive = new Set(here);
	const releases: (() => Promise<void>)[] = [];
	try {
		for (const { runId } of running) {
			const release = alive.has(runId) ? undefined : await store.claims.take(`run-${runId}`);
			if (release) {
				releases.push(release);
			} else {
				alive.add(runId);
			}
		}
		if (releases.length > 0) {
			await store.write(({ runs }) => runs.markInterrupted([...alive]));
		}
	} finally {
		await Promise.all(releases.map((release) => release()));
	}
}

/** Removes the oldest runs of each suite beyond the newest `keep`. */
export async function removeOldRuns(
	store: Store,
	files: Pick<RunFiles, 'remove'>,
	keep: number,
	here: readonly string[],
): Promise<void> {
	const records = {
		list: () => store.read(({ runs }) => runs.list()),
		remove: (runId: string) =>
			store.write(({ runs }) => {
				runs.remove(runId);
			}),
	};
	await pruneRuns(files, records, keep, new Set(here));
}
