import * as l10n from '@vscode/l10n';
import { AppError } from '../common/errors.ts';
import type { AssertionResult, Trial } from '../common/suiteModel.ts';
import { combineResults } from './grading/combineResults.ts';
import type { SuiteCase } from './suite.ts';

export interface HumanAnswer {
	pass: boolean;
	/** 0 to 1; 1 or 0 as `pass` says if absent. */
	score?: number;
	/** Becomes the reason. */
	note?: string;
}

/**
 * The trial after the user has answered the question of a `human` assertion, or has changed the answer: verdict, score and
 * error are worked out again. `at` is the position of the assertion, or that of its set and that in the set. `graded` is
 * the case as the run pinned it. Throws `validation` if there is no such question.
 */
export function answerHuman<T extends Trial>(
	trial: T,
	at: number | readonly [number, number],
	answer: HumanAnswer,
	graded: Pick<SuiteCase, 'assert' | 'threshold'>,
): T {
	const [index, member] = typeof at === 'number' ? [at] : at;
	const assertions = trial.assertions.map((result, position) => {
		if (position !== index) {
			return result;
		}
		return member === undefined
			? answered(result, answer)
			: answeredSet(result, member, answer, graded.assert[index]?.threshold);
	});
	if (index < 0 || index >= assertions.length) {
		throw noQuestion();
	}
	const { verdict, score, reason } = combineResults(assertions, graded.threshold);
	const { error, ...rest } = trial;
	return {
		...rest,
		assertions,
		verdict,
		score,
		...(verdict === 'error' && { error: { code: 'validation', retryable: false, ...error, message: reason } }),
	} as T;
}

function answered(result: AssertionResult, { pass, score = pass ? 1 : 0, note = '' }: HumanAnswer): AssertionResult {
	const isNegated = result.type === 'not-human';
	if (!isNegated && result.type !== 'human') {
		throw noQuestion();
	}
	if (!(score >= 0 && score <= 1)) {
		throw new AppError('validation', l10n.t('A rating is a number from 0 to 1'), { info: { field: 'score' } });
	}
	const { open: _open, ...rest } = result;
	return {
		...rest,
		pass: result.weight === 0 || pass !== isNegated,
		score: isNegated ? 1 - score : score,
		reason: note.trim() || (pass ? l10n.t('You rated the answer as good') : l10n.t('You rated the answer as bad')),
	};
}

/** A set counts its members again, as it did when the answer was graded. */
function answeredSet(
	set: AssertionResult,
	member: number,
	answer: HumanAnswer,
	threshold: number | undefined,
): AssertionResult {
	const { components = [] } = set;
	const one = components[member];
	if (!one) {
		throw noQuestion();
	}
	const results = components.map((result) => (result === one ? answered(one, answer) : result));
	const { verdict, score, reason } = combineResults(results, threshold);
	const { open: _open, ...rest } = set;
	return {
		...rest,
		components: results,
		pass: set.weight === 0 || verdict === 'pass',
		score,
		reason,
		...(verdict === 'error' && !set.error && { open: true }),
	};
}

function noQuestion(): AppError {
	return new AppError('validation', l10n.t('There is no question to you at this place of the trial'), {
		info: { field: 'assertion' },
	});
}
