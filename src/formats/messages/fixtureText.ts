import { addChatMessages } from '../capture/chatMessages.ts';
import { ConversationBuilder, type CapturedConversation } from '../capture/conversationBuilder.ts';
import { Losses } from '../capture/losses.ts';
import { fixtureFileText } from '../capture/toFixtureFile.ts';
import type { Findings } from '../reading/findings.ts';

export type LabelledConversation = CapturedConversation & { label: string };

/** A conversation of messages with roles, of any chat API; nothing if it is empty. */
export function conversationOf(
	messages: readonly unknown[],
	label: string,
	findings: Findings,
	line?: number,
): LabelledConversation[] {
	const losses = new Losses();
	losses.setLine(line);
	const builder = new ConversationBuilder();
	addChatMessages(builder, messages, losses);
	findings.addAll(losses.report());
	const built = builder.build();
	return built.messages.length === 0 ? [] : [{ ...built, label }];
}

/** One fixture with all conversations; none if there are none. */
export function fixturesOf(
	name: string,
	description: string,
	conversations: readonly LabelledConversation[],
): { name: string; text: string }[] {
	return conversations.length === 0 ? [] : [{ name, text: fixtureFileText({ name, description, conversations }) }];
}
