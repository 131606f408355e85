import * as l10n from '@vscode/l10n';
import type { CloneOptions } from '../common/api.ts';
import { AppError } from '../common/errors.ts';
import { defaultPromptName, type Draft, type Prompt } from '../common/model.ts';
import { versionedMetadata } from '../prompts/promptMetadata.ts';
import { timestamp, type WorkshopContext } from './context.ts';
import type { LiveRun } from './liveRuns.ts';
import { checkContentForCommit, checkDescription, checkPromptName, checkPromptTitle } from './rules.ts';
import { startWorkshop } from './startWorkshop.ts';

export interface NewPrompt {
	name: string;
	title: string;
	content: string;
	description?: string;
	metadata?: Record<string, unknown>;
}

/** Adds a prompt without a draft. */
export async function addPromptToLibrary(context: WorkshopContext, prompt: NewPrompt): Promise<Prompt> {
	checkPromptName(prompt.name);
	checkPromptTitle(prompt.title);
	checkContentForCommit(prompt.content);
	if (prompt.description !== undefined) {
		checkDescription(prompt.description);
	}
	const store = await context.store();
	return store.write(({ prompts, versions }) => {
		const now = timestamp(context);
		const created = prompts.create({ ...prompt, description: prompt.description ?? null, now });
		versions.record({
			ownerKind: 'prompt',
			ownerId: created.id,
			content: created.content,
			reason: 'created',
			author: 'user',
			metadata: versionedMetadata(created.metadata),
			now,
		});
		return created;
	});
}

/** Creates a draft and its chat from a prompt, named "Modified <title>" unless a name is given. */
export async function clonePrompt(
	context: WorkshopContext,
	name: string,
	options: CloneOptions = {},
): Promise<{ draft: Draft; chatId: number; run: LiveRun }> {
	const { cloneName, ...rest } = options;
	return startWorkshop(context, {
		...rest,
		parentPromptName: name,
		...(cloneName !== undefined && { draftName: cloneName }),
	});
}

/** Changes title and description. The name is immutable, and the text is changed by committing a clone. */
export async function updatePrompt(
	context: WorkshopContext,
	name: string,
	patch: { title?: string; description?: string | null },
): Promise<Prompt> {
	if (patch.title !== undefined) {
		checkPromptTitle(patch.title);
	}
	if (patch.description !== undefined && patch.description !== null) {
		checkDescription(patch.description);
	}
	const store = await context.store();
	return store.write(({ prompts }) => prompts.update(name, patch, timestamp(context)));
}

/** Moves a prompt to the trash. The default prompt and the seeded one cannot be deleted. */
export async function deletePrompt(context: WorkshopContext, name: string): Promise<number> {
	const store = await context.store();
	return store.write(({ prompts, trash }) => {
		if (prompts.get(name).isDefault) {
			throw new AppError(
				'validation',
				l10n.t('"{0}" is the default prompt. Make another prompt the default first', name),
			);
		}
		if (name === defaultPromptName) {
			throw new AppError('validation', l10n.t('"{0}" is built in and cannot be deleted', name));
		}
		return trash.removePrompt(name, timestamp(context));
	});
}
