import { isRecord } from '../reading/values.ts';
import type { SnippetRequest } from './snippetRequest.ts';
import { snippetText, type SnippetLanguage } from './snippetText.ts';

/** What a call passes to the SDK, besides the model and its parameters. */
export interface SnippetCall {
	/** Expressions of the language, since variables may be in them. */
	messages: { role: string; text: string }[];
	/** Expression of the parameter `system`, which only Anthropic's SDK has; at most one. */
	system: string[];
	/** As the SDK takes them. */
	tools: unknown[];
}

/** The question, if there is one, is the expression `question`. */
export function snippetCall(
	{ sdk, messages, tools, needsQuestion }: SnippetRequest,
	language: SnippetLanguage,
): SnippetCall {
	const written = messages.map(({ role, content }) => ({ role, text: snippetText(content, language) }));
	if (needsQuestion) {
		written.push({ role: 'user', text: 'question' });
	}
	const isOwn = ({ role }: { role: string }) => sdk === 'anthropic' && role === 'system';
	return {
		messages: written.filter((message) => !isOwn(message)),
		system: written.filter(isOwn).map(({ text }) => text),
		tools: tools.map(({ name, description, inputSchema }) => {
			const schema = { type: 'object', ...(isRecord(inputSchema) && inputSchema) };
			return sdk === 'openai'
				? { type: 'function', function: { name, description, parameters: schema } }
				: { name, description, input_schema: schema };
		}),
	};
}
