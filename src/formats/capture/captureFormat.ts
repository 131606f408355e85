import type { CapturedConversation } from './conversationBuilder.ts';
import type { Losses } from './losses.ts';

/** A format in which users have recorded conversations. */
export interface CaptureFormat {
	id: string;
	/** Shown in messages. */
	name: string;
	/**
	 * Reads a conversation from a parsed JSON value, or from text if the source is not JSON. Returns `undefined` for
	 * another format. Reports to `losses` what is changed or dropped.
	 */
	read(source: unknown, losses: Losses): CapturedConversation | undefined;
}
