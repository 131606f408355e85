import * as l10n from '@vscode/l10n';
import { findXml } from '../grading/readXml.ts';
import { shorten } from '../grading/shorten.ts';
import { missingElements, requiredElements, xmlElementsSchema } from '../grading/xmlElements.ts';
import type { Grader } from './grader.ts';

export const containsXml: Grader = {
	type: 'contains-xml',
	summary: 'The answer contains well-formed XML elements, and among them those that are named, such as `root.item`.',
	value: xmlElementsSchema,
	valueOptional: true,
	grade(assertion, { answer: { output } }) {
		const required = requiredElements(assertion);
		const found = findXml(output);
		if (found.length === 0) {
			return {
				pass: false,
				score: 0,
				reason: l10n.t('The answer contains no XML element: {0}', shorten(output)),
			};
		}
		const names = [...new Set(found.map(({ name }) => `<${name}>`))].join(', ');
		const missing = missingElements(required, found);
		return missing.length === 0
			? { pass: true, score: 1, reason: l10n.t('The answer contains {0}', shorten(names)) }
			: {
					pass: false,
					score: 0,
					reason: l10n.t(
						'The answer contains {0}, but not {1}: {2}',
						shorten(names),
						missing.join(', '),
						shorten(output),
					),
				};
	},
};
