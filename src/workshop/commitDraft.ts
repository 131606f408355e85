import * as l10n from '@vscode/l10n';
import type { CommitOptions } from '../common/api.ts';
import { AppError } from '../common/errors.ts';
import type { Prompt } from '../common/model.ts';
import { readFileLink } from '../prompts/linkedFile.ts';
import { filedMetadata, versionedMetadata, withVersioned } from '../prompts/promptMetadata.ts';
import type { Store } from '../storage/contract.ts';
import { timestamp, type WorkshopContext } from './context.ts';
import { agreeWithFile } from './linkDraft.ts';
import { checkContentForCommit, checkDescription, checkPromptName, checkPromptTitle } from './rules.ts';

/**
 * Adds the saved text of a draft to the library as a prompt. A taken name is refused; with `updateParent`, the prompt
 * that the draft was cloned from gets the new text and keeps the old one as a version. The prompt gets the draft's suite,
 * if it has one. The text is written into the file that the draft is linked to. An empty description removes it; without one, that of the prompt or draft is used.
 */
export async function commitDraft(context: WorkshopContext, draftId: number, options: CommitOptions): Promise<Prompt> {
	checkPromptName(options.name);
	checkPromptTitle(options.title);
	if (options.description !== undefined) {
		checkDescription(options.description);
	}
	await context.documents.save(draftId);
	const store = await context.store();
	await writeLinkedFile(context, store, draftId);
	return store.write((repositories) => {
		const { drafts, prompts, suites, versions } = repositories;
		const now = timestamp(context);
		const draft = drafts.get(draftId);
		checkContentForCommit(draft.draftContent);
		const own = versionedMetadata(draft.metadata);
		const text = { title: options.title, content: draft.draftContent };
		let prompt: Prompt;
		if (options.updateParent) {
			if (draft.parentPromptName === null || draft.parentPromptName !== options.name) {
				throw new AppError(
					'validation',
					draft.parentPromptName === null
						? l10n.t(
								'This draft was not cloned from a prompt, so there is none to update. Commit it under a new name',
							)
						: l10n.t(
								'This draft was cloned from "{0}", not from "{1}"',
								draft.parentPromptName,
								options.name,
							),
					{ info: { field: 'updateParent' } },
				);
			}
			const old = prompts.get(options.name);
			versions.keep({
				ownerKind: 'prompt',
				ownerId: old.id,
				content: old.content,
				reason: 'save',
				author: 'user',
				metadata: versionedMetadata(old.metadata),
				now,
			});
			const description = options.description ?? old.description;
			const metadata = withVersioned(old.metadata, own);
			prompt = prompts.update(options.name, { ...text, metadata, description: description || null }, now);
		} else {
			if (prompts.has(options.name)) {
				throw new AppError(
					'validation',
					l10n.t('The library already has a prompt named "{0}". Choose another name', options.name),
					{ info: { field: 'name' } },
				);
			}
			const description = options.description ?? draft.draftDescription;
			prompt = prompts.create({
				...text,
				name: options.name,
				description: description || null,
				metadata: filedMetadata(draft.metadata),
				now,
			});
		}
		for (const [ownerKind, ownerId] of [
			['prompt', prompt.id],
			['draft', draftId],
		] as const) {
			versions.record({
				ownerKind,
				ownerId,
				content: draft.draftContent,
				reason: 'commit',
				author: 'user',
				metadata: own,
				label: ownerKind === 'draft' ? `Committed as ${prompt.name}` : null,
				now,
			});
		}
		const suite = suites.get('draft', draftId);
		if (suite !== undefined) {
			suites.put({ ownerKind: 'prompt', ownerId: prompt.id, content: suite, now });
		}
		drafts.update(
			draftId,
			{ status: 'committed', metadata: { ...draft.metadata, committed_as: prompt.name, committed_at: now } },
			now,
		);
		return prompt;
	});
}

/** Before the commit: if the file was changed too, nothing is committed. */
async function writeLinkedFile(context: WorkshopContext, store: Store, draftId: number): Promise<void> {
	const draft = await store.read(({ drafts }) => drafts.get(draftId));
	if (readFileLink(draft.metadata)) {
		checkContentForCommit(draft.draftContent);
		if (await context.linkedFiles.write(draft)) {
			await agreeWithFile(context, draftId, draft.draftContent);
		}
	}
}
