import type { WorkshopContext } from './context.ts';
import type { LiveRunKind } from './liveRuns.ts';

const day = 24 * 60 * 60 * 1000;
/** How long deleted things can be put back. */
const trashDays = 30;

/**
 * Once after opening: answers and tests that another process was streaming when it ended are marked as interrupted; what
 * still streams in a living window takes the mark back with its next words. The owner also removes what is kept no longer.
 * From then on, what a full disk has kept from being stored is stored as soon as the store can be written again.
 */
export async function tidyStore(context: WorkshopContext): Promise<void> {
	const store = await context.store();
	store.onDidChangeStatus((status) => {
		if (status.mode === 'owner') {
			// Where that fails, the next change of the status comes here again.
			context.runs.storeAgain().catch(() => undefined);
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
