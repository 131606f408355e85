/** Whether a code span begins in this line but does not end in it (CommonMark, section 6.1). */
function endsInSpan(line: string): boolean {
	let open = 0;
	for (const [marks] of line.matchAll(/`+/g)) {
		if (open === 0) {
			open = marks.length;
		} else if (open === marks.length) {
			open = 0;
		}
	}
	return open > 0;
}

/**
 * Whether Markdown code is open at the end of a text: a fence (CommonMark, section 4.5), including one in a list or a
 * quote, or a code span in the last line. More text may follow, so an unclosed mark counts.
 */
export function endsInCode(text: string): boolean {
	let fence: string | undefined;
	let prose = '';
	for (const line of text.split('\n')) {
		const [, marks = '', rest = ''] = /^[ \t>]*(`{3,}(?=[^`]*$)|~{3,})(.*)$/s.exec(line) ?? [];
		prose = marks === '' ? line : '';
		if (fence === undefined) {
			fence = marks || undefined;
		} else if (marks.startsWith(fence) && rest.trim() === '') {
			fence = undefined;
		}
	}
	return fence !== undefined || endsInSpan(prose);
}
