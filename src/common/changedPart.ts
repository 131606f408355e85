/** What has to be replaced in a text to get another one: from `start` to `end`, in UTF-16 code units, by `text`. */
export interface ChangedPart {
	start: number;
	end: number;
	text: string;
}

/** The shortest such part, with whole characters and line breaks. An edit of no more leaves marks and cursors in their places. */
export function changedPart(before: string, after: string): ChangedPart {
	const most = Math.min(before.length, after.length);
	let start = 0;
	while (start < most && before.charCodeAt(start) === after.charCodeAt(start)) {
		start++;
	}
	if (isInside(before, start) || isInside(after, start)) {
		start--;
	}
	let tail = 0;
	while (
		tail < most - start &&
		before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)
	) {
		tail++;
	}
	if (isInside(before, before.length - tail) || isInside(after, after.length - tail)) {
		tail--;
	}
	return { start, end: before.length - tail, text: after.slice(start, after.length - tail) };
}

/** Whether an offset is inside of a surrogate pair or of a line break. */
function isInside(text: string, offset: number): boolean {
	return /^(?:[\ud800-\udbff][\udc00-\udfff]|\r\n)$/.test(text.slice(Math.max(0, offset - 1), offset + 1));
}
