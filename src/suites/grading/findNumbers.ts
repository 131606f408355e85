import { unitOf, type Unit } from './units.ts';

export interface FoundNumber {
	value: number;
	unit?: Unit;
	/** As it stands in the text, with its unit. */
	text: string;
}

const magnitudes: Record<string, number> = {
	k: 1e3,
	thousand: 1e3,
	M: 1e6,
	mio: 1e6,
	million: 1e6,
	millions: 1e6,
	bn: 1e9,
	B: 1e9,
	billion: 1e9,
	billions: 1e9,
	trillion: 1e12,
};
const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/**
 * A sign, a currency, digits with separators, a power of ten, and the word behind them. Lengths are bounded, so that time
 * is linear.
 */
const number =
	/(?<![\p{L}\p{N}_]|[\p{L}\p{N}_][.,])(?<sign>[-−+–]\s?)?(?<before>[$€£¥]\s?)?(?<minus>[-−])?(?<digits>\d{1,3}(?:[\u0020\u00a0\u2009\u202f'’_]\d{3}){1,10}(?!\d)(?:[.,]\d{1,30})?|\d{1,30}(?:[.,]\d{1,30}){0,12}|[.,]\d{1,30})(?:[eE](?<e>[-+]?\d{1,3})|\s?[×x*·]\s?10(?:\^\{?(?<power>[-−+]?\d{1,3})\}?|(?<raised>[⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})))?(?<space>[\u0020\u00a0\u2009\u202f]?)(?<word>%|‰|°[CF]|[$€£¥]|[\p{L}µμ]{1,20}(?:\/[\p{L}]{1,3}|[²³23](?![\p{L}\p{N}]))?)?/gu;

/**
 * The numbers in a text with their units. A comma between groups of three digits separates thousands and a dot is the
 * decimal point; where only the other reading is possible (`3,5`, `1.234,5`, `1.234.567`) or `decimalComma` is set, it is
 * the other way round. Spaces, apostrophes and underscores between groups separate thousands, too.
 */
export function findNumbers(text: string, decimalComma = false): FoundNumber[] {
	const found: FoundNumber[] = [];
	for (const match of text.matchAll(number)) {
		const { sign, before, minus, digits = '', e, power, raised, space, word } = match.groups ?? {};
		const parts = readDigits(digits, decimalComma);
		const plain = parts.at(-1);
		if (plain === undefined) {
			continue;
		}
		found.push(...parts.slice(0, -1).map((value) => ({ value, text: String(value) })));
		const magnitude = word === undefined ? undefined : magnitudeOf(word, space ?? '', before !== undefined);
		const written = before?.trim() ?? (magnitude ? unitAfter(text, match.index + match[0].length) : word);
		const unit = written === undefined ? undefined : unitOf(written);
		const isNegative = /[-−–]/.test(`${isRange(text, match.index, sign) ? '' : (sign ?? '')}${minus ?? ''}`);
		const exponent = e ?? power?.replace('−', '-') ?? (raised === undefined ? '0' : fromSuperscript(raised));
		const value = (isNegative ? -1 : 1) * plain * 10 ** Number(exponent) * (magnitude ?? 1);
		found.push({ value, ...(unit ? { unit } : {}), text: match[0].trim() });
	}
	return found;
}

/** A dash right behind a digit is not the sign of the next number: `5-10`, `5 – 10`. */
function isRange(text: string, at: number, sign: string | undefined): boolean {
	return sign !== undefined && /[\d%]\s?$/.test(text.slice(Math.max(0, at - 2), at)) && /[-–−]/.test(sign);
}

const groups = /^\d{1,3}([.,])\d{3}(?:\1\d{3})*(?:(?!\1)[.,]\d+)?$|^\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?$/;

/** One number; several of a list without spaces, as `1,2,3`; none of what is a version or an address, as `1.2.3`. */
function readDigits(digits: string, decimalComma: boolean): number[] {
	const text = digits.replace(/[\u0020\u00a0\u2009\u202f'’_]/g, '');
	const commas = text.split(',').length - 1;
	const dots = text.split('.').length - 1;
	if (commas + dots > 1 && !groups.test(text)) {
		return dots > 0 ? [] : text.split(',').map(Number);
	}
	const decimal = decimalMark(text, commas, dots, decimalComma);
	return [Number(text.replaceAll(decimal === ',' ? '.' : ',', '').replace(decimal, '.'))];
}

function decimalMark(text: string, commas: number, dots: number, decimalComma: boolean): ',' | '.' {
	if (commas > 0 && dots > 0) {
		return text.lastIndexOf(',') > text.lastIndexOf('.') ? ',' : '.';
	}
	if (commas > 1 || dots > 1) {
		return commas > 1 ? '.' : ',';
	}
	if (commas === 1) {
		return decimalComma || !/^\d{1,3},\d{3}$/.test(text) || text.startsWith('0,') ? ',' : '.';
	}
	return decimalComma && /^[1-9]\d{0,2}\.\d{3}$/.test(text) ? ',' : '.';
}

/** `k`, `M` and `B` only right behind the digits or after a currency: "5 M" may be anything. */
function magnitudeOf(word: string, space: string, hasCurrency: boolean): number | undefined {
	const magnitude = magnitudes[word] ?? (word.length > 1 ? magnitudes[word.toLowerCase()] : undefined);
	const isLetter = word.length === 1;
	return isLetter && !(space === '' && (hasCurrency || word !== 'B')) ? undefined : magnitude;
}

/** The word behind a magnitude: `1.2 million dollars`. */
function unitAfter(text: string, at: number): string | undefined {
	return /^\s?(%|[$€£¥]|\p{L}{1,20})/u.exec(text.slice(at, at + 24))?.[1];
}

function fromSuperscript(text: string): string {
	return [...text].map((digit) => (digit === '⁻' ? '-' : superscripts.indexOf(digit))).join('');
}
