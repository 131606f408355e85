import { parseSource } from '../source/parseSource.ts';
import type { SourceNode } from '../source/sourceNode.ts';
import { scalarReplacement } from './scalarReplacement.ts';

/** A place in a file whose text may be a prompt. Offsets are those of a text with line feeds. */
export interface PromptPlace {
	start: number;
	end: number;
	/** What stands there, without white space around it. */
	text: string;
	/** What to write between the offsets so that the place holds another text. */
	replacement(text: string): string;
}

const roleMarker =
	/^[ \t]*(?:#[ \t]*)?(?:system|user|assistant|developer|tool)(?:\[[^\]\n]*\])?[ \t]*:[ \t]*$|\{\{~?\s*role\s+["'][^"'\n]*["']\s*~?\}\}/gim;
const frontMatter = /^(?:#[^\n]*\n|[ \t]*\n)*(---|\+\+\+)[ \t]*\n[\s\S]*?\n(?:\1|\.\.\.)[ \t]*(?:\n|$)/;

/** All places of a file that may hold a prompt: the texts of YAML or JSON; else what follows the front matter, and its parts by role. */
export function promptPlaces(name: string, text: string): PromptPlace[] {
	const isData = /\.(?:ya?ml|json)$/i.test(name);
	return isData ? scalarPlaces(text, /\.json$/i.test(name) ? 'json' : 'yaml') : textPlaces(text);
}

function scalarPlaces(text: string, format: 'yaml' | 'json'): PromptPlace[] {
	const root = parseSource(text, format, () => undefined);
	return root ? [...scalars(root)].flatMap((node) => scalarPlace(node, text)) : [];
}

function* scalars(node: SourceNode): Generator<SourceNode> {
	if (node.kind === 'scalar') {
		yield node;
	}
	for (const item of node.items()) {
		yield* scalars(item);
	}
	for (const { value } of node.entries()) {
		yield* scalars(value);
	}
}

function scalarPlace(node: SourceNode, text: string): PromptPlace[] {
	const value = node.value();
	if (typeof value !== 'string' || value.trim() === '') {
		return [];
	}
	const before = /^\s*/.exec(value)?.[0] ?? '';
	const after = /\s*$/.exec(value)?.[0] ?? '';
	const { start, end, write } = scalarReplacement(text, node);
	return [{ start, end, text: value.trim(), replacement: (other) => write(before + other + after) }];
}

function textPlaces(text: string): PromptPlace[] {
	const bodyStart = frontMatter.exec(text)?.[0].length ?? 0;
	const markers = [...text.slice(bodyStart).matchAll(roleMarker)].map(({ index, 0: marker }) => ({
		start: bodyStart + index,
		end: bodyStart + index + marker.length,
	}));
	const parts = markers.map(({ end }, index) => textPlace(text, end, markers[index + 1]?.start ?? text.length));
	return [textPlace(text, bodyStart, text.length), ...parts].filter((place) => place.text !== '');
}

function textPlace(text: string, from: number, to: number): PromptPlace {
	const part = text.slice(from, to);
	const start = from + (/^\s*/.exec(part)?.[0].length ?? 0);
	const trimmed = part.trim();
	return { start, end: start + trimmed.length, text: trimmed, replacement: (other) => other };
}
