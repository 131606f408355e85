import * as v from 'valibot';
import { isAppError } from '../../common/errors.ts';
import type { JsonSchema, Tool, ToolOutput } from '../../common/tools.ts';
import type { TopicService } from '../topicService.ts';
import type { ArticleBudget } from './articleBudget.ts';

/** What all tools of a run share. */
export interface ToolContext {
	service: TopicService;
	topic: string;
	budget: ArticleBudget;
	now: Date;
}

const defaultLimit = 20;

export const limitSchema = v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(200)), defaultLimit);
export const limitProperty: JsonSchema = {
	type: 'integer',
	minimum: 1,
	maximum: 200,
	description: `Most articles to return, ${defaultLimit} when left out.`,
};

export const daysBackSchema = v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(9999)));
export const daysBackProperty: JsonSchema = {
	type: 'integer',
	minimum: 1,
	maximum: 9999,
	description: 'Only articles of this many past days; all when left out.',
};

/** A list of words; models also send one comma-separated string. */
export function listSchema(item: string) {
	const list = v.pipe(
		v.array(v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(200))),
		v.minLength(1, `at least one ${item} is needed`),
		v.maxLength(20),
	);
	const text = v.pipe(
		v.string(),
		v.transform((value) =>
			value
				.split(',')
				.map((part) => part.trim())
				.filter((part) => part !== ''),
		),
		list,
	);
	return v.union([list, text]);
}

/**
 * A tool whose arguments are checked before it runs. The `topic` argument is fixed: whatever the model passes, the run's
 * topic is searched, and the answer says so if they differ.
 */
export function topicTool<S extends v.ObjectSchema<v.ObjectEntries, undefined>>(
	context: ToolContext,
	definition: {
		name: string;
		description: string;
		arguments: S;
		properties: Record<string, JsonSchema>;
		required: string[];
		run: (input: v.InferOutput<S>, notes: string[]) => Promise<ToolOutput>;
	},
): Tool {
	return {
		name: definition.name,
		description: definition.description,
		inputSchema: {
			type: 'object',
			properties: {
				...definition.properties,
				topic: {
					type: 'string',
					enum: [context.topic],
					description: 'The topic of this run; always the same.',
				},
			},
			required: definition.required,
		},
		async run(input, signal) {
			const parsed = v.safeParse(definition.arguments, input);
			if (!parsed.success) {
				const issue = parsed.issues[0];
				const message = `Wrong arguments for ${definition.name}: ${v.getDotPath(issue) ?? 'input'}: ${issue.message}`;
				return { content: JSON.stringify({ error: message }), summary: message, isError: true };
			}
			const notes: string[] = [];
			const asked = typeof input === 'object' && input !== null && 'topic' in input ? input.topic : undefined;
			if (typeof asked === 'string' && asked !== context.topic) {
				notes.push(`Only the topic "${context.topic}" is available in this run; it was searched.`);
			}
			try {
				signal.throwIfAborted();
				return await definition.run(parsed.output, notes);
			} catch (error) {
				if (signal.aborted || isAppError(error, 'cancelled')) {
					return { content: JSON.stringify({ error: 'Cancelled' }), summary: 'Cancelled', isError: true };
				}
				const message = error instanceof Error ? error.message : String(error);
				return { content: JSON.stringify({ error: message }), summary: message, isError: true };
			}
		},
	};
}
