import type { Heading } from './findHeadings.ts';
import type { Tag } from './findTags.ts';
import type { TextRange } from './maskText.ts';

const exampleName = /^(?:\w+[_-])?(?:example|examples|sample|samples|shots)(?:[_-]?\w+)?$/i;

/** Where a prompt shows examples: between tags, and below headings, named after them. Sorted by start. */
export function exampleRanges(tags: readonly Tag[], headings: readonly Heading[]): TextRange[] {
	const ranges: TextRange[] = [];
	let opening: Tag | undefined;
	for (const tag of tags) {
		if (opening === undefined && tag.kind === 'opening' && exampleName.test(tag.name)) {
			opening = tag;
		} else if (opening !== undefined && tag.kind === 'closing' && tag.name === opening.name) {
			ranges.push({ start: opening.start, end: tag.end });
			opening = undefined;
		}
	}
	let section: Heading | undefined;
	for (const heading of headings) {
		if (section && heading.level <= section.level) {
			ranges.push({ start: section.start, end: heading.start });
			section = undefined;
		}
		section ??= /\b(?:examples?|samples?)\b/i.test(heading.title) ? heading : undefined;
	}
	if (section) {
		ranges.push({ start: section.start, end: Infinity });
	}
	return merged(ranges);
}

function merged(ranges: TextRange[]): TextRange[] {
	const result: TextRange[] = [];
	for (const range of ranges.sort((a, b) => a.start - b.start)) {
		const last = result.at(-1);
		if (last && range.start <= last.end) {
			last.end = Math.max(last.end, range.end);
		} else {
			result.push({ ...range });
		}
	}
	return result;
}
