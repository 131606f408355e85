import type { LabelledConversation } from '../messages/fixtureText.ts';
import { withoutPrefixes } from '../messages/withoutPrefixes.ts';
import { Findings } from '../reading/findings.ts';
import { spanConversation } from './conversation.ts';
import { findSpans } from './spans.ts';

/**
 * The positions of lines whose conversations only are the beginnings of those of other lines, as recorders write a request
 * with everything before it for each turn. Lines are those of `selectSpans`.
 */
export function repeatedLines(lines: readonly string[]): Set<number> {
	const lineOf = new Map<LabelledConversation, number>();
	const findings = new Findings();
	for (const [index, line] of lines.entries()) {
		for (const span of spansOf(line)) {
			const conversation = spanConversation(span, '', findings);
			if (conversation) {
				lineOf.set(conversation, index);
			}
		}
	}
	const kept = new Set(withoutPrefixes([...lineOf.keys()]).map((conversation) => lineOf.get(conversation)));
	return new Set([...lineOf.values()].filter((index) => !kept.has(index)));
}

function spansOf(line: string) {
	try {
		return [...findSpans(line === '' ? undefined : JSON.parse(line))];
	} catch {
		// A line that is no JSON is named when the selection is read.
		return [];
	}
}
