const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const english =
	/^(?:[a-z]{3,9},?\s+)?(?:(?<day>\d{1,2})(?:st|nd|rd|th)?[\s-]+(?<month>[a-z]{3,9})\.?,?[\s-]+(?<year>\d{4})|(?<month2>[a-z]{3,9})\.?\s+(?<day2>\d{1,2})(?:st|nd|rd|th)?,?\s+(?<year2>\d{4}))\b/iu;

/** 1 to 12 for an English month name or its abbreviation. */
export function monthNumber(name: string): number | undefined {
	const at = months.indexOf(name.slice(0, 3).toLowerCase());
	return at < 0 ? undefined : at + 1;
}

/**
 * A date of a source as ISO: a date-time with a zone becomes UTC, everything else a plain date. Numbers are seconds or
 * milliseconds since 1970. `null` when it cannot be read, and for dates such as 03/04/2026, which are ambiguous.
 */
export function readDate(value: unknown): string | null {
	if (value instanceof Date) {
		// For a TOML date this returns the text as it was written, with or without its offset.
		return Number.isNaN(value.getTime()) ? null : readDate(value.toISOString());
	}
	if (typeof value === 'number') {
		return readDate(String(value));
	}
	if (typeof value !== 'string') {
		return null;
	}
	const text = value.trim().slice(0, 60);
	const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T\s]+(\S.*))?$/iu.exec(text);
	if (iso) {
		const date = calendarDate(Number(iso[1]), Number(iso[2]), Number(iso[3]));
		return date && iso[4] !== undefined ? (withTime(date, iso[4]) ?? date) : date;
	}
	if (/^\d{8}$/u.test(text)) {
		return calendarDate(Number(text.slice(0, 4)), Number(text.slice(4, 6)), Number(text.slice(6)));
	}
	if (/^\d{9,13}(?:\.\d+)?$/u.test(text)) {
		return fromEpoch(Number(text));
	}
	const named = english.exec(text)?.groups;
	if (named) {
		const month = monthNumber(named.month ?? named.month2 ?? '');
		return month === undefined
			? null
			: calendarDate(Number(named.year ?? named.year2), month, Number(named.day ?? named.day2));
	}
	return fromSlashes(text);
}

/** The date at the start of a file name: `2026-03-05-title.md` or `20260305.md`. */
export function dateOfFileName(name: string): string | null {
	const found = /^(\d{4})[-_.]?(\d{2})[-_.]?(\d{2})(?!\d)/u.exec(name);
	return found && calendarDate(Number(found[1]), Number(found[2]), Number(found[3]));
}

export function calendarDate(year: number, month: number, day: number): string | null {
	const date = new Date(Date.UTC(year, month - 1, day));
	const real = year >= 1000 && year <= 9999 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
	return real ? date.toISOString().slice(0, 10) : null;
}

function withTime(date: string, rest: string): string | null {
	const time = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*(Z|UTC|GMT|[+-]\d{1,2}(?::?\d{2})?)?$/iu.exec(rest);
	if (!time?.[4]) {
		return null;
	}
	const offset = /^([+-])(\d{1,2}?):?(\d{2})?$/u.exec(time[4]);
	const zone = offset ? `${offset[1]}${(offset[2] ?? '').padStart(2, '0')}:${offset[3] ?? '00'}` : 'Z';
	const instant = new Date(`${date}T${(time[1] ?? '').padStart(2, '0')}:${time[2]}:${time[3] ?? '00'}${zone}`);
	return Number.isNaN(instant.getTime()) ? null : instant.toISOString();
}

function fromEpoch(value: number): string | null {
	const date = new Date(Math.abs(value) < 1e11 ? value * 1000 : value);
	const year = date.getUTCFullYear();
	return year >= 1000 && year <= 9999 && Math.abs(value) >= 1e8 ? date.toISOString() : null;
}

/** 25/03/2026 or 03/25/2026, only if one of the numbers cannot be a month. */
function fromSlashes(text: string): string | null {
	const found = /^(\d{1,2})[./-](\d{1,2})[./-](\d{4})\b/u.exec(text);
	if (!found) {
		return null;
	}
	const [first, second, year] = [Number(found[1]), Number(found[2]), Number(found[3])];
	if (first > 12 || first === second) {
		return calendarDate(year, second, first);
	}
	return second > 12 ? calendarDate(year, first, second) : null;
}
