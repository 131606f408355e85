import * as l10n from '@vscode/l10n';
import { callsOf, describeCalls, toolNames, toolNamesSchema } from '../grading/toolCalls.ts';
import type { Grader } from './grader.ts';

export const toolCalled: Grader = {
	type: 'tool-called',
	summary: 'A tool was called, or each of several.',
	value: toolNamesSchema,
	grade(assertion, { answer }) {
		const called = new Set(callsOf(answer).map(({ name }) => name));
		const missing = toolNames(assertion, assertion.value).filter((name) => !called.has(name));
		const calls = describeCalls(answer);
		return missing.length === 0
			? { pass: true, score: 1, reason: l10n.t('The expected tools were called: {0}', calls) }
			: { pass: false, score: 0, reason: l10n.t('Not called: {0}; {1}', missing.join(', '), calls) };
	},
};
