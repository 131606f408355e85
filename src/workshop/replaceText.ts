import type { Draft, VersionAuthor, VersionReason } from '../common/model.ts';
import type { Repositories } from '../storage/contract.ts';
import { timestamp, type WorkshopContext } from './context.ts';
import { isTestable } from './rules.ts';

/** What makes a draft's new text. */
export interface TextSource {
	reason: VersionReason;
	author: VersionAuthor;
}

/**
 * Replaces a draft's text: as one undoable edit where its document is open, which is saved, or in the store. This is the
 * only way in which anything but typing changes a text. Both texts are kept as versions, so that neither is ever only in
 * undo: the new one, the stored one, and what stands unsaved in the document. Parallel changes of one draft queue.
 */
export async function replaceText(
	context: WorkshopContext,
	draftId: number,
	content: string,
	source: TextSource,
): Promise<Draft> {
	return context.textChanges.run(draftId, async () => {
		const store = await context.store();
		await store.read(({ drafts }) => drafts.get(draftId));
		const isOpen = await context.documents.replace(draftId, content, (present) =>
			store.write((repositories) => keep(context, repositories, draftId, [present], content)),
		);
		return store.write((repositories) => {
			const now = timestamp(context);
			if (!isOpen) {
				keep(context, repositories, draftId, [], content);
				storeText(repositories, draftId, content, now);
			}
			recordText(repositories, draftId, content, source, now);
			return repositories.drafts.get(draftId);
		});
	});
}

/** Keeps the stored text and those `shown` in the editor as versions, before `content` replaces them. */
function keep(
	context: WorkshopContext,
	{ drafts, versions }: Repositories,
	draftId: number,
	shown: readonly string[],
	content: string,
): void {
	for (const text of new Set([drafts.get(draftId).draftContent, ...shown])) {
		if (text !== '' && text !== content) {
			versions.keep({
				ownerKind: 'draft',
				ownerId: draftId,
				content: text,
				reason: 'save',
				author: 'user',
				now: timestamp(context),
			});
		}
	}
}

/** Adds a version of a draft's text; an empty text is none. */
export function recordText(
	{ versions }: Repositories,
	draftId: number,
	content: string,
	source: TextSource,
	now: string,
): void {
	if (content !== '') {
		versions.record({ ownerKind: 'draft', ownerId: draftId, content, ...source, now });
	}
}

/** Stores a draft's text. A committed draft that is edited is a draft again, as is one whose text becomes too short for its status. */
export function storeText({ drafts }: Repositories, draftId: number, content: string, now: string): Draft {
	const before = drafts.get(draftId);
	if (before.draftContent === content) {
		return before;
	}
	const fallsBack = before.status === 'committed' || (before.status !== 'draft' && !isTestable(content));
	return drafts.update(draftId, { draftContent: content, ...(fallsBack && { status: 'draft' as const }) }, now);
}
