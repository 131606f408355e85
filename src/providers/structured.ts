import type { JsonSchema } from '../common/tools.ts';
import type { ModelRequest } from './provider.ts';

/** Added to the system prompt if a model has no parameter for a schema. */
export function schemaInstruction(schema: JsonSchema): string {
	return `Answer with exactly one JSON value and nothing else, no code fence. It must match this JSON Schema:\n${JSON.stringify(schema)}`;
}

/** The system prompt of a request, with its schema unless a parameter carries it; '' if both are empty. */
export function systemPrompt(
	{ system, responseSchema }: Pick<ModelRequest, 'system' | 'responseSchema'>,
	schemaByParameter: boolean,
): string {
	const instruction =
		responseSchema === undefined || schemaByParameter ? '' : schemaInstruction(responseSchema.schema);
	return [system, instruction].filter((text) => text.trim() !== '').join('\n\n');
}
