/** What a provider of promptfoo is here: a model, or why it is none. */
const forms: readonly [RegExp, string][] = [
	[
		/^openai:(?:chat:|responses:|completion:)?(?!chat$|responses$|embedding|realtime|image|assistant|moderation)([\w.-]+(?::[\w.:-]+)?)$/,
		'openai',
	],
	[/^anthropic:(?:messages:|completion:)?(?!messages$)([\w.-]+)$/, 'anthropic'],
];

/** `provider/model` of `openai:chat:gpt-5`; undefined for all that is reached another way. */
export function modelOf(id: string): string | undefined {
	for (const [form, provider] of forms) {
		const name = form.exec(id)?.[1];
		if (name !== undefined) {
			return `${provider}/${name}`;
		}
	}
	return undefined;
}
