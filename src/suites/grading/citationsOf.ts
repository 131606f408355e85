import * as l10n from '@vscode/l10n';
import { AppError } from '../../common/errors.ts';
import type { Citation } from '../../common/model.ts';
import type { GradedAnswer } from '../graders/grader.ts';

/** The links of an answer. Throws if they could not be checked. */
export function citationsOf({ citations }: GradedAnswer): Citation[] {
	if (!citations) {
		throw new AppError(
			'validation',
			l10n.t(
				'The links cannot be checked: that takes a topic whose tools return articles, and an answer that is not recorded',
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
