import type { PromptReference } from '../../../common/suiteModel.ts';
import type { CaseEntry } from './caseEntry.ts';

/** What a result was found with. */
export interface ResultBasis {
	/** Hash of the case. */
	hash: string;
	/** The prompts that answered it, as they were. */
	prompts: readonly { reference: PromptReference; hash: string }[];
}

/** Whether a result no longer says anything about the case and its prompts as they are now. A prompt that is gone has no hash. */
export function isOutdated(
	{ hash, prompts }: ResultBasis,
	entry: Pick<CaseEntry, 'hash'>,
	hashes: ReadonlyMap<PromptReference, string | undefined>,
): boolean {
	return hash !== entry.hash || prompts.some((prompt) => hashes.get(prompt.reference) !== prompt.hash);
}
