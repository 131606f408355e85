import type { FixtureMessage } from './api.ts';
import type { Turn, TurnBlock } from './turn.ts';
import { shownTurn, type ShownTurn } from './shownTurn.ts';

/** A recorded message as a page has it: if its text is long, it has the truncated turn and no content. */
export interface ShownMessage extends FixtureMessage {
	shown?: ShownTurn;
}

const known = new WeakMap<FixtureMessage, Turn>();

function toolBlock(index: number, part: { id?: string; name: string; input?: unknown }): TurnBlock {
	return { type: 'tool', id: part.id ?? `tool-${index}`, name: part.name, input: part.input ?? {} };
}

function build(message: FixtureMessage): Turn {
	const blocks: TurnBlock[] = [];
	if (message.thinking) {
		blocks.push({ type: 'thinking', id: 'thinking', text: message.thinking });
	}
	const parts = typeof message.content === 'string' ? [] : message.content;
	if (typeof message.content === 'string') {
		blocks.push({ type: 'text', id: 'text', text: message.content });
	}
	for (const [index, part] of parts.entries()) {
		switch (part.type) {
			case 'thinking':
			case 'text':
				blocks.push({ type: part.type, id: `${part.type}-${index}`, text: part.text });
				break;
			case 'tool-call':
				blocks.push(toolBlock(index, part));
				break;
			case 'tool-result': {
				const result = { summary: part.content, ...(part.isError && { isError: true }) };
				const call = blocks.findLast(
					(block) =>
						block.type === 'tool' && !block.result && (part.id === undefined || block.id === part.id),
				);
				if (call?.type === 'tool') {
					call.result = result;
				} else {
					blocks.push({ ...toolBlock(index, { ...part, name: part.name ?? '' }), result } as TurnBlock);
				}
			}
		}
	}
	return { blocks, stopReason: 'stop' };
}

/** A recorded message as a turn, so that it looks like a new one: thinking first, then tool calls, then the answer. */
export function recordedTurn(message: ShownMessage): ShownTurn {
	let turn = message.shown ?? known.get(message);
	if (!turn) {
		turn = build(message);
		known.set(message, turn);
	}
	return turn;
}

/** The form in which a recorded message is sent to a page. */
export function shownMessage(message: FixtureMessage): ShownMessage {
	const shown = shownTurn(recordedTurn(message));
	return shown.omitted ? { role: message.role, content: '', shown } : message;
}
