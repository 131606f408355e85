import * as l10n from '@vscode/l10n';
import { isAppError, throwIfAborted, toAppError } from '../common/errors.ts';
import type { AssertionResult, Verdict } from '../common/suiteModel.ts';
import { graders } from './graders/all.ts';
import type { Grade, Grader, GraderContext, RenderedAssertion } from './graders/grader.ts';
import { combineResults } from './grading/combineResults.ts';
import { transformOutput } from './grading/transformOutput.ts';
import { JudgeError } from './judgeError.ts';

const gradersByType: ReadonlyMap<string, Grader> = new Map(graders.map((grader) => [grader.type, grader]));

/**
 * Grades an answer. Graders that need nothing but the answer run at once, all others side by side. What one throws is an
 * error of the trial with its reason, and the results of the others stay. Rejects only with `cancelled`.
 */
export async function gradeAnswer(
	assertions: readonly RenderedAssertion[],
	threshold: number | undefined,
	context: GraderContext,
): Promise<{ verdict: Verdict; score: number; assertions: AssertionResult[] }> {
	throwIfAborted(context.signal);
	const results = await allResults(assertions, context);
	const { verdict, score } = combineResults(results, threshold);
	return { verdict, score, assertions: results };
}

type Later<T> = T | Promise<T>;

/** A promise only if some grader needs one. */
function allResults(assertions: readonly RenderedAssertion[], context: GraderContext): Later<AssertionResult[]> {
	const ready: AssertionResult[] = [];
	const all = assertions.map((assertion) => {
		const result = gradeOne(assertion, context);
		if (!(result instanceof Promise)) {
			ready.push(result);
		}
		return result;
	});
	return ready.length === all.length ? ready : Promise.all(all.map((result) => Promise.resolve(result)));
}

function gradeOne(assertion: RenderedAssertion, context: GraderContext): Later<AssertionResult> {
	const grader = gradersByType.get(assertion.type);
	if (!grader) {
		return errorResult(assertion, l10n.t('There is no grader "{0}"', assertion.type));
	}
	try {
		if (assertion.transform !== undefined || assertion.members) {
			return gradePrepared(grader, assertion, context);
		}
		const grade = grader.grade(assertion, context);
		return grade instanceof Promise
			? grade.then(
					(found) => resultOf(grader, assertion, found),
					(thrown: unknown) => failedResult(assertion, context, thrown),
				)
			: resultOf(grader, assertion, grade);
	} catch (thrown) {
		return failedResult(assertion, context, thrown);
	}
}

/** Transforms the output and grades the members before the assertion itself. */
async function gradePrepared(
	grader: Grader,
	assertion: RenderedAssertion,
	context: GraderContext,
): Promise<AssertionResult> {
	try {
		const { transform, members } = assertion;
		const transformed =
			transform === undefined
				? context
				: { ...context, answer: { ...context.answer, output: await transformOutput(transform, context) } };
		if (!members) {
			return resultOf(grader, assertion, await grader.grade(assertion, transformed));
		}
		const results = await allResults(members, transformed);
		const result = await gradeSet(grader, assertion, { ...transformed, results });
		return { ...result, components: results };
	} catch (thrown) {
		return failedResult(assertion, context, thrown);
	}
}

async function gradeSet(grader: Grader, set: RenderedAssertion, context: GraderContext): Promise<AssertionResult> {
	try {
		return resultOf(grader, set, await grader.grade(set, context));
	} catch (thrown) {
		return failedResult(set, context, thrown);
	}
}

function resultOf({ negatedScore }: Grader, assertion: RenderedAssertion, grade: Grade): AssertionResult {
	const { type, negate, weight, metric } = assertion;
	const score = clamp(grade.score);
	const result: AssertionResult = {
		type: negate ? `not-${type}` : type,
		pass: grade.pass,
		score,
		reason: grade.reason,
		weight,
	};
	if (metric !== undefined) {
		result.metric = metric;
	}
	if (grade.judged) {
		result.judged = grade.judged;
	}
	if (grade.open) {
		result.open = true;
	} else if (negate) {
		result.pass = !grade.pass;
		result.score = negatedScore === 'keep' ? score : 1 - score;
		result.reason = grade.pass ? l10n.t('{0} (the opposite was expected)', grade.reason) : grade.reason;
	}
	if (weight === 0) {
		// It is shown and never decides, so it must not look like what failed the trial.
		result.pass = true;
	}
	return result;
}

function failedResult(assertion: RenderedAssertion, { signal }: GraderContext, thrown: unknown): AssertionResult {
	throwIfAborted(signal);
	if (isAppError(thrown, 'cancelled')) {
		throw thrown;
	}
	const result = errorResult(assertion, toAppError(thrown).message);
	return thrown instanceof JudgeError ? { ...result, judged: thrown.judged } : result;
}

function errorResult({ type, negate, weight, metric }: RenderedAssertion, reason: string): AssertionResult {
	const named = metric === undefined ? {} : { metric };
	return { type: negate ? `not-${type}` : type, ...named, pass: false, score: 0, reason, weight, error: true };
}

/** A score that is no number says nothing, as 0 does. */
function clamp(score: number): number {
	return score >= 1 ? 1 : score > 0 ? score : 0;
}
