import type { ModelPart } from '../providers/provider.ts';

/** One piece of what the guide says, in order; pieces are yielded as they are worked out. */
export type Piece =
	| { kind: 'thinking'; text: string }
	| { kind: 'text'; text: string }
	| { kind: 'call'; name: string; input: Record<string, unknown> };

export const introduction =
	'I am the built-in guide, not a language model: I follow fixed rules and compare words, and nothing leaves this computer.';

/** Markdown signs in quoted text made harmless, and addresses reduced to their host, so that no quote becomes a link. */
export function quoted(text: string): string {
	return text
		.replace(/\\(?=[!-/:-@[-`{-~])/g, '')
		.replace(/(?:\b[a-z][a-z0-9+.-]*:)?\/\/([^\s/?#)\]>]+)[^\s)\]>]*|\bmailto:/gi, '$1')
		.replace(/[\\`*_[\]<>]/g, '\\$&')
		.replace(/\s+/g, ' ')
		.trim();
}

/** A Markdown link whose label and address survive brackets, spaces and parentheses. */
export function link(label: string, url: string): string {
	const target = /[\s()<>]/.test(url) ? `<${url.replace(/[<>\n]/g, encodeURIComponent)}>` : url;
	return `[${quoted(label) || target}](${target})`;
}

/** Stream parts of a reply. `round` keeps the ids of several requests of one run apart. */
export function* toParts(pieces: Iterable<Piece>, round: number, withThinking: boolean): Generator<ModelPart> {
	let calls = 0;
	for (const piece of pieces) {
		if (piece.kind === 'call') {
			calls++;
			yield { type: 'tool-call', id: `guide-${round}-${calls}`, name: piece.name, input: piece.input };
		} else if (piece.kind === 'text') {
			yield { type: 'text', id: `text-${round}`, text: piece.text };
		} else if (withThinking) {
			yield { type: 'thinking', id: `thinking-${round}`, text: piece.text };
		}
	}
	yield { type: 'done', stopReason: calls > 0 ? 'tools' : 'stop' };
}
