const maxLength = 120;

/** A text in quotes for a reason: on one line, cut in the middle of nowhere but never inside a surrogate pair. */
export function shorten(text: string, length = maxLength): string {
	return quoted(cut(text, length));
}

/** Any value of a suite or an answer, as JSON and cut; texts in quotes. */
export function shortenValue(value: unknown, length = maxLength): string {
	return typeof value === 'string' ? shorten(value, length) : cut(JSON.stringify(value) ?? 'undefined', length);
}

/** The text around a place, for something that was found there. */
export function shortenAround(text: string, at: number, length: number): string {
	const margin = 40;
	const start = Math.max(0, at - margin);
	const end = Math.min(text.length, at + Math.min(length, maxLength) + margin);
	return quoted(`${start > 0 ? '…' : ''}${cut(text.slice(start, end), end - start)}${end < text.length ? '…' : ''}`);
}

/** In straight quotes, unless the text has some itself, as JSON does. */
function quoted(text: string): string {
	return text.includes('"') ? `“${text}”` : `"${text}"`;
}

function cut(text: string, length: number): string {
	const fits = text.length <= length;
	const half = !fits && /[\uD800-\uDBFF]/.test(text.charAt(length - 1));
	const kept = fits ? text : text.slice(0, half ? length - 1 : length);
	return `${/[\r\n]/.test(kept) ? kept.replace(/\r?\n|\r/g, '⏎') : kept}${fits ? '' : '…'}`;
}
