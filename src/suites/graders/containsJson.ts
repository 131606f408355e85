import * as l10n from '@vscode/l10n';
import { findJsonObjects } from '../grading/findJsonObjects.ts';
import { schemaCheck, schemaOf } from '../grading/schemaCheck.ts';
import { shorten } from '../grading/shorten.ts';
import type { Grade, Grader } from './grader.ts';

export const containsJson: Grader = {
	type: 'contains-json',
	summary: 'The answer contains a JSON object, and one that fits a JSON Schema if one is given.',
	value: {
		type: ['object', 'string', 'null'],
		description: 'A JSON Schema, as an object or as text in JSON or YAML.',
	},
	valueOptional: true,
	grade(assertion, { answer: { output }, sandbox, signal }) {
		const schema = schemaOf(assertion);
		const objects = findJsonObjects(output).map(([start, end]) => output.slice(start, end));
		const [first] = objects;
		if (first === undefined) {
			return {
				pass: false,
				score: 0,
				reason: l10n.t('The answer contains no JSON object: {0}', shorten(output)),
			};
		}
		if (!schema) {
			return { pass: true, score: 1, reason: l10n.t('The answer contains a JSON object: {0}', shorten(first)) };
		}
		return (async (): Promise<Grade> => {
			const check = await schemaCheck(schema);
			let firstProblem: string | undefined;
			for (const object of objects) {
				const problem = await check(JSON.parse(object), sandbox, signal);
				if (problem === undefined) {
					const reason = l10n.t('The answer contains JSON that fits the schema: {0}', shorten(object));
					return { pass: true, score: 1, reason };
				}
				firstProblem ??= problem;
			}
			const reason = l10n.t(
				'The answer contains no JSON that fits the schema: {0}: {1}',
				firstProblem ?? '',
				shorten(first),
			);
			return { pass: false, score: 0, reason };
		})();
	},
};
