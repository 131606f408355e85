import type { CapturedConversation } from './conversationBuilder.ts';
import type { Losses } from './losses.ts';

/** A form in which people have conversations. */
export interface CaptureFormat {
	id: string;
	/** Its name, for messages. */
	name: string;
	/**
	 * The conversation in a parsed JSON value, or in a text where the source is no JSON; `undefined` where it is of another
	 * form. What is not kept as it was goes to `losses`.
	 */
	read(source: unknown, losses: Losses): CapturedConversation | undefined;
}
