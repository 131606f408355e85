import type { Draft } from '../common/model.ts';
import { checkOfferedNames } from '../prompts/checkOfferedNames.ts';
import type { PromptTool } from '../prompts/promptMetadata.ts';
import { timestamp, type WorkshopContext } from './context.ts';
import { recordText } from './replaceText.ts';

/** Replaces the tools of a draft. `explicit`: the user saved them, so a version is created. */
export async function setTools(
	context: WorkshopContext,
	draftId: number,
	tools: readonly PromptTool[],
	options: { explicit: boolean },
): Promise<Draft> {
	checkOfferedNames(tools.map(({ name }) => name));
	const store = await context.store();
	return store.write((repositories) => {
		const { drafts } = repositories;
		const now = timestamp(context);
		const { metadata, draftContent } = drafts.get(draftId);
		const draft = drafts.update(draftId, { metadata: { ...metadata, tools } }, now);
		if (options.explicit) {
			recordText(repositories, draftId, draftContent, { reason: 'save', author: 'user' }, now);
		}
		return draft;
	});
}
