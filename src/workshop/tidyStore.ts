import type { WorkshopContext } from './context.ts';
import type { LiveRunKind } from './liveRuns.ts';

const day = 24 * 60 * 60 * 1000;
/** How long deleted items can be restored. */
const trashDays = 30;

/**
 * Runs once after opening. Marks answers and tests that another process was streaming when it ended as interrupted; a
 * living window that still streams one undoes the mark with its next write. The owner also removes what has expired.
 * From then on, what a full disk kept from being stored is stored as soon as the store is writable again.
 */
export async function tidyStore(context: WorkshopContext): Promise<void> {
	const store = await context.store();
	store.onDidChangeStatus((status) => {
		if (status.mode === 'owner') {
			// If that fails, the next status change tries again.
			context.runs.storeUnstored().catch(() => undefined);
		}
	});
	const { mode } = store.status;
	if (mode !== 'owner' && mode !== 'following') {
		return;
	}
	const now = context.now().getTime();
	const running = (kind: LiveRunKind) => context.runs.active.filter((run) => run.kind === kind).map(({ key }) => key);
	await store.write(({ chats, results, trash }) => {
		chats.markInterrupted(running('chat').map(Number));
		results.markInterrupted(running('test'));
		trash.purge(new Date(now - trashDays * day).toISOString());
	});
	if (mode !== 'owner') {
		return;
	}
	await store.blobs.prune(new Date(now - context.settings().keepFullResponses * day));
}
