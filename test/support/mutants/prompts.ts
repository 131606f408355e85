import { mutantsOf } from './mutant.ts';

/** Templates: what values can reach, and how much they can cost. */
export const promptMutants = mutantsOf('src/prompts/variables', 'unit', [
	{
		name: 'a template reaches prototypes, methods and the length of a text',
		file: 'readPath.ts',
		from: "typeof holder !== 'object' || holder === null",
		to: 'holder === null || holder === undefined || holder === missing',
		tests: ['prompts/variables/renderTemplate'],
	},
	{
		name: 'a getter of a value is run',
		file: 'readPath.ts',
		from: "property && 'value' in property && property.value !== undefined ? (property.value as unknown) : missing",
		to: 'property ? (holder as Record<string, unknown>)[key] : missing',
		tests: ['prompts/variables/renderTemplate'],
	},
	{
		name: 'a rendered prompt has any length',
		file: 'renderTemplate.ts',
		from: 'if (this.#length > this.#maxLength) {',
		to: 'if (this.#length < 0) {',
		tests: ['prompts/variables/renderTemplate'],
	},
	{
		name: 'sections repeat without end',
		file: 'renderTemplate.ts',
		from: 'if (this.#steps > maxSteps) {',
		to: 'if (this.#steps < 0) {',
		tests: ['prompts/variables/renderTemplate'],
	},
	{
		name: 'a question is rendered as if every name were declared',
		file: 'renderPrompt.ts',
		from: 'const only = onlyDeclared ?',
		to: 'const only = !onlyDeclared ?',
		tests: ['workshop/variables'],
	},
	{
		name: 'an undeclared name does not stop a test',
		file: 'renderPrompt.ts',
		from: 'onlyDeclared ? [] : undeclaredTags(parsed, variables)',
		to: '[] as ReturnType<typeof undeclaredTags>',
		tests: ['prompts/variables/renderPrompt'],
	},
	{
		name: 'every tag of an unclosed comment reads the text to its end',
		file: 'scanTemplate.ts',
		from: 'close >= 0 && close < runEnd',
		to: 'close < runEnd',
		tests: ['prompts/variables/parseTemplate'],
		only: 'open comments',
	},
]);
