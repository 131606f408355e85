/** The ISO date of what a server sends as a date, with or without a time; undefined if it is none. */
export function dateOf(text: string): string | undefined {
	const [date] = /^\d{4}-\d{2}-\d{2}(?=$|T)/.exec(text) ?? [];
	return date === undefined || Number.isNaN(Date.parse(date)) ? undefined : date;
}
