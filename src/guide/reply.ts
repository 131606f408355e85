import type { ModelPart } from '../providers/provider.ts';

/** One piece of the guide's reply; pieces are yielded in order as they are produced. */
export type Piece =
	| { kind: 'thinking'; text: string }
	| { kind: 'text'; text: string }
	| { kind: 'call'; name: string; input: Record<string, unknown> };

export const introduction =
	'I am the built-in guide, not a language model: I follow fixed rules and compare words, and nothing leaves this computer.';

/** Escapes Markdown in quoted text and reduces addresses to their host, so that no quote becomes a link. */
export function quoted(text: string): string {
	return text
		.replace(/\\(?=[!-/:-@[-`{-~])/g, '')
		.replace(/(?:\b[a-z][a-z0-9+.-]*:)?\/\/([^\s/?#)\]>]+)[^\s)\]>]*|\bmailto:/gi, '$1')
		.replace(/[\\`*_[\]<>]/g, '\\$&')
		.replace(/\s+/g, ' ')
		.trim();
}

/** A Markdown link that stays intact with brackets, spaces or parentheses in its label or address. */
export function link(label: string, url: string): string {
	const target = /[\s()<>]/.test(url) ? `<${url.replace(/[<>\n]/g, encodeURIComponent)}>` : url;
	return `[${quoted(label) || target}](${target})`;
}

/** The stream parts of a reply. `round` makes the ids of several requests of one run distinct. */
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
