import * as l10n from '@vscode/l10n';
import type { SuiteProblem } from '../../common/suiteModel.ts';

const maxProblems = 1_000;

/** The problems of a reading; of more than a thousand, the first ones. */
export class Problems {
	readonly #found: SuiteProblem[] = [];
	#hasMore = false;

	add(problem: SuiteProblem): void {
		if (this.#found.length < maxProblems) {
			this.#found.push(problem);
		} else {
			this.#hasMore = true;
		}
	}

	/** By file, the suite's own first, and place. */
	sorted(): SuiteProblem[] {
		const sorted = this.#found.sort(
			(a, b) => compareFiles(a.file ?? '', b.file ?? '') || a.line - b.line || a.column - b.column,
		);
		const last = sorted.at(-1);
		return this.#hasMore && last
			? [...sorted, { ...last, message: l10n.t('There are more problems than these {0}', maxProblems) }]
			: sorted;
	}
}

function compareFiles(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}
