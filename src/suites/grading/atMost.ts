import * as l10n from '@vscode/l10n';
import { AppError } from '../../common/errors.ts';
import type { GradedAnswer, Grader } from '../graders/grader.ts';
import { missingThreshold } from './textValue.ts';

interface Measure {
	type: string;
	summary: string;
	/** What `threshold` means. */
	threshold: string;
	/** The figure of an answer; undefined if it was not measured. */
	figure: (answer: GradedAnswer) => number | undefined;
	/** Why there is no figure. */
	unknown: () => string;
	/** The figure with its unit, for people. */
	show: (figure: number) => string;
}

/** Passes if a figure of the answer is at most the threshold. A figure that was not measured is an error, never 0. */
export function atMost({ type, summary, threshold: meaning, figure, unknown, show }: Measure): Grader {
	return {
		type,
		summary,
		value: undefined,
		threshold: meaning,
		grade({ threshold }, { answer }) {
			if (threshold === undefined) {
				throw missingThreshold(type, meaning);
			}
			const measured = figure(answer);
			if (measured === undefined) {
				throw new AppError('validation', unknown());
			}
			const pass = measured <= threshold;
			const values = [show(measured), show(threshold)] as const;
			return {
				pass,
				score: pass ? 1 : 0,
				reason: pass
					? l10n.t('{0}, within the limit of {1}', ...values)
					: l10n.t('{0}, over the limit of {1}', ...values),
			};
		},
	};
}
