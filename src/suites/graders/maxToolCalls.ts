import * as l10n from '@vscode/l10n';
import { wrongValue } from '../grading/textValue.ts';
import { callsOf, describeCalls } from '../grading/toolCalls.ts';
import type { Grader } from './grader.ts';

const limit = { type: ['integer', 'string'], minimum: 0 };

export const maxToolCalls: Grader = {
	type: 'max-tool-calls',
	summary: 'At most this many tool calls were made, to any tool or to one.',
	value: {
		description: 'A whole number, or an object with `name` and `max`.',
		anyOf: [
			limit,
			{
				type: 'object',
				required: ['name', 'max'],
				properties: { name: { type: 'string', minLength: 1 }, max: limit },
				additionalProperties: false,
			},
		],
	},
	grade({ type, value }, { answer }) {
		const { name, max } = (typeof value === 'object' && value !== null ? value : { max: value }) as {
			name?: unknown;
			max?: unknown;
		};
		const most = typeof max === 'string' && max.trim() !== '' ? Number(max) : max;
		if (!Number.isInteger(most) || !(name === undefined || typeof name === 'string')) {
			throw wrongValue(type, l10n.t('a whole number, or an object with "name" and "max"'));
		}
		const count = callsOf(answer).filter((call) => name === undefined || call.name === name).length;
		const pass = count <= Number(most);
		const calls = describeCalls(answer);
		return {
			pass,
			score: pass ? 1 : 0,
			reason:
				name === undefined
					? l10n.t('Tool calls: {0}; expected at most {1}; {2}', count, Number(most), calls)
					: l10n.t('Calls of {1}: {0}; expected at most {2}; {3}', count, name, Number(most), calls),
		};
	},
};
