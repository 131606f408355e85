import assert from 'node:assert/strict';
import { isAppError } from '../../../src/common/errors.ts';
import type { Verdict } from '../../../src/common/suiteModel.ts';
import { gradeAnswer } from '../../../src/suites/gradeAnswer.ts';
import { renderCase } from '../../../src/suites/renderCase.ts';
import type { SuiteCase } from '../../../src/suites/suite.ts';
import { graderContext } from '../suites/gradeWith.ts';

/** What our graders say of an answer to a case. A case that cannot be rendered is an error. */
export async function verdictOf(one: SuiteCase | undefined, output: string): Promise<Verdict> {
	assert.ok(one, 'there is no case');
	try {
		const context = graderContext(output, { vars: one.vars });
		return (await gradeAnswer(renderCase(one).assert, one.threshold, context)).verdict;
	} catch (thrown) {
		assert.ok(isAppError(thrown, 'validation'));
		return 'error';
	}
}
