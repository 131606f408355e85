import type { Draft } from '../common/model.ts';
import { readFileLink } from '../prompts/linkedFile.ts';
import { versionedMetadata } from '../prompts/promptMetadata.ts';
import type { Repositories } from '../storage/contract.ts';
import { timestamp, type WorkshopContext } from './context.ts';

/**
 * Links a draft to a file whose prompt is `text`. The text is kept as a version, which later changes of either side are
 * compared with. The draft's own text and its time of change stay.
 */
export async function linkDraft(
	context: WorkshopContext,
	draftId: number,
	{ uri, text }: { uri: string; text: string },
): Promise<Draft> {
	const store = await context.store();
	return store.write((repositories) => putLink(repositories, draftId, { uri, text, now: timestamp(context) }));
}

/** Notes the text in which a draft and its file agree now, wherever the file is. A link that has ended stays ended. */
export async function agreeWithFile(context: WorkshopContext, draftId: number, text: string): Promise<void> {
	const store = await context.store();
	await store.write((repositories) => {
		const link = readFileLink(repositories.drafts.get(draftId).metadata);
		if (link) {
			putLink(repositories, draftId, { uri: link.uri, text, now: timestamp(context) });
		}
	});
}

function putLink(
	{ drafts, versions }: Repositories,
	draftId: number,
	{ uri, text, now }: { uri: string; text: string; now: string },
): Draft {
	const { metadata, draftContent, updatedAt } = drafts.get(draftId);
	const isCurrent = draftContent.trim() === text.trim();
	const { id: versionId } = versions.record({
		ownerKind: 'draft',
		ownerId: draftId,
		content: isCurrent ? draftContent : text,
		reason: 'import',
		author: 'import',
		metadata: versionedMetadata(metadata),
		now,
	});
	return drafts.update(draftId, { metadata: { ...metadata, link: { uri, versionId } } }, updatedAt);
}

/**
 * The file of a library prompt is that of the draft which was committed as it. A clone takes it over, so that the file is
 * written when the clone is committed, and its changes are offered once. Returns the clone.
 */
export function takeOverLink(repositories: Repositories, promptName: string, clone: Draft, now: string): Draft {
	const { drafts, versions } = repositories;
	const [from] = drafts
		.list({ status: 'committed' })
		.filter(({ metadata }) => metadata['committed_as'] === promptName && readFileLink(metadata))
		.sort((one, other) => (one.updatedAt < other.updatedAt ? 1 : -1));
	const link = from && readFileLink(from.metadata);
	if (!link) {
		return clone;
	}
	removeLink(repositories, from.id);
	return putLink(repositories, clone.id, { uri: link.uri, text: versions.get(link.versionId).content, now });
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
	await store.write((repositories) => removeLink(repositories, draftId));
}

function removeLink({ drafts }: Repositories, draftId: number): void {
	const { metadata, updatedAt } = drafts.get(draftId);
	const { link: _, ...others } = metadata;
	drafts.update(draftId, { metadata: others }, updatedAt);
}
