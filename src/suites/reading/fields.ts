import { thinkingLevels } from '../../common/model.ts';
import type { JsonSchema } from '../../common/tools.ts';
import { toolNamePattern } from '../../prompts/checkOfferedNames.ts';

/**
 * The fields of a suite file, as JSON Schemas (draft 7). The reader checks with them and the schema for editors is made
 * of them, so each field is described once. Descriptions are shown by editors.
 */

export const suiteLimits = { cases: 100_000, repeat: 1_000, file: 67_108_864 } as const;

const text = (description: string): JsonSchema => ({ type: 'string', description });
const texts = (description: string): JsonSchema => ({ type: 'array', items: { type: 'string' }, description });
const textOrTexts = (description: string): JsonSchema => ({
	type: ['string', 'array'],
	items: { type: 'string' },
	description,
});
const count = (maximum: number, description: string): JsonSchema => ({
	type: 'integer',
	minimum: 1,
	maximum,
	description,
});

const object = (properties: Record<string, JsonSchema>, required: readonly string[] = []): JsonSchema => ({
	type: 'object',
	properties,
	additionalProperties: false,
	...(required.length > 0 && { required }),
});

const assertions: JsonSchema = {
	type: 'array',
	items: { $ref: '#/definitions/assertion' },
	description: 'What an answer must fulfil.',
};

/** Fields of an assertion that only some graders know. */
export const graderOptions = {
	rubricPrompt: text('The text of the request to the judge, instead of the usual one.'),
} satisfies Record<string, JsonSchema>;

/** `value` and `type` are checked with the graders. */
export const assertionFields = {
	type: text('What is checked. Put "not-" before it for the opposite.'),
	value: { description: 'What the answer is compared with; texts in it may contain {{variables}}.' },
	threshold: { type: 'number', description: 'The limit of the check; what it means depends on the type.' },
	weight: { type: 'number', minimum: 0, description: 'Its share of the score; 1 if absent.' },
	metric: text('The name under which its scores are added up.'),
	transform: text('JavaScript over `output`, which gives the text that is checked instead.'),
	provider: text('provider/model of the judge, instead of the one of the settings.'),
	...graderOptions,
	assert: { ...assertions, description: 'The assertions of a set.' },
} satisfies Record<string, JsonSchema>;

const message = object(
	{
		role: { enum: ['user', 'assistant'], description: 'Who speaks.' },
		content: text('What is said; may contain {{variables}}.'),
	},
	['role', 'content'],
);

const asked = {
	query: text('The question; may contain {{variables}}.'),
	messages: {
		type: 'array',
		items: message,
		minItems: 1,
		description: 'A conversation instead of one question. Between two user messages in a row the model answers.',
	},
} satisfies Record<string, JsonSchema>;

/** Fields that a case has, and that `defaults` gives to all cases. */
const shared = {
	vars: {
		type: 'object',
		description: 'Values of variables. A list that begins with a text makes one case of each item.',
	},
	expand: { type: 'boolean', description: 'False keeps lists in `vars` as they are.' },
	...asked,
	tags: texts('Words to choose cases with.'),
	repeat: count(suiteLimits.repeat, 'How many answers are asked for; 1 if absent.'),
	thinking: { enum: [...thinkingLevels], description: 'How much the model thinks.' },
	maxTokens: count(10_000_000, 'The maximum length of an answer.'),
	timeout: {
		type: 'number',
		exclusiveMinimum: 0,
		maximum: 86_400,
		description: 'Seconds until an answer is given up.',
	},
	threshold: {
		type: 'number',
		description: 'The lowest weighted mean score that passes. If absent, all assertions must pass.',
	},
	assert: assertions,
} satisfies Record<string, JsonSchema>;

export const defaultFields = shared;

export const caseFields = {
	name: text('Unique in the suite; if absent, it comes from the question.'),
	...shared,
	conversation: {
		...object(
			{
				fixture: text('Id of the recorded conversation.'),
				section: text('Its section.'),
				label: text('The label of the recording, if there are several.'),
				turn: { type: 'integer', minimum: 0, description: 'Which turn is answered again, from 0.' },
			},
			['fixture', 'turn'],
		),
		description: 'A recorded conversation up to one of its turns.',
	},
	expected: { description: 'The right answer, as {{expected}}.' },
	output: text('A recorded answer: it is graded, and no model is asked.'),
	outputs: {
		type: 'object',
		additionalProperties: { type: 'string' },
		minProperties: 1,
		description: 'Recorded answers by label; each label is compared like a variant.',
	},
	metadata: { type: 'object', description: 'Anything, for graders and reports.' },
} satisfies Record<string, JsonSchema>;

export const caseFileFields = {
	file: text('A file of cases (.csv, .jsonl, .json or .yaml), relative to the suite.'),
} satisfies Record<string, JsonSchema>;

const resultFields = {
	result: { description: 'What the call returns: text, or anything else as JSON; may contain {{args.name}}.' },
	isError: { type: 'boolean', description: 'The call fails with this result.' },
	delay: { type: 'number', minimum: 0, maximum: 600, description: 'Seconds until the result is there.' },
} satisfies Record<string, JsonSchema>;

/** A tool with written results, of a suite or of a prompt. */
export const mockFields = {
	name: { type: 'string', pattern: toolNamePattern, description: 'Letters, digits, "_" and "-".' },
	description: text('What the tool does, for the model.'),
	inputSchema: { type: 'object', description: 'JSON Schema of the arguments.' },
	...resultFields,
	results: {
		type: 'array',
		items: object(
			{
				when: { type: 'object', description: 'Arguments that the call must have; others are free.' },
				...resultFields,
			},
			['when', 'result'],
		),
		description: 'Results of calls with certain arguments; the first that fits is returned.',
	},
} satisfies Record<string, JsonSchema>;

export const toolFields = {
	editor: text(
		'A tool of VS Code by its name, MCP servers included, instead of one with written results. Calls are confirmed.',
	),
	...mockFields,
} satisfies Record<string, JsonSchema>;

export const suiteFields = {
	description: text('What the suite tests.'),
	prompt: textOrTexts(
		'draft:NAME, library:NAME, version:ID or file:PATH; a list compares several. If absent, it is chosen at the run.',
	),
	models: textOrTexts('provider/model; if absent, the model of tests.'),
	topic: text('The topic whose search tools are offered.'),
	tools: {
		type: 'array',
		items: { $ref: '#/definitions/tool' },
		description: 'Tools with results that are written here, and tools of the editor.',
	},
	defaults: { $ref: '#/definitions/defaults' },
	cases: {
		type: 'array',
		items: {
			if: { type: 'object', required: ['file'] },
			then: { $ref: '#/definitions/caseFile' },
			else: { $ref: '#/definitions/case' },
		},
		description: 'The cases, or files of cases.',
	},
} satisfies Record<string, JsonSchema>;

/** What the parts of a suite file look like; `assertion` only knows its own fields, not what graders add. */
export const definitions = {
	assertion: object(assertionFields, ['type']),
	defaults: { ...object(defaultFields), description: 'What all cases have in common.' },
	case: object(caseFields),
	caseFile: object(caseFileFields, ['file']),
	tool: object(toolFields),
} satisfies Record<string, JsonSchema>;

export type SuitePart = keyof typeof definitions | 'suite' | 'foreignCase' | 'promptTool';

/** The fields of a case in a file of cases, which may also be written as promptfoo's tests are. */
export const foreignCaseFields = {
	...caseFields,
	description: text('The name of the case.'),
	providerOutput: { type: ['string', 'object', 'array'], description: 'A recorded answer.' },
	options: { type: 'object' },
} satisfies Record<string, JsonSchema>;

/** A tool of a prompt. One without results is the editor's in a suite, and its calls fail in a test. */
export const promptTool: JsonSchema = object(mockFields, ['name']);

export const foreignCase: JsonSchema = object(foreignCaseFields);
export const suite: JsonSchema = object(suiteFields);
