import type { PromptVersion } from '../common/model.ts';
import { timestamp, type WorkshopContext } from './context.ts';
import { replaceText } from './replaceText.ts';

/** Makes the text of a version the present text of its draft or prompt; the text before it is kept as a version. */
export async function restoreVersion(context: WorkshopContext, versionId: number): Promise<PromptVersion> {
	const store = await context.store();
	const { ownerKind, ownerId, content } = await store.read(({ versions }) => versions.get(versionId));
	const source = { reason: 'restore', author: 'user' } as const;
	if (ownerKind === 'draft') {
		await replaceText(context, ownerId, content, source);
	}
	return store.write(({ prompts, versions }) => {
		const now = timestamp(context);
		const record = { ownerKind, ownerId, now };
		if (ownerKind === 'prompt') {
			const present = prompts.getById(ownerId);
			versions.keep({ ...record, content: present.content, reason: 'save', author: 'user' });
			prompts.update(present.name, { content }, now);
		}
		return versions.record({ ...record, content, ...source });
	});
}
