import type { FixtureMessage } from '../common/api.ts';
import type { Tool } from '../common/tools.ts';
import type { RunRequest } from '../providers/provider.ts';
import { toModelMessages } from '../runs/modelMessages.ts';
import { toToolMessages } from '../runs/toolMessages.ts';

/** The messages of a run and its tools. Without tools, APIs refuse recorded calls, so those are sent as text. */
export function offered(
	messages: readonly FixtureMessage[],
	tools: readonly Tool[],
): Pick<RunRequest, 'messages' | 'tools'> {
	return tools.length === 0
		? { messages: toModelMessages(messages) }
		: { messages: toToolMessages(messages), tools: [...tools] };
}
