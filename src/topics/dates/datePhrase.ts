import { addUnits, calendarSpan, datePoint, spanOf, type DateSpan, type DateUnit } from './dateSpan.ts';

export interface DatePhrase {
	/** As it is in the text. */
	phrase: string;
	/** The text without the phrase. */
	rest: string;
	/** Inclusive ISO date. */
	from?: string;
	/** Exclusive ISO date. */
	until?: string;
	/** Counted from today: "last 7 days", "this month", "yesterday". */
	relative: boolean;
}

type Range = Pick<DatePhrase, 'from' | 'until'>;
type Groups = Partial<Record<string, string>>;

const numbers = [
	'zero',
	'one',
	'two',
	'three',
	'four',
	'five',
	'six',
	'seven',
	'eight',
	'nine',
	'ten',
	'eleven',
	'twelve',
];
const vague: Record<string, number> = {
	a: 1,
	an: 1,
	few: 3,
	'a few': 3,
	couple: 2,
	'couple of': 2,
	'a couple of': 2,
	several: 3,
};
const amount = `\\d{1,4}|${numbers.slice(1).join('|')}|${Object.keys(vague).reverse().join('|')}`;
const unit = '(?<unit>day|week|fortnight|month|quarter|year)';
const lead = '(?:(?:in|over|during|within|from|for|of)\\s+)?(?:the\\s+)?';
const anyPoint = `${datePoint.withYear}|${datePoint.yearOnly}|${datePoint.withoutYear}`;

/** Tried in this order; the first that occurs in the text and is a valid range is used. */
const forms: { pattern: RegExp; relative: boolean; range: (groups: Groups, today: string) => Range | null }[] = [
	{
		pattern: form(`${lead}(?:last|past|previous|recent)\\s+(?<amount>${amount})[\\s-]+${unit}s?`),
		relative: true,
		range: (groups, today) => rolling(today, countOf(groups.amount), groups.unit),
	},
	{
		pattern: form(`${lead}past\\s+${unit}`),
		relative: true,
		range: (groups, today) => rolling(today, 1, groups.unit),
	},
	{
		pattern: form(`${lead}(?:last|previous)\\s+${unit}(?!\\s+of\\s+\\d)`),
		relative: true,
		range: (groups, today) => calendarSpan(addUnits(today, -1, unitOf(groups.unit)), unitOf(groups.unit)),
	},
	{
		pattern: form(`${lead}(?:this|current)\\s+${unit}`),
		relative: true,
		range: (groups, today) => ({
			from: calendarSpan(today, unitOf(groups.unit)).from,
			until: addUnits(today, 1, 'day'),
		}),
	},
	{
		pattern: form('(?<day>today|yesterday)'),
		relative: true,
		range: (groups, today) =>
			calendarSpan(groups.day?.toLowerCase() === 'today' ? today : addUnits(today, -1, 'day'), 'day'),
	},
	{
		pattern: form(
			`(?:between\\s+(?<a>${anyPoint})\\s+and|from\\s+(?<b>${anyPoint})\\s+(?:to|until|till|through))\\s+(?<end>${anyPoint})`,
		),
		relative: false,
		range: (groups, today) => between(groups.a ?? groups.b ?? '', groups.end ?? '', today),
	},
	{
		pattern: form(
			`(?:since|from|starting|after)\\s+(?:the\\s+)?(?<start>${anyPoint})(?:\\s+(?:on|onwards?|on\\s+wards))?`,
		),
		relative: false,
		range: (groups, today) => {
			const span = recentSpan(groups.start ?? '', today);
			return span && { from: span.from };
		},
	},
	{
		pattern: form(`(?:before|until|till|up\\s+to|prior\\s+to)\\s+(?:the\\s+)?(?<end>${anyPoint})`),
		relative: false,
		range: (groups, today) => {
			const span = recentSpan(groups.end ?? '', today);
			return span && { until: span.from };
		},
	},
	{
		pattern: form(
			`(?:(?:in|during)\\s+(?:the\\s+)?(?<point>${anyPoint})|on\\s+(?:the\\s+)?(?<day>${datePoint.withoutYear}))`,
		),
		relative: false,
		range: (groups, today) => recentSpan(groups.point ?? groups.day ?? '', today),
	},
	{
		pattern: form(`(?<point>${datePoint.withYear})`),
		relative: false,
		range: (groups, today) => recentSpan(groups.point ?? '', today),
	},
];

/**
 * The first time phrase of an English text as a range of dates: "last 7 days", "past quarter", "last month" (the
 * calendar month before this one), "since March 2026", "between March and May 2026", "in 2024". A range that would begin
 * after today is not a filter ("the grid in 2040" is about the subject, not the date of the articles).
 *
 * @param today ISO date
 */
export function findDatePhrase(text: string, today: string): DatePhrase | undefined {
	for (const { pattern, relative, range } of forms) {
		const found = pattern.exec(text);
		const dates = found && range(found.groups ?? {}, today);
		if (dates && (dates.from === undefined || dates.from <= today)) {
			const rest = `${text.slice(0, found.index)} ${text.slice(found.index + found[0].length)}`;
			return { phrase: found[0].trim(), rest: rest.replace(/\s+/gu, ' ').trim(), ...dates, relative };
		}
	}
	return undefined;
}

function form(source: string): RegExp {
	return new RegExp(`(?<![\\p{L}\\p{N}])${source}(?![\\p{L}\\p{N}])`, 'iu');
}

function unitOf(name: string | undefined): DateUnit {
	return (name ?? 'day').toLowerCase() as DateUnit;
}

function countOf(words: string | undefined): number {
	const text = (words ?? '1').toLowerCase().replace(/\s+/gu, ' ');
	const number = numbers.indexOf(text);
	return number >= 0 ? number : (vague[text] ?? Number(text));
}

function rolling(today: string, count: number, unitName: string | undefined): Range | null {
	const tooFarBack = unitOf(unitName) !== 'day' && count > 999;
	return tooFarBack ? null : { from: addUnits(today, -count, unitOf(unitName)), until: addUnits(today, 1, 'day') };
}

/** A month without a year is the most recent one that has begun. */
function recentSpan(point: string, today: string): DateSpan | null {
	const thisYear = Number(today.slice(0, 4));
	const span = spanOf(point, thisYear);
	return span && span.from > today && !/\d{4}/u.test(point) ? spanOf(point, thisYear - 1) : span;
}

/** "between March and May 2026": the first point takes the year of the second; the range includes the second. */
function between(start: string, end: string, today: string): Range | null {
	const last = recentSpan(end, today);
	const first = last && spanOf(start, Number(last.from.slice(0, 4)));
	if (!first || !last) {
		return null;
	}
	const from = first.from > last.from && !/\d{4}/u.test(start) ? addUnits(first.from, -1, 'year') : first.from;
	return from < last.until ? { from, until: last.until } : null;
}
