import type { Draft } from '../common/model.ts';
import type { Tool } from '../common/tools.ts';
import { checkOfferedNames } from '../prompts/checkOfferedNames.ts';
import { mockOf, mockTools } from '../prompts/mockTools.ts';
import { placePrompt, type PromptRole } from '../prompts/placePrompt.ts';
import { readPromptMetadata } from '../prompts/promptMetadata.ts';
import type { ModelMessage } from '../providers/provider.ts';
import { renderTest, type RenderedTest } from './renderTest.ts';

/** What a test sends, besides the tools of its topic. */
export interface PreparedTest extends RenderedTest {
	promptRole: PromptRole;
	/** Empty if the prompt is the user's message. */
	system: string;
	messages: ModelMessage[];
	/** The draft's own, with the results that are written for them. */
	tools: Tool[];
}

/**
 * Fills in the variables of a draft and its question, places the prompt, and makes its tools callable. `testQuery` is empty
 * if the prompt is the user's message. Throws `validation` if a value, the text or a tool cannot be sent.
 */
export function prepareTest(
	draft: Pick<Draft, 'draftContent' | 'metadata'>,
	testQuery: string,
	{ topic, vars }: { topic: string; vars?: Readonly<Record<string, unknown>> | undefined },
): PreparedTest {
	const { promptRole, tools } = readPromptMetadata(draft.metadata);
	const names = tools.map(({ name }) => name);
	checkOfferedNames(names, topic);
	const rendered = renderTest(draft, testQuery, vars);
	const asked = promptRole === 'user' ? [] : [{ role: 'user' as const, content: rendered.query }];
	const { system, messages } = placePrompt(promptRole, rendered.prompt, asked);
	return {
		...rendered,
		promptRole,
		system,
		messages: messages.map(({ role, content }) => ({ role, content: [{ type: 'text', text: content }] })),
		tools: mockTools(tools.map(mockOf)),
	};
}
