import { jsonDepth, maxJsonDepth } from '../capture/jsonDepth.ts';
import { findSpans } from './spans.ts';

/**
 * The spans of a line that record a call of a model, with their `gen_ai` attributes only, as a list on one line; empty if
 * there are none. What is no JSON stays as it is, for the reader to name it.
 */
export function selectSpans(line: string): string {
	if (jsonDepth(line, maxJsonDepth) > maxJsonDepth) {
		return line;
	}
	let value: unknown;
	try {
		value = JSON.parse(line);
	} catch {
		return line;
	}
	const spans = [...findSpans(value)].map(({ traceId, attributes }) => ({
		traceId,
		attributes: Object.fromEntries(Object.entries(attributes).filter(([name]) => name.startsWith('gen_ai.'))),
	}));
	return spans.length === 0 ? '' : JSON.stringify(spans);
}
