import * as l10n from '@vscode/l10n';
import { callsOf, describeCalls, toolNames, toolNamesSchema } from '../grading/toolCalls.ts';
import type { Grader } from './grader.ts';

export const toolSequence: Grader = {
	type: 'tool-sequence',
	summary: 'Tools were called in this order; others may come between them unless `exact` is set.',
	value: {
		description: 'Names of tools in their order, or an object with `names` and `exact`.',
		anyOf: [
			...toolNamesSchema.anyOf,
			{
				type: 'object',
				required: ['names'],
				properties: { names: toolNamesSchema, exact: { type: 'boolean' } },
				additionalProperties: false,
			},
		],
	},
	grade(assertion, { answer }) {
		const { value } = assertion;
		const isObject = typeof value === 'object' && value !== null && 'names' in value;
		const names = toolNames(assertion, isObject ? value.names : value);
		const exact = isObject && 'exact' in value && value.exact === true;
		const calls = callsOf(answer);
		let reached = 0;
		for (const { name } of calls) {
			if (name === names[reached]) {
				reached++;
			}
		}
		const pass = reached === names.length && (!exact || calls.length === names.length);
		const expected = names.join(' → ');
		return {
			pass,
			score: pass ? 1 : 0,
			reason: exact
				? l10n.t('Expected exactly {0}; {1}', expected, describeCalls(answer))
				: l10n.t('Expected the order {0}; {1}', expected, describeCalls(answer)),
		};
	},
};
