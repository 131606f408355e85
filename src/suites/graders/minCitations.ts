import * as l10n from '@vscode/l10n';
import { citationsOf, showLinks } from '../grading/citationsOf.ts';
import { countSchema, countValue } from '../grading/countValue.ts';
import type { Grader } from './grader.ts';

export const minCitations: Grader = {
	type: 'min-citations',
	summary: 'The answer cites at least this many different articles that tools returned; 1 if no number is given.',
	value: countSchema,
	valueOptional: true,
	grade(assertion, { answer }) {
		const least = countValue(assertion);
		const supported = citationsOf(answer).filter(({ support }) => support === 'supported');
		const distinct = [...new Map(supported.map((citation) => [citation.url, citation])).values()];
		const pass = distinct.length >= least;
		return {
			pass,
			score: pass ? 1 : distinct.length / least,
			reason:
				distinct.length === 0
					? l10n.t('The answer cites no article that a tool returned; expected at least {0}', least)
					: l10n.t(
							'The answer cites {0} articles that tools returned; expected at least {1}: {2}',
							distinct.length,
							least,
							showLinks(distinct),
						),
		};
	},
};
