import type { PromptMetadata } from './promptMetadata.ts';

export type PromptRole = PromptMetadata['promptRole'];

/**
 * Where a rendered prompt stands in what is sent, in tests and in suites alike: as the system prompt, or as the first message
 * of the user. There it is the question, so nothing else needs to be asked; what else is said follows it as further messages.
 */
export function placePrompt<Message>(
	role: PromptRole,
	prompt: string,
	messages: readonly Message[],
): { system: string; messages: (Message | { role: 'user'; content: string })[] } {
	return role === 'user'
		? { system: '', messages: [{ role: 'user', content: prompt }, ...messages] }
		: { system: prompt, messages: [...messages] };
}
