import { workshopTopic } from '../common/model.ts';
import { versionedMetadata } from '../prompts/promptMetadata.ts';
import type { Repositories } from '../storage/contract.ts';
import { timestamp, type WorkshopContext } from './context.ts';
import { checkDraftContent, checkDraftDescription, checkDraftName } from './rules.ts';

/** A prompt of another tool. */
export interface NewDraft {
	draftName: string;
	draftDescription?: string;
	draftContent: string;
	metadata: Record<string, unknown>;
	/** The text of its suite, once the ids of all drafts are known. */
	suite?: (ids: readonly number[]) => string;
}

/**
 * Stores prompts of other tools as drafts, in one transaction. Each has a chat without messages: no model is asked before
 * the user writes.
 */
export async function importDrafts(context: WorkshopContext, list: readonly NewDraft[]): Promise<number[]> {
	for (const { draftName, draftDescription, draftContent } of list) {
		checkDraftName(draftName);
		checkDraftContent(draftContent);
		if (draftDescription !== undefined) {
			checkDraftDescription(draftDescription);
		}
	}
	const store = await context.store();
	return store.write((repositories) => {
		const now = timestamp(context);
		const ids = list.map((draft) => create(repositories, draft, now));
		for (const [index, { suite }] of list.entries()) {
			const ownerId = ids[index];
			if (suite && ownerId !== undefined) {
				repositories.suites.put({ ownerKind: 'draft', ownerId, content: suite(ids), now });
			}
		}
		return ids;
	});
}

function create({ chats, drafts, versions }: Repositories, draft: NewDraft, now: string): number {
	const { draftName, draftDescription = null, draftContent, metadata } = draft;
	const chat = chats.create({ topic: workshopTopic, title: draftName, now });
	const { id } = drafts.create({
		draftName,
		draftDescription,
		draftContent,
		workshopChatId: chat.id,
		metadata,
		now,
	});
	if (draftContent !== '') {
		versions.record({
			ownerKind: 'draft',
			ownerId: id,
			content: draftContent,
			reason: 'import',
			author: 'import',
			metadata: versionedMetadata(metadata),
			now,
		});
	}
	return id;
}
