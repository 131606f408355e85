import * as l10n from '@vscode/l10n';
import type { AssertionResult, Verdict } from '../../common/suiteModel.ts';

/**
 * What several results are together. With an error among them the verdict is `error`. Without a threshold all must pass,
 * whatever their scores; with one only the mean of the scores, weighted, counts. What has weight 0 never decides; if
 * nothing has weight, the mean is 0. While a question that decides is open, the verdict is `error`, too.
 */
export function combineResults(
	results: readonly AssertionResult[],
	threshold: number | undefined,
): { verdict: Verdict; score: number; reason: string } {
	let total = 0;
	let sum = 0;
	let failed: AssertionResult | undefined;
	let error: AssertionResult | undefined;
	let open: AssertionResult | undefined;
	for (const result of results) {
		if (result.error) {
			error ??= result;
		}
		if (result.open) {
			open ??= result.weight === 0 ? undefined : result;
			continue;
		}
		total += result.weight;
		sum += result.score * result.weight;
		if (!result.pass && result.weight !== 0) {
			failed ??= result;
		}
	}
	const score = results.length === 0 ? 1 : total === 0 ? 0 : Math.min(1, Math.max(0, sum / total));
	const decide = (): [Verdict, string] => {
		if (error) {
			return ['error', error.reason];
		}
		if (results.length === 0) {
			return ['pass', l10n.t('There are no assertions')];
		}
		if (threshold === undefined && failed) {
			return ['fail', failed.reason];
		}
		if (open) {
			return ['error', open.reason];
		}
		if (threshold === undefined) {
			return ['pass', l10n.t('All assertions passed')];
		}
		return score >= threshold
			? ['pass', l10n.t('The weighted mean is {0}, at least {1}', score.toFixed(2), threshold)]
			: ['fail', l10n.t('The weighted mean is {0}, below {1}', score.toFixed(2), threshold)];
	};
	const [verdict, reason] = decide();
	return { verdict, score, reason };
}
