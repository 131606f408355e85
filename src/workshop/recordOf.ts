import type { RecordOwner } from '../common/api.ts';
import type { Draft, Prompt } from '../common/model.ts';
import type { Repositories } from '../storage/contract.ts';

/** The draft or prompt that an owner names. Throws `not-found` if it was deleted. */
export function recordOf({ drafts, prompts }: Repositories, owner: RecordOwner): Draft | Prompt {
	return 'draftId' in owner ? drafts.get(owner.draftId) : prompts.get(owner.promptName);
}
