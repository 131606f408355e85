import type { PromptVersion } from '../common/model.ts';
import { versionedMetadata } from '../prompts/promptMetadata.ts';
import { timestamp, type WorkshopContext } from './context.ts';
import { replaceText } from './replaceText.ts';

/**
 * Makes the text of a version, with its kind, variables and tools, the current one of its draft or prompt. The replaced
 * text is kept as a version.
 */
export async function restoreVersion(context: WorkshopContext, versionId: number): Promise<PromptVersion> {
	const store = await context.store();
	const { ownerKind, ownerId, content, metadata } = await store.read(({ versions }) => versions.get(versionId));
	const source = { reason: 'restore', author: 'user' } as const;
	if (ownerKind === 'draft') {
		await replaceText(context, ownerId, content, { ...source, metadata });
	}
	return store.write(({ prompts, versions }) => {
		const now = timestamp(context);
		const record = { ownerKind, ownerId, now };
		if (ownerKind === 'prompt') {
			const current = prompts.getById(ownerId);
			versions.keep({
				...record,
				content: current.content,
				metadata: versionedMetadata(current.metadata),
				reason: 'save',
				author: 'user',
			});
			prompts.update(current.name, { content, metadata: { ...current.metadata, ...metadata } }, now);
		}
		return versions.record({ ...record, content, metadata, ...source });
	});
}
