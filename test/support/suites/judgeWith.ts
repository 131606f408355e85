import { gradeAnswer } from '../../../src/suites/gradeAnswer.ts';
import type { GradedAnswer, RenderedAssertion } from '../../../src/suites/graders/grader.ts';
import { createJudge } from '../../../src/suites/judge.ts';
import { AnsweringModels, question } from './answeringModels.ts';
import { graderContext } from './gradeWith.ts';

/** What a judge is asked by an assertion, and what comes of its replies, which are JSON values or texts. */
export async function judgeWith(
	one: RenderedAssertion,
	output: string,
	reply: (asked: string) => unknown,
	fields: Partial<GradedAnswer> = {},
) {
	const models = new AnsweringModels((request) => {
		const given = reply(question(request));
		return typeof given === 'string' ? given : JSON.stringify(given);
	});
	const judge = createJudge({ models, model: 'a/judge' });
	const { verdict, assertions } = await gradeAnswer([one], undefined, { ...graderContext(output, fields), judge });
	const [result] = assertions;
	if (!result) {
		throw new Error('there is no result');
	}
	return { ...result, verdict, requests: models.requests };
}
