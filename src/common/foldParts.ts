import type { ReclassifyPart, StreamPart, TextPart, ThinkingPart } from './streamParts.ts';
import { emptyTurn, type Turn, type TurnBlock } from './turn.ts';

function endThinking(block: TurnBlock | undefined, at: number | undefined): TurnBlock | undefined {
	return block?.type === 'thinking' && block.endedAt === undefined && at !== undefined
		? { ...block, endedAt: at }
		: block;
}

function append(blocks: TurnBlock[], next: TurnBlock, at: number | undefined): TurnBlock[] {
	const last = endThinking(blocks.at(-1), at);
	return last === undefined ? [next] : [...blocks.slice(0, -1), last, next];
}

/** Index of the block that a text or thinking part belongs to, even if others have begun since; -1 if it begins a new one. */
export function blockOf({ blocks }: Turn, part: Pick<ThinkingPart | TextPart, 'type' | 'id'>): number {
	return blocks.findLastIndex(({ type, id }) => type === part.type && id === part.id);
}

/** Changes a block to the other kind in place; if it becomes thinking, that thinking ended with this part. */
function reclassify(turn: Turn, { id, as, at }: ReclassifyPart): Turn {
	const index = turn.blocks.findLastIndex((block) => block.type !== 'tool' && block.id === id);
	const block = turn.blocks[index];
	if (block === undefined || block.type === 'tool' || block.type === as) {
		return turn;
	}
	const { text, startedAt } = block;
	const changed: TurnBlock = { type: as, id, text };
	if (startedAt !== undefined) {
		changed.startedAt = startedAt;
	}
	if (changed.type === 'thinking' && at !== undefined) {
		changed.endedAt = at;
	}
	return { ...turn, blocks: turn.blocks.with(index, changed) };
}

/**
 * Folds one stream part into a turn. Pure: the given turn is not changed, and untouched blocks keep their identity.
 * The same function feeds storage, the panels and exports, so a turn looks identical everywhere.
 */
export function foldPart(turn: Turn, part: StreamPart): Turn {
	switch (part.type) {
		case 'thinking':
		case 'text': {
			const index = blockOf(turn, part);
			const grown = turn.blocks[index];
			if (grown !== undefined && grown.type !== 'tool') {
				return { ...turn, blocks: turn.blocks.with(index, { ...grown, text: grown.text + part.text }) };
			}
			const block: TurnBlock = { type: part.type, id: part.id, text: part.text };
			if (part.at !== undefined) {
				block.startedAt = part.at;
			}
			return { ...turn, blocks: append(turn.blocks, block, part.at) };
		}
		case 'reclassify':
			return reclassify(turn, part);
		case 'tool-call': {
			const block: TurnBlock = { type: 'tool', id: part.id, name: part.name, input: part.input };
			if (part.at !== undefined) {
				block.startedAt = part.at;
			}
			return { ...turn, blocks: append(turn.blocks, block, part.at) };
		}
		case 'tool-result': {
			const index = turn.blocks.findLastIndex((block) => block.type === 'tool' && block.id === part.id);
			const block = turn.blocks[index];
			if (block?.type !== 'tool') {
				return turn;
			}
			const result: NonNullable<typeof block.result> = { summary: part.summary };
			if (part.articleCount !== undefined) {
				result.articleCount = part.articleCount;
			}
			if (part.isError) {
				result.isError = true;
			}
			if (part.at !== undefined) {
				result.endedAt = part.at;
			}
			return { ...turn, blocks: turn.blocks.with(index, { ...block, result }) };
		}
		case 'answered':
			return { ...turn, answeredModel: part.model };
		case 'usage': {
			const { type: _type, ...usage } = part;
			return { ...turn, usage: { ...turn.usage, ...usage } };
		}
		case 'error': {
			const { type: _type, ...error } = part;
			return { ...turn, error };
		}
		case 'result':
			return turn;
		case 'done':
			return {
				...turn,
				stopReason: part.stopReason,
				...(part.notice === undefined ? {} : { notice: part.notice }),
			};
	}
}

export function foldParts(parts: Iterable<StreamPart>, turn: Turn = emptyTurn): Turn {
	for (const part of parts) {
		turn = foldPart(turn, part);
	}
	return turn;
}
