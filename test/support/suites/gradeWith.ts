import type { AssertionResult, Verdict } from '../../../src/common/suiteModel.ts';
import { gradeAnswer } from '../../../src/suites/gradeAnswer.ts';
import type { GradedAnswer, GraderContext, RenderedAssertion } from '../../../src/suites/graders/grader.ts';
import { directSandbox } from './directSandbox.ts';

/** An assertion as a reader would give it; `not-` may stand before the type. */
export function assertion(type: string, fields: Partial<RenderedAssertion> = {}): RenderedAssertion {
	return { type: type.replace(/^not-/, ''), negate: type.startsWith('not-'), weight: 1, line: 1, ...fields };
}

/** What graders learn about an answer: nothing but its text, unless `fields` say more. */
export function graderContext(output: string, fields: Partial<GradedAnswer> = {}): GraderContext {
	return {
		answer: { output, prompt: '', query: '', vars: {}, model: null, toolCalls: [], ...fields },
		sandbox: directSandbox,
		signal: new AbortController().signal,
	};
}

/** What one assertion finds in an answer. */
export async function gradeWith(
	one: RenderedAssertion,
	output: string,
	fields: Partial<GradedAnswer> = {},
): Promise<AssertionResult & { verdict: Verdict }> {
	const { verdict, assertions } = await gradeAnswer([one], undefined, graderContext(output, fields));
	const [result] = assertions;
	if (!result) {
		throw new Error('there is no result');
	}
	return { ...result, verdict };
}
