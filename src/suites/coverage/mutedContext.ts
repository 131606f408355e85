import type { PromptReference } from '../../common/suiteModel.ts';
import { textHash } from '../../disk/textHash.ts';
import { ownSuite } from '../asideSuite.ts';
import type { SuiteContext } from '../suiteContext.ts';

/** A prompt without some of its rules. */
export interface MutedPrompt {
	/** The prompt that it is a part of. */
	of: PromptReference;
	label: string;
	text: string;
}

/** A context that knows muted prompts too, by the references under which a run asks for them. */
export function mutedContext(context: SuiteContext, prompts: ReadonlyMap<PromptReference, MutedPrompt>): SuiteContext {
	return {
		...context,
		async resolvePrompt(reference, suiteUri) {
			const muted = prompts.get(reference);
			const found = await context.resolvePrompt(muted?.of ?? reference, ownSuite(suiteUri));
			return muted
				? { ...found, reference, label: muted.label, text: muted.text, hash: textHash(muted.text) }
				: found;
		},
		readCaseFile: (path, suiteUri) => context.readCaseFile(path, ownSuite(suiteUri)),
	};
}
