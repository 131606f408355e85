import type { TurnEnd } from './turnEnd.ts';

/** What the shared turn view says. The host fills it in the user's language; `{0}`, `{1}` are filled in by the view. */
export interface TurnStrings {
	thinking: string;
	thinkingHidden: string;
	tokens: string;
	waitingForFirstToken: string;
	waitingForTool: string;
	waitingForNext: string;
	answering: string;
	/** How a turn ended, in a word or two. */
	ends: Record<TurnEnd, string>;
	/** What stands under a turn that ended so; a complete one needs nothing, and a failed one has its error. */
	endNotes: Record<Exclude<TurnEnd, 'complete' | 'failed'>, string>;
	/** What a screen reader is told at the end. `{0}`: characters of the answer. */
	endAnnouncements: Record<TurnEnd, string>;
	/** `{0}`: the model that was asked. `{1}`: the model that answered. */
	answeredBy: string;
	articles: string;
	toolRunning: string;
	toolFailed: string;
	toolInput: string;
	code: string;
	copy: string;
	copied: string;
	useAsDraft: string;
	compareWithDraft: string;
	capped: string;
	/** What can be counted of an answer. */
	figureWords: {
		articles: string;
		firstToken: string;
		characters: string;
		tokensIn: string;
		tokensOut: string;
		noTools: string;
		tools: string;
		otherTools: string;
	};
	/** What a comparison says. */
	compareWords: {
		what: string;
		answers: string;
		how: string;
		rendered: string;
		source: string;
		marks: string;
		marksHelp: string;
		unmarked: string;
		noAnswer: string;
		noThinking: string;
	};
	openInEditor: string;
	citationSupported: string;
	citationNotReturned: string;
	citationUnknown: string;
	opensOutside: string;
	retry: string;
	details: string;
	dismiss: string;
}
