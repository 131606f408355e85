import { randomUUID } from 'node:crypto';
import * as l10n from '@vscode/l10n';
import { AppError, isAppError, throwIfAborted, toAppError } from '../common/errors.ts';
import type { RunVariant, SuiteRun, SuiteRunEvent } from '../common/suiteModel.ts';
import { AnswerReuse } from './answerReuse.ts';
import { CaseSpools } from './cases/caseSpools.ts';
import { earlierTrials } from './earlierTrials.ts';
import type { PlannedRun, SpooledRun, PlannedVariant } from './plannedRun.ts';
import { planRun, type PlanOptions, type SuiteSource } from './planRun.ts';
import { remainingEstimate } from './estimateRun.ts';
import { turnError } from './gradeTrial.ts';
import { RunBudget } from './runBudget.ts';
import { RunExecution } from './runExecution.ts';
import { RunTally, tallyOf } from './runTally.ts';
import type { RunPins, SuiteContext } from './suiteContext.ts';

/**
 * Plans and runs a suite. Rejects before the first event if it cannot be run (see `planRun`). A caller that leaves the loop
 * at `plan` has asked no model and leaves nothing behind; leaving it later stops the run, like the signal. Each trial is
 * durable before it is yielded.
 */
export async function* runSuite(
	context: SuiteContext,
	source: SuiteSource,
	options: PlanOptions = {},
): AsyncGenerator<SuiteRunEvent, void> {
	const { scratchFolder } = context;
	const spools = scratchFolder === undefined ? undefined : new CaseSpools(scratchFolder);
	try {
		const planned = await planRun(context, source, options, spools);
		yield* runPlanned(context, source, options, planned);
	} finally {
		spools?.close();
	}
}

async function* runPlanned(
	context: SuiteContext,
	source: SuiteSource,
	options: PlanOptions,
	planned: SpooledRun,
): AsyncGenerator<SuiteRunEvent, void> {
	const runId = randomUUID();
	yield { type: 'plan', runId, ...planned.estimate };
	const release = await claimRun(context, runId);
	try {
		throwIfAborted(options.signal);
		const reuse = planned.reuse ? await AnswerReuse.open(context, source.uri, runId) : undefined;
		const pins = { format: 1, runId, suite: source.uri, suiteText: source.text, plan: planned } as const;
		const log = await context.files.create(pins);
		yield* new RunExecution({
			context,
			runId,
			planned,
			log,
			tally: new RunTally(newRun(context, pins, planned)),
			budget: new RunBudget(planned),
			earlier: new Map(),
			reuse,
			batch: planned.batch ? { isBatched: true } : undefined,
			signal: options.signal,
		}).events();
	} catch (thrown) {
		// After the plan nothing is thrown: `done` is always last.
		yield doneWith(toAppError(thrown));
	} finally {
		await release();
	}
}

export interface ResumeOptions {
	/** Instead of the caps that the run was started with; both hold for the whole run. */
	maxCostUsd?: number;
	maxCalls?: number;
	/** What is still to be asked is asked in a new batch, or one by one; default: as the run was started. */
	batch?: boolean;
	signal?: AbortSignal;
}

/**
 * Goes on with a run that was stopped, capped or interrupted, exactly as it was planned: its suite and prompts are not read
 * again. Trials that have a verdict are not asked again; errors of providers and judges are, and an answer that only was not
 * graded is graded. A run that its cap has ended may spend the same again. Rejects with `not-found` if there is no such
 * run and with `validation` if it is running, here or in another window, or was imported. Batches that are at their providers are gone on
 * with, whatever `batch` says.
 */
export async function* resumeRun(
	context: SuiteContext,
	runId: string,
	{ maxCostUsd, maxCalls, batch, signal }: ResumeOptions = {},
): AsyncGenerator<SuiteRunEvent, void> {
	const stored = await context.files.pins(runId);
	if ((stored.plan as PlannedRun).isImported) {
		const message = l10n.t('Another tool made this run, so it cannot go on here. Run its suite instead');
		throw new AppError('validation', message, { info: { field: 'runId' } });
	}
	throwIfAborted(signal);
	const release = await claimRun(context, runId);
	let close: (() => Promise<void>) | undefined;
	try {
		const { pins, trials, log } = await context.files.open(runId);
		close = () => log.close();
		const planned = pins.plan as PlannedRun;
		const record = await recordOf(context, pins, planned);
		const earlier = earlierTrials(trials);
		const tally = tallyOf(record, trials);
		const spent = tally.snapshot({}).costUsd ?? 0;
		const again = record.status === 'capped' ? { calls: record.calls, spent } : { calls: 0, spent: 0 };
		const limits = {
			maxCalls: maxCalls ?? (planned.maxCalls === null ? null : planned.maxCalls + again.calls),
			maxCostUsd: maxCostUsd ?? (planned.maxCostUsd === null ? null : planned.maxCostUsd + again.spent),
		};
		const budget = new RunBudget(limits, record.calls, spent);
		const reuse = planned.reuse ? await AnswerReuse.open(context, pins.suite, runId) : undefined;
		const isBatched = batch ?? planned.batch ?? false;
		const hasBatches = (await context.files.batches(runId).read()).length > 0;
		yield { type: 'plan', runId, ...remainingEstimate(planned, earlier, isBatched) };
		// It closes the log itself.
		close = undefined;
		yield* new RunExecution({
			context,
			runId,
			planned,
			log,
			tally,
			budget,
			reuse,
			earlier,
			batch: isBatched || hasBatches ? { isBatched } : undefined,
			signal,
		}).events();
	} finally {
		await close?.();
		await release();
	}
}

/** Two windows never run the same run. */
async function claimRun(context: Pick<SuiteContext, 'claim'>, runId: string): Promise<() => Promise<void>> {
	const release = await context.claim(`run-${runId}`);
	if (!release) {
		throw new AppError('validation', l10n.t('This run is going on already, in this window or another'), {
			info: { field: 'runId' },
		});
	}
	return release;
}

function doneWith(error: AppError): SuiteRunEvent {
	return error.code === 'cancelled'
		? { type: 'done', stopReason: 'cancelled' }
		: { type: 'done', stopReason: 'error', error: turnError(error) };
}

/** The row of a run; one that was lost with its process is made again from the pinned plan. */
async function recordOf(
	context: Pick<SuiteContext, 'records' | 'now'>,
	pins: RunPins,
	planned: SpooledRun,
): Promise<SuiteRun> {
	try {
		return await context.records.get(pins.runId);
	} catch (thrown) {
		if (isAppError(thrown, 'not-found')) {
			return newRun(context, pins, planned);
		}
		throw thrown;
	}
}

function newRun({ now }: Pick<SuiteContext, 'now'>, { runId, suite }: RunPins, planned: SpooledRun): SuiteRun {
	const { suiteName, suiteHash, maxCostUsd, maxCalls, estimate, variants } = planned;
	return {
		runId,
		suite,
		suiteName,
		suiteHash,
		startedAt: now().toISOString(),
		endedAt: null,
		status: 'running',
		trials: estimate.trials,
		done: 0,
		calls: 0,
		costUsd: 0,
		maxCostUsd,
		maxCalls,
		variants: variants.map(newVariant),
	};
}

function newVariant(variant: PlannedVariant): RunVariant {
	const counts = { passed: 0, failed: 0, errors: 0, reused: 0, costUsd: 0 };
	const { label } = variant;
	if (variant.kind === 'recorded') {
		return { label, prompt: null, promptHash: null, model: null, isModel: true, thinking: null, ...counts };
	}
	const { prompt, promptHash, model, isModel, thinking } = variant;
	return { label, prompt, promptHash, model, isModel, thinking, ...counts };
}
