import * as l10n from '@vscode/l10n';
import { bisectionError, type BisectionOutcome } from './bisection.ts';

/** What a search found, in a sentence or two. `names`: of the versions, from old to new. */
export function bisectionSentence(
	outcome: BisectionOutcome & { answers: number },
	{ name, names }: { name: string; names: readonly string[] },
): string {
	const nameOf = (version: number) => names[version] ?? '';
	const { answers } = outcome;
	switch (outcome.kind) {
		case 'passes':
			return l10n.t(
				'"{0}" passes at {1}, so there is nothing to find ({2} answers)',
				name,
				names.at(-1) ?? '',
				answers,
			);
		case 'unsure':
			return l10n.t(
				'"{0}" could not be judged at {1}: its answers are errors, or go both ways',
				name,
				nameOf(outcome.version),
			);
		case 'never-passed':
			return outcome.tried.length === 0
				? l10n.t('"{0}" fails, and there is no other version', name)
				: l10n.t(
						'"{0}" fails at {1} and passes at none of the older versions that were tried: {2}. Choose a version that you know as good, or check the case',
						name,
						names.at(-1) ?? '',
						outcome.tried.map(nameOf).join(', '),
					);
		case 'found': {
			const { good, bad, skipped, isFlaky } = outcome;
			const found =
				skipped.length === 0
					? l10n.t(
							'"{0}" fails since {1}: it still passes at {2} ({3} answers).',
							name,
							nameOf(bad),
							nameOf(good),
							answers,
						)
					: l10n.t(
							'"{0}" passes at {1} and fails at {2}; between them {3} could not be judged ({4} answers).',
							name,
							nameOf(good),
							nameOf(bad),
							skipped.map(nameOf).join(', '),
							answers,
						);
			const doubt = isFlaky
				? l10n.t(
						'The case is flaky; if each version passes at least 80 % or at most 20 % of the time, this is wrong with a chance of at most {0} %.',
						bisectionError * 100,
					)
				: '';
			const several = l10n.t('If it changed more than once, this is one of the changes.');
			return [found, doubt, several].filter((text) => text !== '').join(' ');
		}
	}
}
