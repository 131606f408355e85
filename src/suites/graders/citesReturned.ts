import * as l10n from '@vscode/l10n';
import { citationsOf, showLinks } from '../grading/citationsOf.ts';
import type { Grader } from './grader.ts';

export const citesReturned: Grader = {
	type: 'cites-returned',
	summary: 'The answer has links, and a tool returned each of them. The score is the share that was returned.',
	value: undefined,
	grade(_assertion, { answer }) {
		const citations = citationsOf(answer);
		if (citations.length === 0) {
			return {
				pass: false,
				score: 0,
				reason: l10n.t('The answer has no links; expected links that tools returned'),
			};
		}
		const others = citations.filter(({ support }) => support !== 'supported');
		return {
			pass: others.length === 0,
			score: 1 - others.length / citations.length,
			reason:
				others.length === 0
					? l10n.t('Tools returned all {0} links', citations.length)
					: l10n.t(
							'No tool returned {0} of {1} links: {2}',
							others.length,
							citations.length,
							showLinks(others),
						),
		};
	},
};
