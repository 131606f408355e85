import { cutText } from '../../common/cutText.ts';
import type { AssertionResult, StoredTrial } from '../../common/suiteModel.ts';
import type { TrialSummary } from '../suiteContext.ts';

/** Characters of a question and of an answer. */
export const previewLength = 500;

function withoutJudged({ judged: _judged, components, ...assertion }: AssertionResult): AssertionResult {
	return { ...assertion, ...(components && { components: components.map(withoutJudged) }) };
}

/** What tables show of a trial. */
export function trialSummary(trial: StoredTrial): TrialSummary {
	const { turn: _turn, earlier: _earlier, requests: _requests, citations: _citations, output, ...rest } = trial;
	return {
		...rest,
		query: cutText(trial.query, previewLength),
		assertions: trial.assertions.map(withoutJudged),
		preview: cutText(output, previewLength),
	};
}
