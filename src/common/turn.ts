import type { ErrorCode } from './errors.ts';

/** How a turn ended. `unknown`: the provider does not say (an editor model, for example). */
export type StopReason = 'stop' | 'length' | 'tools' | 'refusal' | 'cancelled' | 'error' | 'unknown';

/** Token counts as the provider reported them; an absent field is unknown, never zero. */
export interface Usage {
	/** All input tokens, cached ones included. */
	inputTokens?: number;
	outputTokens?: number;
	/** Part of `outputTokens` that was thinking. */
	thinkingTokens?: number;
	cachedInputTokens?: number;
	cacheWriteTokens?: number;
	/** US dollars; absent when no price is known. */
	costUsd?: number;
}

export interface TurnError {
	code: ErrorCode;
	/** What happened, which provider and model, what to do. */
	message: string;
	retryable: boolean;
	/** Raw detail with keys masked, shown on demand. */
	detail?: string;
}

/** One block of an assistant turn, in the order in which it arrived. */
export type TurnBlock =
	| { type: 'thinking'; id: string; text: string; startedAt?: number; endedAt?: number }
	| { type: 'text'; id: string; text: string; startedAt?: number }
	| {
			type: 'tool';
			id: string;
			name: string;
			input: unknown;
			startedAt?: number;
			result?: { summary: string; articleCount?: number; isError?: boolean; endedAt?: number };
	  };

/** An assistant turn as it is stored (`parts`) and as it is shown, live and after a reload. Plain JSON. */
export interface Turn {
	blocks: TurnBlock[];
	usage?: Usage;
	/** `provider/model` of the model that answered, if it is not the requested one. */
	answeredModel?: string;
	error?: TurnError;
	/** Set by `done`; a turn without it is still streaming or was interrupted. */
	stopReason?: StopReason;
	/** Why it ended, if the provider says so. */
	notice?: string;
}

export const emptyTurn: Turn = { blocks: [] };

function joined(turn: Turn, type: 'text' | 'thinking'): string {
	const texts: string[] = [];
	for (const block of turn.blocks) {
		if (block.type === type && block.text.trim() !== '') {
			texts.push(block.text);
		}
	}
	return texts.join('\n\n');
}

/** The answer for reading: all text blocks, separated by a blank line. */
export function turnText(turn: Turn): string {
	return joined(turn, 'text');
}

/** The answer as it streamed: all text blocks, joined without separators. The stored length and preview refer to this text. */
export function streamedText(turn: Turn): string {
	return turn.blocks.map((block) => (block.type === 'text' ? block.text : '')).join('');
}

/** All thinking blocks, separated by a blank line. */
export function turnThinking(turn: Turn): string {
	return joined(turn, 'thinking');
}
