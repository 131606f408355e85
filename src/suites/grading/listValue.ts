import * as l10n from '@vscode/l10n';
import { AppError } from '../../common/errors.ts';
import type { RenderedAssertion } from '../graders/grader.ts';
import { wrongValue } from './textValue.ts';

/**
 * The texts of a grader that looks for several: a list, or a text with commas between them. Of a text, items are trimmed
 * and empty ones dropped; one in double quotes keeps its commas and spaces, and `""` or `\"` in it is a quote.
 */
export function listValue({ type, value }: RenderedAssertion): string[] {
	if (Array.isArray(value)) {
		return value.map((item) => String(item));
	}
	if (typeof value !== 'string' || value === '') {
		throw wrongValue(type, l10n.t('a list of texts, or texts with commas between them'));
	}
	return splitList(value);
}

const plain = /[^,]*/y;
const quoted = /\s*"((?:[^"\\]|""|\\[^])*)"\s*/y;
const space = /\s*/y;

function splitList(text: string): string[] {
	const items: string[] = [];
	for (let at = 0; at <= text.length; at++) {
		space.lastIndex = at;
		space.test(text);
		const isQuoted = text[space.lastIndex] === '"';
		const form = isQuoted ? quoted : plain;
		form.lastIndex = at;
		const match = form.exec(text);
		if (!match) {
			throw new AppError('validation', l10n.t('In the list, the quotes that open at {0} do not close', at + 1));
		}
		at = form.lastIndex;
		if (isQuoted && at < text.length && text[at] !== ',') {
			throw new AppError(
				'validation',
				l10n.t('In the list, a comma must follow the quotes that close at {0}', at),
			);
		}
		const item = isQuoted ? (match[1] ?? '').replace(/""|\\"/g, '"') : match[0].trim();
		if (isQuoted || item !== '') {
			items.push(item);
		}
	}
	return items;
}
