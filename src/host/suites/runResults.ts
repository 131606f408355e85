import type { CaseResult, CaseRow, CaseRows, SuiteRequests } from '../../common/suitePage.ts';
import type { AssertionResult, Trial } from '../../common/suiteModel.ts';
import type { SuiteCase } from '../../suites/suite.ts';

/** What a list shows of a trial. */
export type ListedTrial = Pick<Trial, 'trialId' | 'case' | 'variant' | 'repeat' | 'verdict' | 'assertions' | 'error'>;

/** `index` is the position in the suite; a run may have only some of its cases. */
export type ListedCase = Pick<
	SuiteCase,
	'name' | 'tags' | 'assert' | 'repeat' | 'output' | 'outputs' | 'query' | 'expected'
> & { index: number };

/** The cases of a suite or a run with the verdicts of their trials, as the Suite tab lists them. */
export class RunResults {
	readonly #cases: readonly ListedCase[];
	readonly #variants: readonly string[];
	readonly #repeat: number | null;
	/** By position of the case, then by trial: a trial that was run again counts once. */
	readonly #trials = new Map<number, Map<string, ListedTrial>>();

	/** `repeat`: how often each case is run, instead of its own number. */
	constructor(cases: readonly ListedCase[], variants: readonly string[] = [], repeat: number | null = null) {
		this.#cases = cases;
		this.#variants = variants;
		this.#repeat = repeat;
	}

	add(trial: ListedTrial): void {
		const trials = this.#trials.get(trial.case.index) ?? new Map<string, ListedTrial>();
		trials.set(trial.trialId, trial);
		this.#trials.set(trial.case.index, trials);
	}

	caseAt(index: number): ListedCase | undefined {
		return this.#cases.find((one) => one.index === index);
	}

	/** Ids of the trials of a case, by variant and repeat. */
	trialIds(index: number): string[] {
		const place = ({ variant }: ListedTrial) => this.#variants.indexOf(variant);
		return [...(this.#trials.get(index)?.values() ?? [])]
			.sort((a, b) => place(a) - place(b) || a.repeat - b.repeat)
			.map(({ trialId }) => trialId);
	}

	page({ offset, count, filter }: Omit<SuiteRequests['suiteRows']['params'], 'runId'>, revision: number): CaseRows {
		const words = filter.text.toLowerCase();
		const field = filter.verdict === '' ? undefined : counted[filter.verdict];
		const rows: CaseRow[] = [];
		let matching = 0;
		for (const one of this.#cases) {
			const row = this.#row(one);
			const text = `${row.name}\n${row.tags.join('\n')}\n${row.reason ?? ''}`.toLowerCase();
			const fits = text.includes(words) && (!field || row.results.some((result) => result[field] > 0));
			if (fits && matching++ >= offset && rows.length < count) {
				rows.push(row);
			}
		}
		return { offset, rows, matching, total: this.#cases.length, revision };
	}

	#row({ index, name, tags, assert, repeat, output, outputs }: ListedCase): CaseRow {
		const trials = [...(this.#trials.get(index)?.values() ?? [])];
		const planned = output !== undefined || outputs ? 1 : (this.#repeat ?? repeat);
		const results = this.#variants.map((variant): CaseResult => {
			const count = (verdict: Trial['verdict']) =>
				trials.filter((trial) => trial.variant === variant && trial.verdict === verdict).length;
			return { variant, passed: count('pass'), failed: count('fail'), errors: count('error'), planned };
		});
		const lost = trials.find(({ verdict }) => verdict !== 'pass');
		return { index, name, tags, assertions: assert.length, results, reason: lost ? reasonOf(lost) : null };
	}
}

const counted = { pass: 'passed', fail: 'failed', error: 'errors' } as const;

/** Why a trial did not pass: its own error, or the first assertion that did not hold. */
function reasonOf({ error, assertions }: ListedTrial): string | null {
	return error?.message ?? firstLost(assertions)?.reason ?? null;
}

function firstLost(assertions: readonly AssertionResult[]): AssertionResult | undefined {
	return assertions.find((assertion) => assertion.error) ?? assertions.find(({ pass }) => !pass);
}
