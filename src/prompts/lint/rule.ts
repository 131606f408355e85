import type { LintFix, LintSeverity } from '../../common/api.ts';
import type { PromptKind } from '../../common/model.ts';
import type { PromptVariable } from '../promptMetadata.ts';
import type { LintedPrompt } from './lintedPrompt.ts';

/** What a rule knows of a prompt besides its text. */
export interface LintContext {
	kind: PromptKind;
	/** `provider/model`, if one was chosen. */
	model?: string;
	/** How many tokens the model reads at most, if that is known. */
	contextTokens?: number;
	/** Names of the prompt's own tools. */
	tools: readonly string[];
	/** The declared variables; absent if the text stands alone, so that nothing can be said of them. */
	variables?: readonly PromptVariable[];
}

/** One place where a rule found something. Offsets are in UTF-16 code units; `end` is exclusive. */
export interface LintHit {
	start: number;
	end: number;
	message: string;
	/** Instead of the rule's own. */
	severity?: LintSeverity;
	/** Only if it cannot change what the prompt asks for in a way that its author would not expect. */
	fix?: LintFix;
}

/** One kind of problem that is found in prompts. Its page is `media/lint/<id>.md`. */
export interface LintRule {
	/** Lower case, joined by hyphens. Written into settings and prompts, so it never changes. */
	id: string;
	severity: LintSeverity;
	/** For the settings editor, in English; `npm run manifest` writes it into the manifest. */
	description: string;
	kinds: readonly PromptKind[];
	/** Where the advice comes from: the address of a page, or a book. */
	source: string;
	/**
	 * Yields hits ordered by `start`. Only as many as are shown are taken, so find them one by one. Takes time linear in
	 * the length of the text, whatever is in it.
	 */
	check(prompt: LintedPrompt, context: LintContext): Iterable<LintHit>;
}
