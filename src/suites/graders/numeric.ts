import * as l10n from '@vscode/l10n';
import { findNumbers, type FoundNumber } from '../grading/findNumbers.ts';
import { shorten } from '../grading/shorten.ts';
import { wrongValue } from '../grading/textValue.ts';
import type { Grader, RenderedAssertion } from './grader.ts';

/** What floating point may add to a number that is otherwise right, as a share of it. */
const rounding = 1e-9;
const picks = ['last', 'first', 'any'] as const;

interface Expected {
	number: FoundNumber;
	/** In the unit of the expected number. */
	tolerance: number;
	pick: (typeof picks)[number];
	decimalComma: boolean;
}

export const numeric: Grader = {
	type: 'numeric',
	summary:
		'The last number of the answer (or the first or any, with `pick`) is the expected one, within a tolerance. Units are converted, thousands separators understood.',
	value: {
		description: 'A number such as 12 or "1,200 km", or an object with `value`, `tolerance`, `pick` and `decimal`.',
		anyOf: [
			{ type: ['number', 'string'] },
			{
				type: 'object',
				required: ['value'],
				properties: {
					value: { type: ['number', 'string'] },
					tolerance: { type: ['number', 'string'] },
					pick: { enum: [...picks] },
					decimal: { enum: ['.', ','] },
				},
				additionalProperties: false,
			},
		],
	},
	threshold: 'The largest difference that passes, in the unit of the value; 0 if absent.',
	grade(assertion, { answer: { output } }) {
		const expected = readExpected(assertion);
		const numbers = findNumbers(output, expected.decimalComma).filter(
			({ unit }) => unit === undefined || !expected.number.unit || unit.kind === expected.number.unit.kind,
		);
		const chosen =
			expected.pick === 'any' ? numbers : numbers.slice(...(expected.pick === 'first' ? [0, 1] : [-1]));
		const pass = chosen.some((number) => isNear(number, expected));
		const wanted =
			expected.tolerance > 0 ? `${expected.number.text} ± ${expected.tolerance}` : expected.number.text;
		if (chosen.length === 0) {
			const reason = l10n.t('The answer has no number like {0}: {1}', wanted, shorten(output));
			return { pass: false, score: 0, reason };
		}
		const came = chosen.find((number) => isNear(number, expected)) ?? chosen[0];
		return {
			pass,
			score: pass ? 1 : 0,
			reason: l10n.t('Expected {0}; the answer gives {1}: {2}', wanted, came?.text ?? '', shorten(output)),
		};
	},
};

/** A number without a unit is taken to be in the unit of the other one. */
function isNear({ value, unit }: FoundNumber, { number, tolerance }: Expected): boolean {
	const inUnit = unit && number.unit ? (value * unit.factor) / number.unit.factor : value;
	return Math.abs(inUnit - number.value) <= tolerance + Math.abs(number.value) * rounding;
}

function readExpected({ type, value, threshold }: RenderedAssertion): Expected {
	const fields = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : { value };
	const decimalComma = fields.decimal === ',';
	const { pick = 'last' } = fields;
	const number = readNumber(fields.value, decimalComma);
	const tolerance = readTolerance(fields.tolerance ?? threshold ?? 0, number, decimalComma);
	if (!number || tolerance === undefined || !picks.includes(pick as Expected['pick'])) {
		throw wrongValue(
			type,
			l10n.t('a number such as 12 or "1,200 km", or an object with "value", "tolerance" and "pick"'),
		);
	}
	return { number, tolerance, pick: pick as Expected['pick'], decimalComma };
}

function readNumber(value: unknown, decimalComma: boolean): FoundNumber | undefined {
	if (typeof value === 'number') {
		return { value, text: String(value) };
	}
	const numbers = typeof value === 'string' ? findNumbers(value, decimalComma) : [];
	return numbers.length === 1 ? numbers[0] : undefined;
}

/** A number, or a share of the expected value such as `5%`. */
function readTolerance(written: unknown, of: FoundNumber | undefined, decimalComma: boolean): number | undefined {
	const tolerance = readNumber(written, decimalComma);
	if (!tolerance || !of || tolerance.value < 0) {
		return undefined;
	}
	if (tolerance.unit?.kind === 'share' && of.unit?.kind !== 'share') {
		return Math.abs(of.value) * tolerance.value * tolerance.unit.factor;
	}
	const { unit, value } = tolerance;
	return unit && of.unit && unit.kind === of.unit.kind ? (value * unit.factor) / of.unit.factor : value;
}
