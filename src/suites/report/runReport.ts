import * as l10n from '@vscode/l10n';
import { AppError, isAppError } from '../../common/errors.ts';
import type {
	Against,
	ReportCase,
	ReportComparison,
	ReportFilter,
	ReportRows,
	ReportSide,
	ReportVariant,
	ReportView,
	TrendPoint,
} from '../../common/reportPage.ts';
import type { Comparison } from '../../common/comparison.ts';
import { shownTrial } from '../../common/shownTrial.ts';
import { shownValue } from '../../common/shownValue.ts';
import type { CaseResult } from '../../common/suitePage.ts';
import type { SuiteRun } from '../../common/suiteModel.ts';
import { baselineOf } from '../compare/baselineOf.ts';
import { addPreference, withPreference } from '../compare/withPreference.ts';
import type { SuiteContext, TrialSummary } from '../suiteContext.ts';
import { ReportCases } from './reportCases.ts';
import { ownComparison, reportedComparisons, type ReportedComparisons } from './reportedComparisons.ts';
import { storedSource, type LoadedRun, type ReportSource } from './reportSource.ts';
import { reportTrend } from './reportTrend.ts';
import { reportVariants } from './reportVariants.ts';

interface Report extends ReportedComparisons {
	loaded: LoadedRun;
	variants: ReportVariant[];
	against: NonNullable<Against>;
	other: LoadedRun | undefined;
	otherSource: ReportSource | undefined;
	baseline: ReportView['baseline'];
	cases: ReportCases;
	revision: number;
}

type Stored = Pick<SuiteContext, 'records' | 'files'>;

/** The report of one run, as its page asks for it. Everything is read once, until `changed` is called. */
export class RunReport {
	readonly #source: ReportSource;
	readonly #stored: Stored | undefined;
	#loaded: Promise<LoadedRun> | undefined;
	/** For what was asked for last. */
	#report: { key: string; report: Promise<Report> } | undefined;
	#revision = 1;
	#otherRunId: string | undefined;
	#readingTime = 0;

	/**
	 * `stored`: where the run and others are stored; without it the report is that of a document, which has no baseline and
	 * is compared with its own variants only.
	 */
	constructor(source: ReportSource, stored?: Stored) {
		this.#source = source;
		this.#stored = stored;
	}

	/** The run that this one was compared with last, if any. */
	get otherRunId(): string | undefined {
		return this.#otherRunId;
	}

	/** Milliseconds that it took to read the run and to compare it. */
	get readingTime(): number {
		return this.#readingTime;
	}

	/** What was read is read again when it is asked for next. */
	changed(): void {
		this.#loaded = undefined;
		this.#report = undefined;
		this.#revision++;
	}

	/** Rejects with `not-found` and `storage`. */
	async view(against: Against): Promise<ReportView> {
		const report = await this.#reportOf(against);
		const { loaded, variants, other, baseline, comparisons, leftOut, problem, cases, revision } = report;
		const { suiteHash: _hash, ...run } = loaded.run;
		return {
			run: { ...run, variants },
			against: report.against,
			other: other
				? {
						runId: other.run.runId,
						startedAt: other.run.startedAt,
						isBaseline: other.run.blessedAt !== undefined,
					}
				: null,
			baseline,
			comparisons: comparisons.map(withoutCases),
			leftOut,
			problem,
			counts: cases.counts,
			revision,
		};
	}

	async rows({
		against,
		...page
	}: {
		against: Against;
		offset: number;
		count: number;
		filter: ReportFilter;
	}): Promise<ReportRows> {
		const { cases, revision } = await this.#reportOf(against);
		return cases.page(page, revision);
	}

	/** One case with the answers of a repeat, those of what it is compared with first. */
	async case({ against, index, repeat }: { against: Against; index: number; repeat: number }): Promise<ReportCase> {
		const report = await this.#reportOf(against);
		const found = report.cases.at(index);
		if (!found) {
			throw new AppError('not-found', l10n.t('The run has no such case'));
		}
		const { row, planned, trials, before } = found;
		const { query, expected } = planned;
		const repeats = [...trials, ...before].reduce((most, trial) => Math.max(most, trial.repeat), 1);
		const shown = Math.min(Math.max(1, repeat), repeats);
		const own = ordered(row.results, report.against);
		const [sidesBefore, sides] = await Promise.all([
			this.#sides(report.otherSource, row.before, before, shown, true),
			this.#sides(this.#source, own, trials, shown, false),
		]);
		return {
			index,
			name: row.name,
			tags: row.tags,
			change: row.change,
			query: query ?? null,
			expected: expected === undefined ? null : shownValue(expected),
			repeat: shown,
			repeats,
			sides: [...sidesBefore, ...sides],
			revision: report.revision,
		};
	}

	/** The runs of the suite over time; none for a run that is not stored. */
	async trend(): Promise<TrendPoint[]> {
		const { run } = await this.#run();
		return this.#stored ? reportTrend(run, await this.#stored.records.list({ suite: run.suite })) : [];
	}

	/** The complete trial of this run, or of the one that it is compared with. */
	async trial(trialId: string, isOther: boolean) {
		const { otherSource } = (await this.#report?.report) ?? {};
		const [trial] = (await (isOther ? otherSource : this.#source)?.trials([trialId])) ?? [];
		if (!trial) {
			throw new AppError('not-found', l10n.t('This trial is not stored'));
		}
		return trial;
	}

	async #sides(
		source: ReportSource | undefined,
		results: readonly CaseResult[],
		trials: readonly TrialSummary[],
		repeat: number,
		isOther: boolean,
	): Promise<ReportSide[]> {
		const shown = results.map((result) =>
			trials.find((trial) => trial.variant === result.variant && trial.repeat === repeat),
		);
		const ids = shown.flatMap((trial) => trial?.trialId ?? []);
		const complete = new Map(
			((await source?.trials(ids)) ?? []).map((trial) => [trial.trialId, shownTrial(trial)] as const),
		);
		return results.map((result, at) => ({
			variant: result.variant,
			isOther,
			result,
			trial: complete.get(shown[at]?.trialId ?? '') ?? null,
		}));
	}

	#reportOf(against: Against): Promise<Report> {
		const key = JSON.stringify(against);
		if (this.#report?.key !== key) {
			const report = this.#load(against).catch((error: unknown) => {
				this.#report = undefined;
				throw error;
			});
			this.#report = { key, report };
		}
		return this.#report.report;
	}

	#run(): Promise<LoadedRun> {
		this.#loaded ??= this.#source.load().catch((error: unknown) => {
			this.#loaded = undefined;
			throw error;
		});
		return this.#loaded;
	}

	async #load(asked: Against): Promise<Report> {
		const revision = this.#revision;
		const began = performance.now();
		const loaded = await this.#run();
		const baseline = (await this.#baseline(loaded)) ?? null;
		const chosen: NonNullable<Against> =
			asked ?? (baseline ? { kind: 'run', runId: baseline.runId } : ownComparison(loaded));
		const report = await this.#against(loaded, chosen);
		// A baseline that has nothing in common with the run was not asked for.
		const isUseless = asked === null && report.problem !== null && chosen.kind === 'run';
		const shown = isUseless ? await this.#against(loaded, ownComparison(loaded)) : report;
		const variants = reportVariants(loaded.run, loaded.trials);
		this.#otherRunId = shown.other?.run.runId;
		this.#readingTime = performance.now() - began;
		return { ...shown, variants, baseline, revision };
	}

	async #against(
		loaded: LoadedRun,
		against: NonNullable<Against>,
	): Promise<Omit<Report, 'variants' | 'baseline' | 'revision'>> {
		const otherSource =
			against.kind === 'run' && this.#stored ? storedSource(this.#stored, against.runId) : undefined;
		const { other, missing } = await loadedOther(otherSource);
		const found = reportedComparisons(loaded, against, other);
		const comparisons = await this.#withPreferences(found.comparisons, (other ?? loaded).run, loaded.run);
		const cases = new ReportCases(loaded, comparisons, other);
		return { loaded, against, other, otherSource, ...found, comparisons, problem: found.problem ?? missing, cases };
	}

	/** With what the blind ratings of the same answers have come to. */
	async #withPreferences(comparisons: readonly Comparison[], a: SuiteRun, b: SuiteRun): Promise<Comparison[]> {
		const stored = this.#stored;
		const ids = { a: a.runId, b: b.runId };
		return stored
			? Promise.all(comparisons.map((one) => withPreference(stored, one, ids)))
			: comparisons.map((one) => addPreference(one, ids, this.#source.ratings ?? []));
	}

	async #baseline({ run }: LoadedRun): Promise<ReportView['baseline'] | undefined> {
		const baseline = this.#stored && baselineOf(run, await this.#stored.records.list({ suite: run.suite }));
		return baseline && { runId: baseline.runId, startedAt: baseline.startedAt };
	}
}

/** A run that was deleted in the meantime does not hide the report. */
async function loadedOther(
	source: ReportSource | undefined,
): Promise<{ other: LoadedRun | undefined; missing: string | null }> {
	try {
		return { other: await source?.load(), missing: null };
	} catch (error) {
		if (isAppError(error, 'not-found')) {
			return { other: undefined, missing: error.message };
		}
		throw error;
	}
}

/** The variant that the others are compared with stands first. */
function ordered(results: readonly CaseResult[], against: NonNullable<Against>): CaseResult[] {
	const isFirst = ({ variant }: CaseResult) => against.kind === 'variant' && variant === against.label;
	return [...results.filter(isFirst), ...results.filter((result) => !isFirst(result))];
}

function withoutCases(comparison: Comparison): ReportComparison {
	const { a, b, cases, difference, interval, pValue, verdict, sentence, notes, level, family } = comparison;
	return { a, b, cases, difference, interval, pValue, verdict, sentence, notes, level, family };
}
