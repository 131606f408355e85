import * as l10n from '@vscode/l10n';
import { AppError } from '../../common/errors.ts';
import type { RenderedAssertion } from '../graders/grader.ts';

export const textSchema = {
	type: ['string', 'number'],
	minLength: 1,
	description: 'A text that is not empty.',
};

/** The value of a grader that looks for one text. Throws if it is no text or number, or empty, which every answer would fit. */
export function textValue({ type, value }: RenderedAssertion): string {
	const text = typeof value === 'number' ? String(value) : value;
	if (typeof text !== 'string' || text === '') {
		throw wrongValue(type, l10n.t('a text that is not empty'));
	}
	return text;
}

/** The error of a value that a grader cannot use. */
export function wrongValue(type: string, expected: string): AppError {
	return new AppError('validation', l10n.t('"{0}" needs a value: {1}', type, expected), { info: { field: 'value' } });
}

/** The error of an assertion without the threshold that it needs. */
export function missingThreshold(type: string, meaning: string): AppError {
	return new AppError('validation', l10n.t('"{0}" needs a threshold: {1}', type, meaning), {
		info: { field: 'threshold' },
	});
}
