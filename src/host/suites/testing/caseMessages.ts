import * as l10n from '@vscode/l10n';
import { cutText } from '../../../common/cutText.ts';
import type { AssertionResult, Trial } from '../../../common/suiteModel.ts';
import { visibleText } from '../../../common/visibleText.ts';
import { renderCase } from '../../../suites/renderCase.ts';
import type { SuiteCase } from '../../../suites/suite.ts';

/** Why an answer did not pass, as VS Code's peek shows it. */
export interface CaseMessage {
	text: string;
	/** Both or none: VS Code shows them as a diff. */
	expected?: string;
	actual?: string;
}

export type ReportedTrial = Pick<Trial, 'variant' | 'repeat' | 'verdict' | 'assertions' | 'error'> & {
	/** The answer; undefined if it is not known in full length. */
	output?: string | undefined;
};

const maxText = 2_000;
const maxSide = 50_000;

/** Graders whose value is what the whole answer should be. The value of others says only what is in it. */
const wholeAnswer = new Set(['equals', 'levenshtein', 'rouge-n', 'numeric', 'factuality']);

/** For each assertion of a case the answer that it expects, or undefined if it expects none in particular. */
export function expectedAnswers(one: SuiteCase): (string | undefined)[] {
	try {
		return renderCase(one).assert.map(({ type, negate, value }) =>
			wholeAnswer.has(type) && !negate && (typeof value === 'string' || typeof value === 'number')
				? String(value)
				: undefined,
		);
	} catch {
		// A case whose variables have no value is an error of its trials, which say so.
		return [];
	}
}

/** Why a trial did not pass; empty if it did. `prefix` names the answer where a case has several. */
export function trialMessages(
	{ verdict, assertions, error, output }: ReportedTrial,
	expected: readonly (string | undefined)[],
	prefix = '',
): CaseMessage[] {
	if (verdict === 'pass') {
		return [];
	}
	const shown = (text: string) => cutText(visibleText(prefix + text), maxText);
	if (verdict === 'error') {
		const reasons = error ? [error.message] : assertions.filter((one) => one.error).map(({ reason }) => reason);
		return (reasons.length > 0 ? reasons : [l10n.t('The answer could not be graded')]).map((reason) => ({
			text: shown(reason),
		}));
	}
	const messages = assertions.flatMap((assertion, index) => {
		if (assertion.pass) {
			return [];
		}
		const wanted = expected[index];
		return lostParts(assertion).map(({ reason, type }): CaseMessage => {
			const text = shown(reason || l10n.t('{0} did not hold', type));
			return wanted === undefined || output === undefined || output.length > maxSide
				? { text }
				: { text, expected: visibleText(wanted), actual: visibleText(output) };
		});
	});
	return messages.length > 0 ? messages : [{ text: shown(l10n.t('The score is below the threshold of the case')) }];
}

/** The parts of a set that did not hold, at any depth. */
function lostParts(assertion: AssertionResult): AssertionResult[] {
	const lost = (assertion.components ?? []).filter(({ pass }) => !pass);
	return lost.length > 0 ? lost.flatMap(lostParts) : [assertion];
}
