import type { TurnEnd } from '../../common/turnEnd.ts';
import type { TurnStrings } from '../../common/turnStrings.ts';

/** Part of `vscode.l10n`. Placeholders without a value stay, for the page to fill. */
export interface Localiser {
	t(message: string): string;
}

/** How a turn ended, in a word or two. */
export function endWords(l10n: Localiser): Record<TurnEnd, string> {
	return {
		complete: l10n.t('complete'),
		truncated: l10n.t('cut off'),
		refused: l10n.t('refused'),
		tools: l10n.t('ended with tool calls'),
		unknown: l10n.t('ended for an unknown reason'),
		stopped: l10n.t('stopped'),
		failed: l10n.t('failed'),
		interrupted: l10n.t('interrupted'),
	};
}

export function turnStrings(l10n: Localiser): TurnStrings {
	return {
		thinking: l10n.t('Thinking'),
		thinkingHidden: l10n.t('Thinking, which the provider does not show'),
		tokens: l10n.t('{0} tokens'),
		waitingForFirstToken: l10n.t('Waiting for the first token · {0}'),
		waitingForTool: l10n.t('Waiting for the tool · {0}'),
		waitingForNext: l10n.t('Waiting for the answer · {0}'),
		answering: l10n.t('Answering · {0}'),
		ends: endWords(l10n),
		endNotes: {
			truncated: l10n.t('Cut off at the limit of output tokens (setting promptWorkshop.maxTokens).'),
			refused: l10n.t('The model declined to answer.'),
			tools: l10n.t('The answer ended with tool calls that could not be run.'),
			unknown: l10n.t('The provider ended the answer for a reason that is not known.'),
			stopped: l10n.t('Stopped. What had arrived is kept.'),
			interrupted: l10n.t(
				'Interrupted: the editor or the connection ended before the answer did. What had arrived is kept.',
			),
		},
		endAnnouncements: {
			complete: l10n.t('The answer is complete: {0} characters'),
			truncated: l10n.t('The answer was cut off after {0} characters'),
			refused: l10n.t('The answer was refused after {0} characters'),
			tools: l10n.t('The answer ended with tool calls that could not be run, after {0} characters'),
			unknown: l10n.t('The answer ended for an unknown reason after {0} characters'),
			stopped: l10n.t('The answer was stopped after {0} characters'),
			failed: l10n.t('The answer failed after {0} characters'),
			interrupted: l10n.t('The answer was interrupted after {0} characters'),
		},
		answeredBy: l10n.t('{0}, answered by {1}'),
		articles: l10n.t('{0} articles'),
		toolRunning: l10n.t('running'),
		toolFailed: l10n.t('failed'),
		toolInput: l10n.t('What the tool was asked'),
		code: l10n.t('code'),
		copy: l10n.t('Copy'),
		copied: l10n.t('Copied'),
		useAsDraft: l10n.t('Use as draft'),
		compareWithDraft: l10n.t('Compare with draft'),
		capped: l10n.t('Only the first {0} of {1} characters are shown here.'),
		openInEditor: l10n.t('Open in editor'),
		figureWords: {
			articles: l10n.t('{0} articles'),
			firstToken: l10n.t('first token {0}'),
			characters: l10n.t('{0} characters'),
			tokensIn: l10n.t('{0} tokens in'),
			tokensOut: l10n.t('{0} tokens out'),
			noTools: l10n.t('no tools'),
			tools: l10n.t('tools: {0}'),
			otherTools: l10n.t('other tools'),
		},
		compareWords: {
			what: l10n.t('What is compared'),
			answers: l10n.t('Answers'),
			how: l10n.t('How it is shown'),
			rendered: l10n.t('Rendered'),
			source: l10n.t('Source'),
			marks: l10n.t('Mark differences'),
			marksHelp: l10n.t(
				'On the left, what none of the others says is struck through. In the others, what the left does not say is underlined.',
			),
			unmarked: l10n.t('Most words differ, so the differences are not marked.'),
			noAnswer: l10n.t('No answer was returned.'),
			noThinking: l10n.t('No thinking was returned.'),
		},
		citationSupported: l10n.t('supported: a tool of this run returned this article'),
		citationNotReturned: l10n.t('not returned: the topic has this article, but no tool of this run returned it'),
		citationUnknown: l10n.t('unknown: the topic has no such article'),
		opensOutside: l10n.t('Leads to {0}'),
		retry: l10n.t('Retry'),
		details: l10n.t('Details'),
		dismiss: l10n.t('Dismiss'),
	};
}
