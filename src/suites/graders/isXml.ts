import * as l10n from '@vscode/l10n';
import { readXml } from '../grading/readXml.ts';
import { shorten, shortenAround } from '../grading/shorten.ts';
import { missingElements, requiredElements, xmlElementsSchema } from '../grading/xmlElements.ts';
import type { Grader } from './grader.ts';

export const isXml: Grader = {
	type: 'is-xml',
	summary: 'The whole answer is well-formed XML, and has the elements that are named, such as `root.item`.',
	value: xmlElementsSchema,
	valueOptional: true,
	grade(assertion, { answer: { output } }) {
		const required = requiredElements(assertion);
		const read = readXml(output);
		if ('message' in read) {
			const place = shortenAround(output, read.at, 0);
			return {
				pass: false,
				score: 0,
				reason: l10n.t('The answer is not XML: at {0}, {1}: {2}', read.at + 1, read.message(), place),
			};
		}
		const missing = missingElements(required, [read]);
		return missing.length === 0
			? { pass: true, score: 1, reason: l10n.t('The answer is XML with the root <{0}>', read.name) }
			: {
					pass: false,
					score: 0,
					reason: l10n.t('The answer is XML without {0}: {1}', missing.join(', '), shorten(output)),
				};
	},
};
