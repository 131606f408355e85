import { visibleText } from '../../common/visibleText.ts';
const maxLength = 120;

/** A tool's arguments in one line: the query in quotes first, then the others. */
export function describeToolInput(input: unknown): string {
	if (typeof input !== 'object' || input === null) {
		return typeof input === 'string' ? shorten(input) : '';
	}
	const entries = Object.entries(input).filter(([key, value]) => key !== 'topic' && value !== null && value !== '');
	entries.sort(([a], [b]) => Number(b === 'query') - Number(a === 'query'));
	return shorten(
		entries.map(([key, value]) => (key === 'query' ? `"${plain(value)}"` : `${key} ${plain(value)}`)).join(' · '),
	);
}

function plain(value: unknown): string {
	return typeof value === 'string' ? value : JSON.stringify(value);
}

function shorten(text: string): string {
	const line = visibleText(text).replace(/\s+/g, ' ').trim();
	return line.length > maxLength ? `${line.slice(0, maxLength - 1)}…` : line;
}
