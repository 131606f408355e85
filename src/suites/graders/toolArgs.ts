import * as l10n from '@vscode/l10n';
import { fitsPartly } from '../../common/fitsPartly.ts';
import { shortenValue } from '../grading/shorten.ts';
import { wrongValue } from '../grading/textValue.ts';
import { callsOf, describeCalls } from '../grading/toolCalls.ts';
import type { Grader } from './grader.ts';

export const toolArgs: Grader = {
	type: 'tool-args',
	summary: 'Some call of a tool has these arguments; further ones do not matter.',
	value: {
		description: 'An object with `name`, the tool, and `args`, what a call must have.',
		type: 'object',
		required: ['name', 'args'],
		properties: { name: { type: 'string', minLength: 1 }, args: { type: 'object' } },
		additionalProperties: false,
	},
	grade({ type, value }, { answer }) {
		const { name, args } = (value ?? {}) as { name?: unknown; args?: unknown };
		if (typeof name !== 'string' || name === '' || typeof args !== 'object' || args === null) {
			throw wrongValue(type, l10n.t('an object with "name", the tool, and "args", what a call must have'));
		}
		const calls = callsOf(answer).filter((call) => call.name === name);
		const expected = `${name} ${shortenValue(args)}`;
		if (calls.length === 0) {
			return { pass: false, score: 0, reason: l10n.t('Expected {0}; {1}', expected, describeCalls(answer)) };
		}
		const found = calls.find(({ input }) => fitsPartly(input, args));
		const shown = (found ? [found] : calls.slice(0, 5)).map(({ input }) => shortenValue(input)).join(', ');
		return {
			pass: found !== undefined,
			score: found ? 1 : 0,
			reason: l10n.t('Expected {0}; it was called with {1}', expected, shown),
		};
	},
};
