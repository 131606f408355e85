import * as l10n from '@vscode/l10n';
import type { RenderedAssertion } from '../graders/grader.ts';
import { wrongValue } from './textValue.ts';

export const countSchema = { type: ['integer', 'string', 'null'], minimum: 0, description: 'A whole number.' };

/** A whole number from 0, also as the text of a variable; 1 if there is no value. */
export function countValue({ type, value }: RenderedAssertion): number {
	if (value === undefined || value === null) {
		return 1;
	}
	const count = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	if (typeof count !== 'number' || !Number.isInteger(count) || count < 0) {
		throw wrongValue(type, l10n.t('a whole number'));
	}
	return count;
}
