import { blockOf, foldPart } from './foldParts.ts';
import { type Turn, turnText, turnThinking } from './turn.ts';
import type { StreamPart } from './streamParts.ts';

/** UTF-16 code units of one text that a page is sent and shows. The rest stays with the host, which opens it in an editor. */
export const shownLimit = 524_288;

/** A turn as a page has it: of a text longer than `shownLimit` the beginning. */
export interface ShownTurn extends Turn {
	/** How much of the text follows what is there, by the index of its block. */
	omitted?: Readonly<Record<number, number>>;
}

/** A part as a page gets it; `omitted` counts what belongs after its text and is not sent. */
export type ShownPart = StreamPart & { omitted?: number };

/** What a page is sent of a whole turn. */
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
 * What a page is sent of one part.
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

/** As `foldPart`, for what a page has. The result is what `shownTurn` makes of the whole turn. */
export function foldShownPart(turn: ShownTurn, part: ShownPart): ShownTurn {
	const folded = foldPart(turn, part);
	const omitted = { ...turn.omitted };
	if (part.omitted !== undefined && (part.type === 'text' || part.type === 'thinking')) {
		const index = blockOf(folded, part);
		omitted[index] = (omitted[index] ?? 0) + part.omitted;
	}
	return Object.keys(omitted).length > 0 ? { ...folded, omitted } : folded;
}

/** Length of the whole answer, as `streamedText` of the whole turn would have it. */
export function streamedLength({ blocks, omitted }: ShownTurn): number {
	return blocks.reduce(
		(length, block, index) => length + (block.type === 'text' ? block.text.length + (omitted?.[index] ?? 0) : 0),
		0,
	);
}

/** Length of the whole answer or thinking, as `turnText` or `turnThinking` of the whole turn would have it. */
export function fullLength(turn: ShownTurn, kind: 'text' | 'thinking'): number {
	return turn.blocks.reduce(
		(length, { type }, index) => length + (type === kind ? (turn.omitted?.[index] ?? 0) : 0),
		(kind === 'text' ? turnText(turn) : turnThinking(turn)).length,
	);
}
