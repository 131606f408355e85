import * as l10n from '@vscode/l10n';
import { AppError } from '../../common/errors.ts';
import type { Citation } from '../../common/model.ts';
import type { GradedAnswer } from '../graders/grader.ts';

/** The links of an answer. Throws if nothing is known of them, since then none can be right or wrong. */
export function citationsOf({ citations }: GradedAnswer): Citation[] {
	if (!citations) {
		throw new AppError(
			'validation',
			l10n.t(
				'Nothing is known of the links: the case needs a topic, whose tools return articles, and no recorded answer',
			),
		);
	}
	return citations;
}

/** Some links, for a reason. */
export function showLinks(citations: readonly Citation[]): string {
	const shown = citations.slice(0, 5).map(({ url }) => url);
	return [...shown, ...(citations.length > shown.length ? ['…'] : [])].join(', ');
}
