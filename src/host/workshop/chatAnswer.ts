import type { Message } from '../../common/model.ts';
import type { LiveRun } from '../../workshop/liveRuns.ts';
import type { WorkshopServices } from './workshopServices.ts';

/** Shows the chat that an answer streams into, waits for its end and returns the message. */
export async function chatAnswer(services: WorkshopServices, draftId: number, run: LiveRun): Promise<Message> {
	await services.panels.open(draftId, { show: 'chat' });
	await run.finished;
	const store = await services.openStore();
	return store.read(({ chats }) => chats.message(Number(run.key)));
}
