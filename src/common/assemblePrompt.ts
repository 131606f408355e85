/**
 * The one place where a system prompt is assembled: base, then instructions, then context, separated by blank lines.
 * Blank parts are left out.
 */
export function assemblePrompt(parts: { base: string; instructions: string; context: string }): string {
	return [parts.base, parts.instructions, parts.context].filter((text) => text.trim() !== '').join('\n\n');
}
