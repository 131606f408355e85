import type * as vscode from 'vscode';
import type { RuleCoverage } from '../../../suites/coverage/coverRules.ts';
import type { TestObjects } from './testingServices.ts';

interface Covered {
	coverage: RuleCoverage;
	/** Length of each line of the prompt in UTF-16 code units. */
	lengths: readonly number[];
}

/** Which rules decide verdicts, as VS Code's coverage of a prompt: a rule is a statement, and each case that it decides a hit. */
export class RuleDetails {
	readonly #objects: TestObjects;
	readonly #covered = new WeakMap<vscode.FileCoverage, Covered>();

	constructor(objects: TestObjects) {
		this.#objects = objects;
	}

	/** The coverage of the document `uri` with the text `text`, for a test run of VS Code. `items`: the cases that were compared. */
	fileCoverage(uri: vscode.Uri, text: string, coverage: RuleCoverage, items: vscode.TestItem[]): vscode.FileCoverage {
		const { FileCoverage, TestCoverageCount } = this.#objects;
		const decided = decidedRules(coverage);
		const covering = decided.filter(({ changed }) => changed.length > 0);
		const count = new TestCoverageCount(covering.length, decided.length);
		const file = new FileCoverage(uri, count, undefined, undefined, items);
		this.#covered.set(file, { coverage, lengths: text.split(/\r\n|\r|\n/).map(({ length }) => length) });
		return file;
	}

	/** The rules with the number of cases that each decides, or only whether it decides this one. */
	details(file: vscode.FileCoverage, name?: string): vscode.StatementCoverage[] {
		const { StatementCoverage, Range } = this.#objects;
		const covered = this.#covered.get(file);
		return covered
			? decidedRules(covered.coverage).map(({ start, end, changed }) => {
					const cases = name === undefined ? changed : changed.filter((one) => one === name);
					return new StatementCoverage(
						cases.length,
						new Range(start, 0, end - 1, covered.lengths[end - 1] ?? 0),
					);
				})
			: [];
	}
}

/** The others get no mark: a line that nobody asked about is not one that decides nothing. */
function decidedRules({ rules }: RuleCoverage): RuleCoverage['rules'] {
	return rules.filter(({ changed, isUndecided }) => changed.length > 0 || !isUndecided);
}
