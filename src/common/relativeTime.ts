const units: [Intl.RelativeTimeFormatUnit, number][] = [
	['year', 365 * 24 * 3600],
	['month', 30 * 24 * 3600],
	['week', 7 * 24 * 3600],
	['day', 24 * 3600],
	['hour', 3600],
	['minute', 60],
];

/** How long ago a time was, in its largest whole unit: "5 min. ago". Within a minute, and in the future, "now". */
export function relativeTime(time: Date, now: Date, locale: string): string {
	const format = new Intl.RelativeTimeFormat(locale, { style: 'short', numeric: 'auto' });
	const seconds = (now.getTime() - time.getTime()) / 1000;
	for (const [unit, length] of units) {
		if (seconds >= length) {
			return format.format(-Math.floor(seconds / length), unit);
		}
	}
	return format.format(0, 'second');
}
