import { blockOf, foldPart } from './foldParts.ts';
import { type Turn, turnText, turnThinking } from './turn.ts';
import type { StreamPart } from './streamParts.ts';

/** UTF-16 code units of one text that are sent to a page. The host keeps the rest, which it can open in an editor. */
export const shownLimit = 524_288;

/** A turn as a page has it: texts longer than `shownLimit` are truncated. */
export interface ShownTurn extends Turn {
	/** How much text was cut off, by the index of its block. */
	omitted?: Readonly<Record<number, number>>;
}

/** A part as a page gets it; `omitted` is the length of the text that was cut off. */
export type ShownPart = StreamPart & { omitted?: number };

/** The form in which a complete turn is sent to a page. */
export function shownTurn(turn: Turn): ShownTurn {
	const omitted: Record<number, number> = {};
	const blocks = turn.blocks.map((block, index) => {
		if (block.type === 'tool' || block.text.length <= shownLimit) {
			return block;
		}
		omitted[index] = block.text.length - shownLimit;
		return { ...block, text: block.text.slice(0, shownLimit) };
	});
	return Object.keys(omitted).length > 0 ? { ...turn, blocks, omitted } : turn;
}

/**
 * The form in which one part is sent to a page.
 * @param turn the turn after this part was folded in
 */
export function shownPart(part: StreamPart, turn: Turn): ShownPart {
	if (part.type !== 'text' && part.type !== 'thinking') {
		return part;
	}
	const block = turn.blocks[blockOf(turn, part)];
	if (block === undefined || block.type === 'tool') {
		return part;
	}
	const omitted = Math.min(part.text.length, block.text.length - shownLimit);
	return omitted > 0 ? { ...part, text: part.text.slice(0, part.text.length - omitted), omitted } : part;
}

/** Like `foldPart`, for what a page has. The result equals `shownTurn` of the complete turn. */
export function foldShownPart(turn: ShownTurn, part: ShownPart): ShownTurn {
	const folded = foldPart(turn, part);
	const omitted = { ...turn.omitted };
	if (part.omitted !== undefined && (part.type === 'text' || part.type === 'thinking')) {
		const index = blockOf(folded, part);
		omitted[index] = (omitted[index] ?? 0) + part.omitted;
	}
	return Object.keys(omitted).length > 0 ? { ...folded, omitted } : folded;
}

/** Length of `streamedText` of the complete turn. */
export function streamedLength({ blocks, omitted }: ShownTurn): number {
	return blocks.reduce(
		(length, block, index) => length + (block.type === 'text' ? block.text.length + (omitted?.[index] ?? 0) : 0),
		0,
	);
}

/** Length of `turnText` or `turnThinking` of the complete turn. */
export function fullLength(turn: ShownTurn, kind: 'text' | 'thinking'): number {
	return turn.blocks.reduce(
		(length, { type }, index) => length + (type === kind ? (turn.omitted?.[index] ?? 0) : 0),
		(kind === 'text' ? turnText(turn) : turnThinking(turn)).length,
	);
}
