import * as l10n from '@vscode/l10n';
import { schemaCheck, schemaOf } from '../grading/schemaCheck.ts';
import { shorten } from '../grading/shorten.ts';
import type { Grade, Grader } from './grader.ts';

export const isJson: Grader = {
	type: 'is-json',
	summary: 'The whole answer is JSON, and fits a JSON Schema if one is given.',
	value: {
		type: ['object', 'string', 'null'],
		description: 'A JSON Schema, as an object or as text in JSON or YAML.',
	},
	valueOptional: true,
	grade(assertion, { answer: { output }, sandbox, signal }) {
		const schema = schemaOf(assertion);
		let value: unknown;
		try {
			value = JSON.parse(output);
		} catch {
			return { pass: false, score: 0, reason: l10n.t('The answer is not JSON: {0}', shorten(output)) };
		}
		if (!schema) {
			return { pass: true, score: 1, reason: l10n.t('The answer is JSON: {0}', shorten(output)) };
		}
		return (async (): Promise<Grade> => {
			const check = await schemaCheck(schema);
			const problem = await check(value, sandbox, signal);
			return problem === undefined
				? {
						pass: true,
						score: 1,
						reason: l10n.t('The answer is JSON that fits the schema: {0}', shorten(output)),
					}
				: {
						pass: false,
						score: 0,
						reason: l10n.t(
							'The answer is JSON that does not fit the schema: {0}: {1}',
							problem,
							shorten(output),
						),
					};
		})();
	},
};
