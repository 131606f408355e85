import type { Draft, VersionAuthor, VersionReason } from '../common/model.ts';
import { versionedMetadata } from '../prompts/promptMetadata.ts';
import type { Repositories } from '../storage/contract.ts';
import { timestamp, type WorkshopContext } from './context.ts';
import { isTestable } from './rules.ts';

/** Where a draft's new text comes from. */
export interface TextSource {
	reason: VersionReason;
	author: VersionAuthor;
	/** What becomes of the draft's metadata with the text. */
	metadata?: (stored: Record<string, unknown>) => Record<string, unknown>;
}

/**
 * Replaces a draft's text: in its open document as one undoable edit, which is saved, or else in the store. Everything
 * but typing changes a text this way. The new, the stored and the unsaved text are kept as versions, so that none
 * exists only in undo. Concurrent changes of one draft are queued.
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
		const isOpen = await context.documents.replace(draftId, content, (current) =>
			store.write((repositories) => keep(context, repositories, draftId, [current], content)),
		);
		return store.write((repositories) => {
			const now = timestamp(context);
			if (!isOpen) {
				keep(context, repositories, draftId, [], content);
				storeText(repositories, draftId, content, now);
			}
			if (source.metadata) {
				const { metadata } = repositories.drafts.get(draftId);
				repositories.drafts.update(draftId, { metadata: source.metadata(metadata) }, now);
			}
			recordText(repositories, draftId, content, source, now);
			return repositories.drafts.get(draftId);
		});
	});
}

/** Keeps the stored text and the texts `shown` in the editor as versions before `content` replaces them. */
function keep(
	context: WorkshopContext,
	{ drafts, versions }: Repositories,
	draftId: number,
	shown: readonly string[],
	content: string,
): void {
	const { draftContent, metadata } = drafts.get(draftId);
	for (const text of new Set([draftContent, ...shown])) {
		if (text !== '' && text !== content) {
			versions.keep({
				ownerKind: 'draft',
				ownerId: draftId,
				content: text,
				reason: 'save',
				author: 'user',
				metadata: versionedMetadata(metadata),
				now: timestamp(context),
			});
		}
	}
}

/** Adds a version of a draft's text unless the text is empty. */
export function recordText(
	{ drafts, versions }: Repositories,
	draftId: number,
	content: string,
	{ reason, author }: TextSource,
	now: string,
): void {
	if (content !== '') {
		const metadata = versionedMetadata(drafts.get(draftId).metadata);
		versions.record({ ownerKind: 'draft', ownerId: draftId, content, metadata, reason, author, now });
	}
}

/**
 * Stores a draft's text. The status goes back to draft if a committed draft is edited, or if the text becomes too short
 * for the status.
 */
export function storeText({ drafts }: Repositories, draftId: number, content: string, now: string): Draft {
	const before = drafts.get(draftId);
	if (before.draftContent === content) {
		return before;
	}
	const fallsBack = before.status === 'committed' || (before.status !== 'draft' && !isTestable(content));
	return drafts.update(draftId, { draftContent: content, ...(fallsBack && { status: 'draft' as const }) }, now);
}
