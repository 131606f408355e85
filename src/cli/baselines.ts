import * as l10n from '@vscode/l10n';
import { pathToFileURL } from 'node:url';
import type { ComparableReport } from '../suites/compare/comparableReport.ts';
import { sideOf } from '../suites/compare/side.ts';
import type { RunReport } from '../suites/export/reportedRun.ts';
import type { PlannedRun } from '../suites/plannedRun.ts';
import type { RunPins } from '../suites/suiteContext.ts';
import type { Arguments } from './parseArguments.ts';
import { openComparable, withSuite } from './reports.ts';
import { shortPath } from './suiteFiles.ts';
import { usageError } from './usageError.ts';

/** A report that the run of a suite is compared with. */
export interface Baseline {
	/** As messages name it. */
	name: string;
	run: RunReport;
	report: ComparableReport;
	/** `--baseline-variant` */
	label: string | undefined;
}

/** By the URI of the suite. */
export type Baselines = ReadonlyMap<string, Baseline>;

/**
 * Opens the reports of `--baseline` for suites, of which there are absolute paths; empty without it. Throws a usage error for a
 * report that cannot be read, is of another suite or only a part of a run, and for options that need or exclude it.
 */
export async function openBaselines(parsed: Arguments, suites: readonly string[], folder: string): Promise<Baselines> {
	const path = parsed.one('baseline');
	if (path === undefined) {
		const alone = ['fail-on-regression', 'baseline-variant'].find((name) => parsed.has(name));
		if (alone !== undefined) {
			throw usageError(l10n.t('--{0} needs a run to compare with: --baseline REPORT', alone), 'baseline');
		}
		return new Map();
	}
	if (parsed.has('shard')) {
		throw usageError(
			l10n.t(
				'A part of a run is not compared: leave out --baseline, join the parts with merge, then use compare',
			),
			'baseline',
		);
	}
	if (suites.length > 1 && !path.includes('{suite}')) {
		throw usageError(
			l10n.t('--baseline {0} is one file for {1} suites: write {suite} into its name', path, suites.length),
			'baseline',
		);
	}
	const baselines = new Map<string, Baseline>();
	for (const suite of suites) {
		const suiteName = shortPath(suite, folder);
		const name = withSuite(path, suiteName);
		const { document, ...report } = await openComparable(name, folder);
		const uri = pathToFileURL(suite).href;
		if (!isOf(document.run, uri, suiteName)) {
			throw usageError(
				l10n.t('{0} is a run of another suite: {1}, not {2}', name, document.run.suiteName, suiteName),
				'baseline',
			);
		}
		const label = parsed.one('baseline-variant');
		if (label !== undefined) {
			// Throws if there is no such variant, or if it is not a model.
			sideOf(report.run, label, []);
		}
		baselines.set(uri, { name, run: document.run, report, label });
	}
	return baselines;
}

/** Before anything is asked: throws a usage error if a planned run will have nothing in common with its baseline. */
export function requireComparable(baselines: Baselines, { suite, plan }: RunPins): void {
	const baseline = baselines.get(suite);
	if (!baseline) {
		return;
	}
	const { cases, variants } = plan as PlannedRun;
	const { name, label, report } = baseline;
	const hashes = new Set(report.trials.map((trial) => trial.case.hash));
	if (!cases.some(({ hash }) => hashes.has(hash))) {
		throw usageError(l10n.t('Nothing to compare: {0} has no case of this run', name), 'baseline');
	}
	const ofA = report.run.variants.filter(({ isModel }) => isModel).map((one) => one.label);
	const ofB = variants.filter((one) => one.kind === 'recorded' || one.isModel).map((one) => one.label);
	if (ofA.length === 0 || ofB.length === 0) {
		throw usageError(l10n.t('A run without answers of a model cannot be compared'), 'baseline');
	}
	if (label === undefined && ofA.length > 1 && !ofA.some((one) => ofB.includes(one))) {
		throw usageError(
			l10n.t('{0} has no variant of this run. Choose one with --baseline-variant: {1}', name, ofA.join(', ')),
			'baseline',
		);
	}
}

/** The folder may be another one on another machine; the name of the file stays. */
function isOf(run: RunReport, uri: string, suiteName: string): boolean {
	const nameOf = (one: string) => one.slice(one.lastIndexOf('/') + 1);
	return run.suite === uri || run.suiteName === suiteName || nameOf(run.suite) === nameOf(uri);
}
