import { calendarDate, monthNumber } from './readDate.ts';

/** Half-open range of ISO dates: `from` is included, `until` is not. */
export interface DateSpan {
	from: string;
	until: string;
}

export type DateUnit = 'day' | 'week' | 'fortnight' | 'month' | 'quarter' | 'year';

const dayMs = 86_400_000;

const month =
	'jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?';
const year = '(?:19|20)\\d{2}';
const ordinals = ['first', 'second', 'third', 'fourth'];

/** Pattern sources for one point in time, the most specific first; only `withoutYear` matches points without a year. */
export const datePoint = {
	withYear: [
		`${year}-\\d{2}(?:-\\d{2})?`,
		`(?:q[1-4]|(?:${ordinals.join('|')}|last|[1-4](?:st|nd|rd|th))\\s+quarter)(?:\\s+of)?\\s+${year}`,
		`\\d{1,2}(?:st|nd|rd|th)?\\s+(?:of\\s+)?(?:${month})\\.?,?\\s+${year}`,
		`(?:${month})\\.?\\s+\\d{1,2}(?:st|nd|rd|th)?,?\\s+${year}`,
		`(?:${month})\\.?,?\\s+${year}`,
	].join('|'),
	yearOnly: year,
	withoutYear: [
		`\\d{1,2}(?:st|nd|rd|th)?\\s+(?:of\\s+)?(?:${month})`,
		`(?:${month})\\s+\\d{1,2}(?:st|nd|rd|th)?(?!\\d)`,
		`(?:${month})`,
	].join('|'),
};

/**
 * The span of a point that `datePoint` matched.
 *
 * @param defaultYear used if the point has no year
 */
export function spanOf(point: string, defaultYear: number): DateSpan | null {
	const text = point.toLowerCase();
	const found = new RegExp(year, 'u').exec(text)?.[0];
	const inYear = found === undefined ? defaultYear : Number(found);
	const iso = /^\d{4}-(\d{2})(?:-(\d{2}))?$/u.exec(text);
	if (iso) {
		return iso[2] === undefined
			? monthSpan(inYear, Number(iso[1]))
			: daySpan(inYear, Number(iso[1]), Number(iso[2]));
	}
	if (text === found) {
		return { from: `${inYear}-01-01`, until: `${inYear + 1}-01-01` };
	}
	const quarter = /^q([1-4])|^([1-4])(?:st|nd|rd|th)\s+quarter|^([a-z]+)\s+quarter/u.exec(text);
	if (quarter) {
		const named = quarter[3] === 'last' ? 4 : ordinals.indexOf(quarter[3] ?? '') + 1;
		const number = quarter[3] === undefined ? Number(quarter[1] ?? quarter[2]) : named;
		const start = monthSpan(inYear, number * 3 - 2);
		return start && { from: start.from, until: addUnits(start.from, 1, 'quarter') };
	}
	const monthOfPoint = monthNumber(
		/[a-z]{3,}/u.exec(text.replace(/\d+(?:st|nd|rd|th)/u, ''))?.[0].replace(/^of/u, '') ?? '',
	);
	if (monthOfPoint === undefined) {
		return null;
	}
	const day = /(?<!\d)(\d{1,2})(?!\d)/u.exec(text)?.[1];
	return day === undefined ? monthSpan(inYear, monthOfPoint) : daySpan(inYear, monthOfPoint, Number(day));
}

/** The calendar week (from Monday), month, quarter or year that contains the date. */
export function calendarSpan(date: string, unit: DateUnit): DateSpan {
	const [inYear, inMonth] = [Number(date.slice(0, 4)), Number(date.slice(5, 7))];
	const weekday = (new Date(date).getUTCDay() + 6) % 7;
	const starts: Record<DateUnit, string> = {
		day: date,
		week: addUnits(date, -weekday, 'day'),
		fortnight: addUnits(date, -weekday - 7, 'day'),
		month: `${date.slice(0, 7)}-01`,
		quarter: `${inYear}-${String(inMonth - ((inMonth - 1) % 3)).padStart(2, '0')}-01`,
		year: `${inYear}-01-01`,
	};
	return { from: starts[unit], until: addUnits(starts[unit], 1, unit) };
}

/** A date moved by calendar units; the 31st becomes the last day of a shorter month. */
export function addUnits(date: string, amount: number, unit: DateUnit): string {
	const days = { day: 1, week: 7, fortnight: 14 };
	if (unit === 'day' || unit === 'week' || unit === 'fortnight') {
		return new Date(Date.parse(date) + amount * days[unit] * dayMs).toISOString().slice(0, 10);
	}
	const months = { month: 1, quarter: 3, year: 12 }[unit] * amount + Number(date.slice(5, 7)) - 1;
	const moved = new Date(Date.UTC(Number(date.slice(0, 4)), months, 1));
	const lastDay = new Date(Date.UTC(moved.getUTCFullYear(), moved.getUTCMonth() + 1, 0)).getUTCDate();
	moved.setUTCDate(Math.min(Number(date.slice(8, 10)), lastDay));
	return moved.toISOString().slice(0, 10);
}

function monthSpan(inYear: number, number: number): DateSpan | null {
	const from = calendarDate(inYear, number, 1);
	return from === null ? null : { from, until: addUnits(from, 1, 'month') };
}

function daySpan(inYear: number, number: number, day: number): DateSpan | null {
	const from = calendarDate(inYear, number, day);
	return from === null ? null : { from, until: addUnits(from, 1, 'day') };
}
