import type { FilingPatch, RecordOwner } from '../common/api.ts';
import type { Draft, Prompt } from '../common/model.ts';
import { checkFolder, checkTags, movedFolder } from '../prompts/filing.ts';
import { readFiling } from '../prompts/promptMetadata.ts';
import type { Repositories } from '../storage/contract.ts';
import type { WorkshopContext } from './context.ts';
import { recordOf } from './recordOf.ts';

/** One draft or prompt and what is to be changed about where it is filed. */
export interface FilingChange {
	owner: RecordOwner;
	filing: FilingPatch;
}

/**
 * Changes tags, folder and favourite of one draft or prompt. This is no edit of its text: there is no new version, and it
 * keeps its time of change.
 */
export async function setTags(
	context: WorkshopContext,
	owner: RecordOwner,
	given: FilingPatch,
): Promise<Draft | Prompt> {
	const filing = checkedFiling(given);
	const store = await context.store();
	return store.write((repositories) => applyFiling(repositories, { owner, filing }));
}

/** Like `setTags`, for many in one transaction. Resolves to the changes that undo it. */
export async function fileRecords(context: WorkshopContext, changes: readonly FilingChange[]): Promise<FilingChange[]> {
	const checked = changes.map(({ owner, filing }) => ({ owner, filing: checkedFiling(filing) }));
	const store = await context.store();
	return store.write((repositories) => applyAll(repositories, checked));
}

/** Renames a folder of the drafts or of the library: moves everything in it and below it. Resolves to the changes that undo it. */
export async function moveFolder(
	context: WorkshopContext,
	{ of, from, to }: { of: 'drafts' | 'prompts'; from: string; to: string },
): Promise<FilingChange[]> {
	const target = checkFolder(to);
	const store = await context.store();
	return store.write((repositories) => {
		const moved = ({ metadata }: { metadata: Record<string, unknown> }) =>
			movedFolder(readFiling(metadata).folder, from, target);
		const owners: { owner: RecordOwner; folder: string | undefined }[] =
			of === 'drafts'
				? repositories.drafts.list().map((draft) => ({ owner: { draftId: draft.id }, folder: moved(draft) }))
				: repositories.prompts
						.list()
						.map((prompt) => ({ owner: { promptName: prompt.name }, folder: moved(prompt) }));
		return applyAll(
			repositories,
			owners.flatMap(({ owner, folder }) =>
				folder === undefined ? [] : [{ owner, filing: { folder: checkFolder(folder) } }],
			),
		);
	});
}

function applyAll(repositories: Repositories, changes: readonly FilingChange[]): FilingChange[] {
	return changes.flatMap((change) => {
		const { owner, filing } = change;
		// A list on the screen may be older than a deletion in another window.
		if (!exists(repositories, owner)) {
			return [];
		}
		const { tags, folder, favourite } = readFiling(recordOf(repositories, owner).metadata);
		applyFiling(repositories, change);
		return {
			owner,
			filing: {
				...(filing.tags !== undefined && { tags }),
				...(filing.folder !== undefined && { folder }),
				...(filing.favourite !== undefined && { favourite }),
			},
		};
	});
}

function checkedFiling({ tags, folder, favourite }: FilingPatch): FilingPatch {
	return {
		...(tags !== undefined && { tags: checkTags(tags) }),
		...(folder !== undefined && { folder: checkFolder(folder) }),
		...(favourite !== undefined && { favourite }),
	};
}

function applyFiling(repositories: Repositories, { owner, filing }: FilingChange): Draft | Prompt {
	const { metadata, updatedAt } = recordOf(repositories, owner);
	const patch = { metadata: { ...metadata, ...filing } };
	return 'draftId' in owner
		? repositories.drafts.update(owner.draftId, patch, updatedAt)
		: repositories.prompts.update(owner.promptName, patch, updatedAt);
}

function exists({ drafts, prompts }: Repositories, owner: RecordOwner): boolean {
	return 'draftId' in owner ? drafts.has(owner.draftId) : prompts.has(owner.promptName);
}
