/** The first `maximum` code units, or one fewer to avoid splitting a surrogate pair. */
export function cutText(text: string, maximum: number): string {
	const last = text.charCodeAt(maximum - 1);
	const next = text.charCodeAt(maximum);
	const splitsPair = last >= 0xd800 && last <= 0xdbff && next >= 0xdc00 && next <= 0xdfff;
	return text.slice(0, splitsPair ? maximum - 1 : maximum);
}
