import { randomUUID } from 'node:crypto';
import * as l10n from '@vscode/l10n';
import { AppError } from '../../common/errors.ts';
import type { RunStatus, StoredTrial } from '../../common/suiteModel.ts';
import { canonicalJson } from '../canonicalJson.ts';
import { CasesHash } from '../cases/casesHash.ts';
import type { PlannedRun, PlannedVariant } from '../plannedRun.ts';
import { numberOfSlot, trialCount, trialIdOf } from '../trialOrder.ts';
import type { RunDocument } from './readRunDocument.ts';
import { RunCounts } from './runCounts.ts';
import type { ReportedRun } from './reportedRun.ts';

/** A part of a run, and how messages name it. */
export interface NamedDocument {
	name: string;
	document: RunDocument;
}

/** The worst of the parts is the status of the run. */
const order: readonly RunStatus[] = ['failed', 'running', 'interrupted', 'stopped', 'capped', 'complete'];

/**
 * Joins the parts (`--shard`) of one run. Rejects with `validation` if one is of another run (other suite, prompts, models,
 * settings or cases), and if a part is missing or there twice, with its number.
 */
export async function mergeRuns(parts: readonly NamedDocument[]): Promise<ReportedRun> {
	const [first] = parts;
	if (!first) {
		throw invalid(l10n.t('There is nothing to merge'));
	}
	checkParts(first, parts);
	const runId = randomUUID();
	const plans = parts.map(({ document }) => document.pins.plan);
	const cases = plans.flatMap((plan) => [...plan.cases]).sort((a, b) => a.index - b.index);
	const { shard, ...shared } = first.document.pins.plan;
	const hash = new CasesHash();
	cases.forEach((one) => hash.add(one));
	if (hash.digest() !== shard?.casesHash) {
		throw invalid(l10n.t('The parts do not add up to all {0} cases of the run', shard?.cases ?? 0));
	}
	const plan: PlannedRun = {
		...shared,
		cases,
		maxCostUsd: sum(plans.map(({ maxCostUsd }) => maxCostUsd)),
		maxCalls: sum(plans.map(({ maxCalls }) => maxCalls)),
		estimate: {
			trials: plans.reduce((total, { estimate }) => total + estimate.trials, 0),
			calls: plans.reduce((total, { estimate }) => total + estimate.calls, 0),
			inputTokens: plans.reduce((total, { estimate }) => total + estimate.inputTokens, 0),
		},
	};
	const trials = () => mergedTrials(parts, runId, plan);
	const counts = new RunCounts();
	for await (const trial of trials()) {
		counts.add(trial);
	}
	const runs = parts.map(({ document }) => document.run);
	const ends = runs.map(({ endedAt }) => endedAt);
	const reasons = [...new Set(runs.flatMap(({ reason }) => reason ?? []))];
	// They name the part whose answers were rated.
	const { ratings: _ratings, ...merged } = first.document.run;
	const run = counts.report({
		...merged,
		runId,
		startedAt: runs.map(({ startedAt }) => startedAt).sort()[0] ?? '',
		endedAt: ends.includes(null) ? null : (ends.sort().at(-1) ?? null),
		status: order.find((status) => runs.some((one) => one.status === status)) ?? 'complete',
		trials: trialCount(plan),
		calls: runs.reduce((total, { calls }) => total + calls, 0),
		maxCostUsd: plan.maxCostUsd,
		maxCalls: plan.maxCalls,
		variants: first.document.run.variants.map(({ rate: _rate, ...variant }) => variant),
		...(reasons.length > 0 && { reason: reasons.join('; ') }),
	});
	const pins = { ...first.document.pins, runId, plan };
	const pinsText = async function* () {
		yield JSON.stringify(pins);
	};
	return { run, pinsText, trials };
}

async function* mergedTrials(
	parts: readonly NamedDocument[],
	runId: string,
	{ cases, variants }: PlannedRun,
): AsyncGenerator<StoredTrial> {
	const caseAt = new Map(Array.from(cases, ({ index }, at) => [index, at]));
	const variantAt = new Map(variants.map(({ label }, at) => [label, at]));
	const size = { cases: cases.length, variants: variants.length };
	for (const { document } of parts) {
		for await (const trial of document.trials()) {
			const slot = {
				caseAt: caseAt.get(trial.case.index) ?? 0,
				variantAt: variantAt.get(trial.variant) ?? 0,
				repeat: trial.repeat,
			};
			yield { ...trial, trialId: trialIdOf(runId, { number: numberOfSlot(size, slot) }) };
		}
	}
}

function checkParts(first: NamedDocument, parts: readonly NamedDocument[]): void {
	const byIndex = new Map<number, string>();
	for (const { name, document } of parts) {
		const { shard } = document.pins.plan;
		if (!shard) {
			throw invalid(l10n.t('{0} is a whole run, not a part that was made with --shard', name));
		}
		checkSame(first, { name, document });
		const other = byIndex.get(shard.index);
		if (other !== undefined) {
			throw invalid(l10n.t('Part {0} of {1} is there twice: {2} and {3}', shard.index, shard.of, other, name));
		}
		byIndex.set(shard.index, name);
	}
	const of = first.document.pins.plan.shard?.of ?? 0;
	const missing = Array.from({ length: of }, (_, at) => at + 1).filter((index) => !byIndex.has(index));
	if (missing.length > 0) {
		throw invalid(
			missing.length === 1
				? l10n.t('Part {0} of {1} is missing', missing.join(', '), of)
				: l10n.t('Parts {0} of {1} are missing', missing.join(', '), of),
		);
	}
}

/** What must be equal, and how the message calls it. */
function checkSame(first: NamedDocument, other: NamedDocument): void {
	const [a, b] = [first.document.pins.plan, other.document.pins.plan];
	const differs = (what: string) =>
		invalid(l10n.t('{0} and {1} are not parts of one run: {2}', first.name, other.name, what));
	if (a.suiteHash !== b.suiteHash) {
		throw differs(l10n.t('their suites differ'));
	}
	const fields = (variants: readonly PlannedVariant[], of: (variant: PlannedVariant) => unknown) =>
		canonicalJson(variants.map(of));
	if (fields(a.variants, promptOf) !== fields(b.variants, promptOf)) {
		throw differs(l10n.t('their prompts differ'));
	}
	if (fields(a.variants, modelOf) !== fields(b.variants, modelOf)) {
		throw differs(l10n.t('their models differ'));
	}
	if (fields(a.variants, settingsOf) !== fields(b.variants, settingsOf) || a.judgeModel !== b.judgeModel) {
		throw differs(l10n.t('their settings differ'));
	}
	if (a.repeat !== b.repeat || a.shard?.of !== b.shard?.of || a.shard?.casesHash !== b.shard?.casesHash) {
		throw differs(l10n.t('they were cut from other cases, repeats or numbers of parts'));
	}
}

function promptOf(variant: PlannedVariant): unknown {
	return variant.kind === 'asked' ? variant.promptHash : null;
}

function modelOf(variant: PlannedVariant): unknown {
	return variant.kind === 'asked' ? variant.model : null;
}

/** The estimated cost comes from earlier runs of each machine. */
function settingsOf(variant: PlannedVariant): unknown {
	return variant.kind === 'asked' ? { ...variant, trialCostUsd: null } : variant;
}

function sum(limits: readonly (number | null)[]): number | null {
	return limits.reduce<number | null>((total, one) => (total === null || one === null ? null : total + one), 0);
}

function invalid(message: string): AppError {
	return new AppError('validation', message, { info: { field: 'reports' } });
}
