import { EVENT_ID, getScalarValue, SCALAR_STYLE, type Event } from 'js-yaml';

/** The index after the node that begins at an event. */
export function skipNode(events: readonly Event[], index: number): number {
	let depth = 0;
	let next = index;
	do {
		const type = events[next]?.type;
		depth += type === EVENT_ID.SEQUENCE || type === EVENT_ID.MAPPING ? 1 : type === EVENT_ID.POP ? -1 : 0;
		next++;
	} while (depth > 0 && next < events.length);
	return next;
}

/** The offset after the last text of a node; brackets and comments may follow that belong to it too. */
export function contentEnd(events: readonly Event[], index: number): number {
	return events.slice(index, skipNode(events, index)).reduce((end, event) => Math.max(end, endOf(event)), 0);
}

/** How many collections end together with a node. */
export function trailingPops(events: readonly Event[], index: number): number {
	const end = skipNode(events, index);
	let first = end;
	while (events[first - 1]?.type === EVENT_ID.POP) {
		first--;
	}
	return end - first;
}

export function keyText(text: string, event: Event | undefined): string | undefined {
	return event?.type === EVENT_ID.SCALAR ? getScalarValue(text, event) : undefined;
}

function endOf(event: Event): number {
	switch (event.type) {
		case EVENT_ID.SCALAR: {
			const isQuoted = event.style === SCALAR_STYLE.SINGLE_QUOTED || event.style === SCALAR_STYLE.DOUBLE_QUOTED;
			return Math.max(event.valueEnd + (isQuoted ? 1 : 0), event.anchorEnd, event.tagEnd);
		}
		case EVENT_ID.ALIAS:
			return event.anchorEnd;
		case EVENT_ID.SEQUENCE:
		case EVENT_ID.MAPPING:
			return Math.max(event.start + 1, event.anchorEnd, event.tagEnd);
		default:
			return 0;
	}
}
