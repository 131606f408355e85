import type { JsonSchema } from '../common/tools.ts';
import { assertionFields, definitions, suite } from './reading/fields.ts';
import type { Grader } from './graders/grader.ts';

type DescribedGrader = Pick<Grader, 'type' | 'summary' | 'value' | 'valueOptional' | 'threshold'>;

/** A value that is a variable has its form only when it is filled in. */
const variable: JsonSchema = { type: 'string', pattern: '\\{\\{' };

/**
 * The JSON Schema (draft 7) of `*.prompttest.yaml` and `.json` for completion and problems in editors: the fields that
 * the reader checks, and what each grader takes. `npm run manifest` writes it to media/schemas.
 */
export function suiteSchema(graders: readonly DescribedGrader[]): JsonSchema {
	const described = graders.flatMap((grader) => [
		{ type: grader.type, description: grader.summary },
		// A set is negated by negating its members.
		...(grader.type === 'assert-set'
			? []
			: [{ type: `not-${grader.type}`, description: `Not: ${grader.summary}` }]),
	]);
	return {
		$schema: 'http://json-schema.org/draft-07/schema#',
		title: 'Test suite of Prompt Workshop',
		...suite,
		definitions: {
			...definitions,
			assertion: {
				...definitions.assertion,
				properties: {
					...assertionFields,
					type: {
						...assertionFields.type,
						enum: described.map(({ type }) => type),
						// Known to VS Code and the YAML extension.
						enumDescriptions: described.map(({ description }) => description),
					},
				},
				allOf: graders.flatMap(conditionOf),
			},
		},
	};
}

/** What assertions of one type must look like; nothing if any value will do. */
function conditionOf({ type, value, valueOptional = false, threshold }: DescribedGrader): JsonSchema[] {
	if (!value) {
		return [];
	}
	const { description, ...form } = value;
	const properties = {
		value: {
			...(description !== undefined && { description }),
			...(Object.keys(form).length > 0 && { anyOf: [form, variable] }),
		},
		...(threshold !== undefined && { threshold: { description: threshold } }),
	};
	return [
		{
			if: { properties: { type: { enum: [type, `not-${type}`] } }, required: ['type'] },
			then: { properties, ...(!valueOptional && { required: ['value'] }) },
		},
	];
}
