import * as l10n from '@vscode/l10n';
import { citationsOf, showLinks } from '../grading/citationsOf.ts';
import type { Grader } from './grader.ts';

export const noUnsupportedLinks: Grader = {
	type: 'no-unsupported-links',
	summary: 'The answer has no link that no tool returned. Other than for `cites-returned`, it needs no link.',
	value: undefined,
	grade(_assertion, { answer }) {
		const citations = citationsOf(answer);
		const invented = citations.filter(({ support }) => support === 'unknown');
		const unread = citations.filter(({ support }) => support === 'not-returned');
		const reasons = [
			...(invented.length > 0 ? [l10n.t('the topic does not have {0}', showLinks(invented))] : []),
			...(unread.length > 0 ? [l10n.t('the topic has {0}, but no tool returned it', showLinks(unread))] : []),
		];
		return reasons.length === 0
			? { pass: true, score: 1, reason: l10n.t('None of {0} links is unsupported', citations.length) }
			: { pass: false, score: 0, reason: l10n.t('Unsupported links: {0}', reasons.join('; ')) };
	},
};
