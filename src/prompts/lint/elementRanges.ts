import type { Tag } from './findTags.ts';
import type { TextRange } from './maskText.ts';

/** From the opening to the closing tag of every outermost element, sorted by start. */
export function elementRanges(tags: readonly Tag[]): TextRange[] {
	const closings = new Map<string, number>();
	for (const { kind, name } of tags) {
		if (kind === 'closing') {
			closings.set(name, (closings.get(name) ?? 0) + 1);
		}
	}
	const ranges: TextRange[] = [];
	let opening: Tag | undefined;
	let depth = 0;
	for (const tag of tags) {
		const left = closings.get(tag.name) ?? 0;
		if (tag.kind === 'closing') {
			closings.set(tag.name, left - 1);
		}
		if (!opening && tag.kind === 'opening' && left > 0) {
			opening = tag;
			depth = 1;
		} else if (opening && tag.name === opening.name && tag.kind !== 'empty') {
			depth += tag.kind === 'opening' ? 1 : -1;
			if (depth === 0 || (tag.kind === 'closing' && left === 1)) {
				ranges.push({ start: opening.start, end: tag.end });
				opening = undefined;
			}
		}
	}
	return ranges;
}
