/** Keys that begin the files of tools that write YAML. */
const yamlKeys =
	/^(?:prompts|providers|targets|tests|messages|testData|model|systemPrompt|skill|name|description|tasks)\s*:/m;

/** The name of a text that was pasted, by which it is recognised like a file. */
export function pastedName(text: string, name: string): string {
	const start = text.trimStart();
	if (/^[[{]/.test(start)) {
		return `${name}.json`;
	}
	// Front matter belongs to Markdown.
	return !start.startsWith('---') && yamlKeys.test(start.slice(0, start.search(/\n|$/)))
		? `${name}.yaml`
		: `${name}.md`;
}

/**
 * A prompt of OpenAI's dashboard, which has no export, as the JSON that it is imported from: what was pasted if that is
 * JSON, else the text as its instructions with `{{variables}}`. A call that only names a prompt becomes its reference.
 */
export function pastedPromptObject(text: string, name: string): string {
	if (/^\s*[[{]/.test(text)) {
		return text;
	}
	const id = /["'](pmpt_\w+)["']/.exec(text)?.[1];
	return JSON.stringify({
		prompt: { id: id ?? 'pmpt_pasted' },
		name,
		...(id === undefined && { instructions: text }),
	});
}
