import type {
	AnswerTotals,
	DashboardFilter,
	DashboardModel,
	DashboardPoint,
	DashboardRow,
	DashboardView,
	TestTotals,
} from '../../common/dashboardPage.ts';
import { maxDashboardRows } from '../../common/dashboardPage.ts';
import { groupBy } from '../../common/groupBy.ts';
import type { RunMeasures, SuiteRun } from '../../common/suiteModel.ts';
import { rateInterval } from '../../statistics/passRate.ts';
import type { TestFigures } from '../../storage/contract.ts';

/** Runs of a row that are drawn. */
const maxRuns = 20;

/** A draft, a prompt or a suite file with its runs, newest first. */
export interface DashboardRecord {
	key: DashboardRow['key'];
	kind: DashboardRow['kind'];
	name: string;
	folder: string;
	tags: readonly string[];
	hasSuite: boolean;
	runs: readonly SuiteRun[];
	/** Of its tests in the period, one for each model. */
	figures: readonly TestFigures[];
	/** Times at which its versions were made; undefined for a file. */
	versions?: readonly string[];
}

/** All prompts over time, as far as they fit the filter. `now` decides where a period begins. */
export function dashboardView(records: readonly DashboardRecord[], filter: DashboardFilter, now: Date): DashboardView {
	const since = sinceOf(filter, now);
	const fitting = records.filter((record) => isFiled(record, filter));
	const shown = fitting.map((record) => ({ record, ...withinFilter(record, filter, since) }));
	const rows = shown
		.filter(({ runs, figures }) => filter.model === '' || runs.length + figures.length > 0)
		.map(({ record, runs, figures }) => rowOf(record, runs, figures, filter))
		.sort(byNewestRun);
	return {
		rows: rows.slice(0, maxDashboardRows),
		total: rows.length,
		models: modelsOf(shown, filter),
		withoutSuite: fitting.filter(({ kind, hasSuite }) => kind !== 'file' && !hasSuite).length,
		choices: choicesOf(records),
	};
}

/** The beginning of the period as a time; empty for all. */
export function sinceOf({ days }: DashboardFilter, now: Date): string {
	return days === 0 ? '' : new Date(now.getTime() - days * 24 * 3600 * 1000).toISOString();
}

/** The newest run of each record that fits. */
export function newestRuns(
	records: readonly DashboardRecord[],
	filter: DashboardFilter,
	now: Date,
): { name: string; run: SuiteRun }[] {
	const since = sinceOf(filter, now);
	return records
		.filter((record) => isFiled(record, filter))
		.flatMap((record) => {
			const [run] = withinFilter(record, filter, since).runs;
			return run ? [{ name: record.name, run }] : [];
		});
}

function isFiled({ folder, tags }: DashboardRecord, filter: DashboardFilter): boolean {
	const isInFolder = filter.folder === '' || folder === filter.folder || folder.startsWith(`${filter.folder}/`);
	return isInFolder && (filter.tag === '' || tags.includes(filter.tag));
}

function withinFilter({ runs, figures }: DashboardRecord, { model }: DashboardFilter, since: string) {
	return {
		runs: runs.filter(
			({ startedAt, variants }) =>
				startedAt >= since && (model === '' || variants.some((variant) => variant.model === model)),
		),
		figures: figures.filter((one) => model === '' || one.model === model),
	};
}

function rowOf(
	record: DashboardRecord,
	runs: readonly SuiteRun[],
	figures: readonly TestFigures[],
	filter: DashboardFilter,
): DashboardRow {
	const { key, kind, name, folder, tags, hasSuite, versions } = record;
	const [newest] = runs;
	const lastRun = record.runs[0]?.startedAt;
	const costs = [...variantsOf(runs, filter).map(({ costUsd }) => costUsd), ...figures.map(({ costUsd }) => costUsd)];
	return {
		key,
		kind,
		name,
		folder,
		tags: [...tags],
		hasSuite,
		runs: runs.length,
		answers: answersOf(variantsOf(runs, filter)),
		points: runs
			.slice(0, maxRuns)
			.toReversed()
			.flatMap((run) => pointsOf(run, filter)),
		newest: newest ? { runId: newest.runId, startedAt: newest.startedAt } : null,
		tests: totalsOf(figures),
		...costOf(costs),
		versionsSince:
			versions && lastRun !== undefined ? versions.filter((createdAt) => createdAt > lastRun).length : null,
	};
}

function variantsOf(runs: readonly SuiteRun[], { model }: DashboardFilter): SuiteRun['variants'] {
	return runs.flatMap(({ variants }) => variants.filter((variant) => model === '' || variant.model === model));
}

function pointsOf(run: SuiteRun, filter: DashboardFilter): DashboardPoint[] {
	return variantsOf([run], filter).flatMap(({ label, isModel, passed, failed, errors, rate, worth }) =>
		isModel && rate !== undefined && worth !== undefined
			? [
					{
						runId: run.runId,
						startedAt: run.startedAt,
						series: label,
						passed,
						of: passed + failed,
						errors,
						rate,
						interval: rateInterval(rate, worth),
					},
				]
			: [],
	);
}

function answersOf(variants: SuiteRun['variants']): AnswerTotals {
	const measured = variants.flatMap(({ isModel, measures }) => (isModel && measures ? [measures] : []));
	const sum = (value: (one: RunMeasures) => number) => measured.reduce((total, one) => total + value(one), 0);
	const withTokens = sum((one) => one.withTokens);
	return {
		milliseconds: weightedMedian(measured.map(({ medianMs, withTime }) => ({ value: medianMs, weight: withTime }))),
		inputTokens: mean(
			sum((one) => one.inputTokens),
			withTokens,
		),
		outputTokens: mean(
			sum((one) => one.outputTokens),
			withTokens,
		),
	};
}

/** The lowest value that half of the weight is at or below. That of a single value is the value. */
function weightedMedian(values: readonly { value: number | null; weight: number }[]): number | null {
	const known = values.flatMap(({ value, weight }) => (value === null ? [] : [{ value, weight }]));
	const sorted = known.sort((a, b) => a.value - b.value);
	const half = sorted.reduce((total, { weight }) => total + weight, 0) / 2;
	let below = 0;
	return sorted.find(({ weight }) => (below += weight) >= half)?.value ?? null;
}

function mean(total: number, count: number): number | null {
	return count === 0 ? null : total / count;
}

function totalsOf(figures: readonly TestFigures[]): TestTotals | null {
	if (figures.length === 0) {
		return null;
	}
	const sum = (value: (one: TestFigures) => number) => figures.reduce((total, one) => total + value(one), 0);
	const [tests, ratings] = [sum((one) => one.tests), sum((one) => one.ratings)];
	return {
		tests,
		ratings,
		rating: mean(
			sum((one) => one.ratingSum),
			ratings,
		),
		milliseconds: mean(
			sum((one) => one.milliseconds),
			tests,
		),
		outputTokens: mean(
			sum((one) => one.outputTokens),
			sum((one) => one.withTokens),
		),
	};
}

function costOf(costs: readonly (number | null)[]): { costUsd: number; isCostPartial: boolean } {
	return { costUsd: costs.reduce<number>((sum, cost) => sum + (cost ?? 0), 0), isCostPartial: costs.includes(null) };
}

function modelsOf(
	shown: readonly { runs: readonly SuiteRun[]; figures: readonly TestFigures[] }[],
	filter: DashboardFilter,
): DashboardModel[] {
	const ofRuns = shown.flatMap(({ runs }) =>
		runs.flatMap((run) =>
			variantsOf([run], filter).flatMap(({ model, isModel, passed, failed, errors, costUsd }) =>
				model !== null && isModel
					? [{ model, runId: run.runId, answers: passed + failed + errors, tests: 0, costUsd }]
					: [],
			),
		),
	);
	const ofTests = shown.flatMap(({ figures }) =>
		figures.map(({ model, tests, costUsd }) => ({ model, runId: null, answers: 0, tests, costUsd })),
	);
	return [...groupBy([...ofRuns, ...ofTests], ({ model }) => model)]
		.map(([model, uses]) => ({
			model,
			runs: new Set(uses.flatMap(({ runId }) => runId ?? [])).size,
			answers: uses.reduce((sum, { answers }) => sum + answers, 0),
			tests: uses.reduce((sum, { tests }) => sum + tests, 0),
			...costOf(uses.map(({ costUsd }) => costUsd)),
		}))
		.sort((a, b) => b.runs - a.runs || b.tests - a.tests || a.model.localeCompare(b.model));
}

/** Of all records, whatever the filter is, so that it can be changed. */
function choicesOf(records: readonly DashboardRecord[]): DashboardView['choices'] {
	const sorted = (values: Iterable<string>) => [...new Set(values)].sort((a, b) => a.localeCompare(b));
	const models = records.flatMap(({ runs, figures }) => [
		...runs.flatMap(({ variants }) => variants.flatMap(({ model, isModel }) => (isModel ? (model ?? []) : []))),
		...figures.map(({ model }) => model),
	]);
	return {
		folders: sorted(records.flatMap(({ folder }) => (folder === '' ? [] : withParents(folder)))),
		tags: sorted(records.flatMap(({ tags }) => tags)),
		models: sorted(models),
	};
}

function withParents(folder: string): string[] {
	const names = folder.split('/');
	return names.map((_, index) => names.slice(0, index + 1).join('/'));
}

function byNewestRun(a: DashboardRow, b: DashboardRow): number {
	return (b.newest?.startedAt ?? '').localeCompare(a.newest?.startedAt ?? '') || a.name.localeCompare(b.name);
}
