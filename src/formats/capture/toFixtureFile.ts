import type { FixtureMessage } from '../../common/api.ts';
import { type Turn, turnText, turnThinking } from '../../common/turn.ts';
import type { CapturedConversation, ContentPart } from './conversationBuilder.ts';

/** An assistant turn as a fixture message, with its thinking and tool calls. */
export function messageOfTurn(turn: Turn): FixtureMessage {
	if (!turn.blocks.some(({ type }) => type === 'tool')) {
		const thinking = turnThinking(turn);
		return { role: 'assistant', content: turnText(turn), ...(thinking !== '' && { thinking }) };
	}
	const content = turn.blocks.flatMap((block): ContentPart[] => {
		if (block.type !== 'tool') {
			return block.text.trim() === '' ? [] : [{ type: block.type, text: block.text }];
		}
		const { id, name, input, result } = block;
		const call: ContentPart = { type: 'tool-call', id, name, input };
		return result
			? [
					call,
					{
						type: 'tool-result',
						id,
						name,
						content: result.summary,
						...(result.isError && { isError: true }),
					},
				]
			: [call];
	});
	return { role: 'assistant', content };
}

/** The text of a fixture file (sectioned form) with the given conversations. */
export function fixtureFileText(options: {
	name: string;
	description: string;
	conversations: readonly (CapturedConversation & { label?: string })[];
}): string {
	const { name, description, conversations } = options;
	const prompts = [...new Set(conversations.map(({ systemPrompt }) => systemPrompt))];
	const shared = prompts.length === 1;
	const labelled = conversations.map(({ systemPrompt, messages, label }, index) => ({
		systemPrompt,
		conversation: { label: label ?? `Conversation ${index + 1}`, messages },
	}));
	const file = {
		name,
		module: 'captured',
		description,
		baseSystemPrompt: shared ? (prompts[0] ?? '') : '',
		// If the prompts differ, each prompt becomes a section, so that every conversation keeps its own.
		sections: (shared ? [''] : prompts).map((prompt, index) => ({
			name: shared ? name : `Prompt ${index + 1}`,
			instructions: shared ? '' : prompt,
			context: '',
			conversations: labelled
				.filter(({ systemPrompt }) => shared || systemPrompt === prompt)
				.map(({ conversation }) => conversation),
		})),
	};
	return `${JSON.stringify(file, undefined, '\t')}\n`;
}
