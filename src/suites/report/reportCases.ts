import type { Comparison } from '../../common/comparison.ts';
import { groupBy } from '../../common/groupBy.ts';
import {
	reportShows,
	type CaseChange,
	type ReportFilter,
	type ReportRow,
	type ReportRows,
	type ReportShow,
} from '../../common/reportPage.ts';
import type { CaseResult } from '../../common/suitePage.ts';
import type { Verdict } from '../../common/suiteModel.ts';
import { flakyCases } from '../compare/flakyCases.ts';
import { reasonsOf } from '../export/reasons.ts';
import type { PlannedCase } from '../plannedRun.ts';
import type { TrialSummary } from '../suiteContext.ts';
import { repeatsOf, variantsOf } from '../trialOrder.ts';
import type { LoadedRun } from './reportSource.ts';

/** A case, as all filters but that of its text see it. */
interface Entry {
	planned: PlannedCase;
	trials: readonly TrialSummary[];
	change: CaseChange;
	isFlaky: boolean;
	hasFailed: boolean;
	hasError: boolean;
}

/** The cases of a run, how each stands against what it is compared with, and the trials of each. */
export class ReportCases {
	readonly counts: Record<ReportShow, number>;
	readonly #run: LoadedRun;
	readonly #entries: readonly Entry[];
	readonly #places = new Map<number, number>();
	readonly #before: ReadonlyMap<string, readonly TrialSummary[]>;
	/** The entries of the filter that was asked for last: a page is scrolled under the same one. */
	#matching: { key: string; entries: readonly Entry[] } | undefined;

	/** `comparisons` are those of the run with `other`, or of its own variants. */
	constructor(run: LoadedRun, comparisons: readonly Comparison[], other?: LoadedRun) {
		this.#run = run;
		this.#before = groupBy(other?.trials ?? [], ({ case: { hash } }) => hash);
		const changeOf = changes(comparisons);
		const flaky = new Set(flakyCases(run.trials).map(({ hash }) => hash));
		const byCase = groupBy(run.trials, ({ case: { index } }) => index);
		this.#entries = run.plan.cases.map((planned) => {
			const trials = byCase.get(planned.index) ?? [];
			return {
				planned,
				trials,
				change: changeOf(planned),
				isFlaky: flaky.has(planned.hash),
				hasFailed: trials.some(({ verdict }) => verdict === 'fail'),
				hasError: trials.some(({ verdict }) => verdict === 'error'),
			};
		});
		for (const [place, { planned }] of this.#entries.entries()) {
			this.#places.set(planned.index, place);
		}
		const counted = reportShows.map((show) => [show, countOf(this.#entries, show)]);
		this.counts = Object.fromEntries(counted) as Record<ReportShow, number>;
	}

	page(
		{ offset, count, filter }: { offset: number; count: number; filter: ReportFilter },
		revision: number,
	): ReportRows {
		const key = JSON.stringify([filter.show, filter.text]);
		if (this.#matching?.key !== key) {
			this.#matching = { key, entries: this.#filtered(filter) };
		}
		const { entries } = this.#matching;
		const rows = entries.slice(offset, offset + count).map((entry) => this.#row(entry));
		return { offset, rows, matching: entries.length, total: this.#entries.length, revision };
	}

	/** The case at a position of the suite, with its trials and those of the other run, by variant and repeat. */
	at(
		index: number,
	):
		| { row: ReportRow; planned: PlannedCase; trials: readonly TrialSummary[]; before: readonly TrialSummary[] }
		| undefined {
		const entry = this.#entries[this.#places.get(index) ?? -1];
		if (!entry) {
			return undefined;
		}
		const { planned, trials } = entry;
		const before = (this.#before.get(planned.hash) ?? []).filter(onePlace());
		return { row: this.#row(entry), planned, trials, before };
	}

	#filtered({ text, show }: ReportFilter): readonly Entry[] {
		const words = text.trim().toLowerCase();
		const shown = show === '' ? this.#entries : this.#entries.filter((entry) => fits(entry, show));
		return words === ''
			? shown
			: shown.filter(({ planned: { name, tags }, trials }) =>
					[name, ...tags, reasonOf(trials) ?? ''].join('\n').toLowerCase().includes(words),
				);
	}

	#row({ planned, trials, change, isFlaky }: Entry): ReportRow {
		const { index, name, tags, hash } = planned;
		const before = this.#before.get(hash)?.filter(onePlace()) ?? [];
		return {
			index,
			name,
			tags,
			change,
			isFlaky,
			before: [...groupBy(before, ({ variant }) => variant)].map(([variant, own]) =>
				resultOf(variant, own, own.length),
			),
			results: results(this.#run, planned, trials),
			reason: reasonOf(trials),
		};
	}
}

/** Cases with equal content have one hash: of those of an other run, the first one stands for all. */
function onePlace(): (trial: TrialSummary) => boolean {
	let place: number | undefined;
	return ({ case: { index } }) => {
		place ??= index;
		return index === place;
	};
}

/** One for each variant that answers the case: recorded answers may be those of other variants. */
function results({ plan }: LoadedRun, planned: PlannedCase, trials: readonly TrialSummary[]): CaseResult[] {
	return variantsOf(plan, planned).map((at) => {
		const variant = plan.variants[at]?.label ?? '';
		return resultOf(variant, trials, repeatsOf(plan, planned));
	});
}

function resultOf(variant: string, trials: readonly TrialSummary[], planned: number): CaseResult {
	const count = (verdict: Verdict) =>
		trials.filter((trial) => trial.variant === variant && trial.verdict === verdict).length;
	return { variant, passed: count('pass'), failed: count('fail'), errors: count('error'), planned };
}

function countOf(entries: readonly Entry[], show: ReportShow): number {
	return entries.reduce((count, entry) => count + Number(fits(entry, show)), 0);
}

function fits({ change, isFlaky, hasFailed, hasError }: Entry, show: ReportShow): boolean {
	switch (show) {
		case '':
			return true;
		case 'flaky':
			return isFlaky;
		case 'failed':
			return hasFailed;
		case 'error':
			return hasError;
		default:
			return change === show;
	}
}

/**
 * How a case stands, by what the comparisons say and nothing else. Of several comparisons, the loss of one is not hidden by
 * the gain of another.
 */
function changes(comparisons: readonly Comparison[]): (planned: Pick<PlannedCase, 'hash' | 'name'>) => CaseChange {
	const improved = hashesOf(comparisons.map((one) => one.improved));
	const regressed = hashesOf(comparisons.map((one) => one.regressed));
	const leftOut = comparisons.map(({ inError, reused, casesOnlyA, casesOnlyB, changed }) => ({
		hashes: hashesOf([inError, reused, casesOnlyA, casesOnlyB]),
		names: new Set(changed),
	}));
	return ({ hash, name }) => {
		if (regressed.has(hash)) {
			return 'regressed';
		}
		if (improved.has(hash)) {
			return 'improved';
		}
		const isCompared = leftOut.some(({ hashes, names }) => !hashes.has(hash) && !names.has(name));
		return isCompared ? 'unchanged' : 'none';
	};
}

function hashesOf(lists: readonly (readonly { hash: string }[])[]): Set<string> {
	const hashes = new Set<string>();
	for (const list of lists) {
		for (const { hash } of list) {
			hashes.add(hash);
		}
	}
	return hashes;
}

function reasonOf(trials: readonly TrialSummary[]): string | null {
	const lost = trials.find(({ verdict }) => verdict !== 'pass');
	return (lost && reasonsOf(toReasons(lost))[0]) ?? null;
}

function toReasons({ verdict, assertions, error }: TrialSummary): Parameters<typeof reasonsOf>[0] {
	return { verdict, assertions, ...(error && { error }) };
}
