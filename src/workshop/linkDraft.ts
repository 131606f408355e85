import type { Draft } from '../common/model.ts';
import { readFileLink } from '../prompts/linkedFile.ts';
import { versionedMetadata } from '../prompts/promptMetadata.ts';
import { timestamp, type WorkshopContext } from './context.ts';

/**
 * Links a draft to a file whose prompt is `text`, or notes that both agree in it: the text is kept as a version, which
 * later changes of either side are compared with. The draft's own text and its time of change stay.
 */
export async function linkDraft(
	context: WorkshopContext,
	draftId: number,
	{ uri, text }: { uri: string; text: string },
): Promise<Draft> {
	const store = await context.store();
	return store.write(({ drafts, versions }) => {
		const { metadata, draftContent, updatedAt } = drafts.get(draftId);
		const isCurrent = draftContent.trim() === text.trim();
		const { id: versionId } = versions.record({
			ownerKind: 'draft',
			ownerId: draftId,
			content: isCurrent ? draftContent : text,
			reason: 'import',
			author: 'import',
			metadata: versionedMetadata(metadata),
			now: timestamp(context),
		});
		return drafts.update(draftId, { metadata: { ...metadata, link: { uri, versionId } } }, updatedAt);
	});
}

/** The file of a draft has another address. */
export async function moveLink(context: WorkshopContext, draftId: number, uri: string): Promise<void> {
	const store = await context.store();
	await store.write(({ drafts }) => {
		const { metadata, updatedAt } = drafts.get(draftId);
		const link = readFileLink(metadata);
		if (link) {
			drafts.update(draftId, { metadata: { ...metadata, link: { ...link, uri } } }, updatedAt);
		}
	});
}

/** Ends the link of a draft; the file stays as it is. */
export async function unlinkDraft(context: WorkshopContext, draftId: number): Promise<void> {
	const store = await context.store();
	await store.write(({ drafts }) => {
		const { metadata, updatedAt } = drafts.get(draftId);
		const { link: _, ...others } = metadata;
		drafts.update(draftId, { metadata: others }, updatedAt);
	});
}
