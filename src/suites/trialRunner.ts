import * as l10n from '@vscode/l10n';
import { isAppError, throwIfAborted, toAppError } from '../common/errors.ts';
import type { StoredTrial } from '../common/suiteModel.ts';
import { turnText, type TurnError } from '../common/turn.ts';
import { textHash } from '../disk/textHash.ts';
import type { AnswerReuse } from './answerReuse.ts';
import type { GivenAnswer, Work } from './batch/handover.ts';
import { askTrial, type Answered } from './askTrial.ts';
import type { EarlierTrial } from './earlierTrials.ts';
import { askedCount } from './askedCount.ts';
import { gradeTrial, turnError, ungraded, type Gradable, type Grading } from './gradeTrial.ts';
import { createJudge } from './judge.ts';
import type { AskedVariant, PlannedCase, SpooledRun } from './plannedRun.ts';
import { renderCase } from './renderCase.ts';
import { renderTrial, type RenderedTrial } from './renderTrial.ts';
import { requestHash } from './requestHash.ts';
import type { RunBudget, Ticket } from './runBudget.ts';
import { SharedVerdicts } from './sharedVerdicts.ts';
import { storedAnswer } from './storedAnswer.ts';
import type { SuiteContext } from './suiteContext.ts';
import { trialIdOf, type Slot } from './trialOrder.ts';
import { VariantGroups, type Attempt, type Compared, type Task } from './variantGroups.ts';

export interface TrialRunnerOptions {
	context: SuiteContext;
	runId: string;
	planned: SpooledRun;
	budget: RunBudget;
	earlier: ReadonlyMap<number, EarlierTrial>;
	reuse?: AnswerReuse | undefined;
	/** Ends requests. */
	signal: AbortSignal;
	/** Ends grading, a little later: answers that are there already should not be lost. */
	gradingSignal: AbortSignal;
	/** Takes over a trial that has ended. One that was not graded because the run ends has to be run again. */
	store(trial: StoredTrial, isGraded: boolean): void;
}

/** Runs one trial after another: renders, asks or finds the answer, grades it and hands it over. */
export class TrialRunner {
	readonly #options: TrialRunnerOptions;
	readonly #groups: VariantGroups;
	/** The highest cost of a trial so far, by position of the variant. */
	readonly #costs = new Map<number, number>();

	constructor(options: TrialRunnerOptions) {
		this.#options = options;
		this.#groups = new VariantGroups(options);
	}

	/** A given answer is taken instead of asking. False once a cap of the run is reached. Rejects with `cancelled` after a Stop, and if the store fails. */
	async run({ slot, given }: Work): Promise<boolean> {
		const { planned } = this.#options;
		const one = planned.cases.at(slot.caseAt);
		const variant = planned.variants[slot.variantAt];
		if (!one || !variant) {
			return true;
		}
		const task = { slot, one, variant };
		try {
			return variant.kind === 'asked' ? await this.#asked(task, variant, given) : await this.#recorded(task);
		} catch (thrown) {
			throwIfAborted(this.#options.signal);
			if (isAppError(thrown, 'storage')) {
				throw thrown;
			}
			const gradable = { ...emptyGradable, model: variant.kind === 'asked' ? variant.model : null };
			await this.#end(
				{ ...task, gradable, requestHash: '', ...nothingSpent },
				ungraded(turnError(toAppError(thrown))),
			);
			return true;
		}
	}

	/** Answers that wait for those of other variants, when the run ends. */
	storeUngraded(): void {
		for (const attempt of this.#groups.takeAll()) {
			this.#storeUngraded(attempt);
		}
	}

	async #recorded(task: Task): Promise<boolean> {
		const { one, variant } = task;
		const output = one.output ?? one.outputs?.[variant.label] ?? '';
		const { query, messages } = renderCase({ ...one, assert: [] });
		const gradable = { ...emptyGradable, output, query: query ?? messages?.at(-1)?.content ?? '' };
		const ticket = await this.#reserve(one.needsOthers ? 0 : one.judgeCalls, () => 0);
		return ticket
			? await this.#graded({ ...task, gradable, requestHash: textHash(output), ...nothingSpent }, ticket)
			: false;
	}

	async #asked(task: Task, variant: AskedVariant, given: GivenAnswer | undefined): Promise<boolean> {
		const { one, slot } = task;
		const rendered = renderTrial(variant, one);
		const hash = requestHash(variant, rendered);
		const known = await this.#known(slot, hash, given === undefined);
		const judgeCalls = one.needsOthers ? 0 : one.judgeCalls;
		const calls = (known ? 0 : askedCount(one, variant)) + judgeCalls;
		const ticket = given
			? this.#options.budget.free()
			: await this.#reserve(calls, () => (known ? 0 : this.#expectedCost(slot, variant)));
		if (!ticket) {
			return false;
		}
		let cost: number | null = 0;
		try {
			const answered =
				known?.answered ??
				(given ? batchAnswer(rendered, given) : await this.#ask(variant, one, rendered, ticket));
			cost = known ? 0 : costOf(variant, answered, given !== undefined);
			if (ticket.isRefused) {
				return false;
			}
			const gradable: Gradable = {
				output: turnText(answered.turn),
				prompt: rendered.prompt,
				query: answered.query,
				model: variant.model,
				costUsd: known?.isReused ? 0 : costOf(variant, answered, given !== undefined),
				answered,
			};
			const reused = known?.isReused ?? false;
			return await this.#graded({ ...task, gradable, requestHash: hash, reused, spentUsd: cost }, ticket);
		} finally {
			ticket.settle(cost);
		}
	}

	#ask(variant: AskedVariant, one: PlannedCase, rendered: RenderedTrial, { beforeSend }: Ticket): Promise<Answered> {
		const { context, signal } = this.#options;
		return askTrial(context, variant, rendered, { timeout: one.timeout, beforeSend, signal });
	}

	/** An answer for which no model need be asked: of this run, if only its grading failed, or of an earlier one. */
	async #known(
		slot: Slot,
		hash: string,
		mayReuse: boolean,
	): Promise<{ answered: Answered; isReused: boolean } | undefined> {
		const { context, runId, earlier, reuse } = this.#options;
		if (earlier.has(slot.number)) {
			const trial = await context.files.trial(runId, trialIdOf(runId, slot));
			const answered = storedAnswer(trial);
			if (answered) {
				return { answered, isReused: trial.reused };
			}
		}
		const trial = mayReuse ? await reuse?.take(hash) : undefined;
		const answered = trial && storedAnswer(trial);
		return answered && { answered, isReused: true };
	}

	#reserve(calls: number, costUsd: () => number): Promise<Ticket | undefined> {
		return this.#options.budget.reserve(calls, costUsd, this.#options.signal);
	}

	#expectedCost({ variantAt }: Slot, { trialCostUsd }: AskedVariant): number {
		return this.#costs.get(variantAt) ?? trialCostUsd ?? 0;
	}

	/** Grades an answer, or keeps it until those of the other variants are there. False if a cap was reached. */
	async #graded(attempt: Attempt, ticket: Ticket): Promise<boolean> {
		const { error } = attempt.gradable.answered ?? {};
		if (error) {
			ticket.settle(attempt.spentUsd);
			await this.#end(attempt, ungraded(error));
			return true;
		}
		if (attempt.one.needsOthers) {
			ticket.settle(attempt.spentUsd);
			return this.#gradeGroup(await this.#groups.add(attempt));
		}
		return this.#grade(attempt, ticket);
	}

	/** Grades the answers of all variants to a case. */
	async #gradeGroup(group: readonly Compared[]): Promise<boolean> {
		let isWithinCap = true;
		const verdicts = new SharedVerdicts();
		for (const { attempt, others } of group) {
			const { judgeCalls, mirroredCalls = 0 } = attempt.one;
			const isMirrored = mirroredCalls > 0 && verdicts.size >= mirroredCalls;
			const ticket = await this.#reserve(isMirrored ? judgeCalls - mirroredCalls : judgeCalls, () => 0);
			if (!ticket) {
				this.#storeUngraded(attempt);
			}
			const isGraded = ticket !== undefined && (await this.#grade(attempt, ticket, { others, verdicts }));
			isWithinCap = isGraded && isWithinCap;
		}
		return isWithinCap;
	}

	async #grade(
		attempt: Attempt,
		ticket: Ticket,
		pair?: { others: Record<string, string>; verdicts: SharedVerdicts },
	): Promise<boolean> {
		const { context, planned, gradingSignal } = this.#options;
		let judgeCost: number | null = 0;
		try {
			const { one, gradable } = attempt;
			const judge = createJudge({
				models: context.models(),
				model: planned.judgeModel,
				beforeSend: ticket.beforeSend,
			});
			const grading = await gradeTrial(one, gradable, {
				sandbox: context.sandbox,
				judge: pair?.verdicts.judge(judge) ?? judge,
				others: pair?.others,
				signal: gradingSignal,
			});
			judgeCost = grading.judgeCostUsd;
			if (ticket.isRefused || grading.error?.code === 'cancelled') {
				this.#storeUngraded(attempt, judgeCost);
			} else {
				this.#store(attempt, grading, true);
			}
		} catch (thrown) {
			if (!gradingSignal.aborted) {
				throw thrown;
			}
			this.#storeUngraded(attempt, judgeCost);
		} finally {
			// A ticket of its own for judges is settled by what they cost.
			const cost = pair ? judgeCost : add(attempt.spentUsd, judgeCost);
			const known = this.#costs.get(attempt.slot.variantAt) ?? 0;
			if (cost !== null && cost > known) {
				this.#costs.set(attempt.slot.variantAt, cost);
			}
			ticket.settle(cost);
		}
		return !ticket.isRefused;
	}

	/** Ends a trial without an answer; the other variants of its case are compared without it. */
	async #end(attempt: Attempt, grading: Grading): Promise<void> {
		this.#store(attempt, grading, true);
		if (attempt.one.needsOthers) {
			await this.#gradeGroup(await this.#groups.skip(attempt));
		}
	}

	#storeUngraded(attempt: Attempt, judgeCostUsd: number | null = 0): void {
		const error: TurnError = {
			code: 'cancelled',
			message: l10n.t('The run ended before this answer was graded. Resume it to grade the answer'),
			retryable: true,
		};
		this.#store(attempt, { ...ungraded(error), judgeCostUsd }, false);
	}

	#store(attempt: Attempt, grading: Grading, isGraded: boolean): void {
		const { context, runId } = this.#options;
		const { slot, one, variant, gradable, reused } = attempt;
		const { judgeCostUsd, ...graded } = grading;
		const { answered } = gradable;
		const earlierCost = this.#options.earlier.get(slot.number)?.summary.costUsd ?? 0;
		this.#options.store(
			{
				trialId: trialIdOf(runId, slot),
				case: { name: one.name, hash: one.hash, index: one.index },
				variant: variant.label,
				repeat: slot.repeat,
				...graded,
				output: gradable.output,
				latencyMs: answered?.latencyMs ?? null,
				timeToFirstTokenMs: answered?.timeToFirstTokenMs ?? null,
				usage: answered?.usage ?? null,
				// With what earlier attempts at it cost.
				costUsd: add(earlierCost, add(attempt.spentUsd, judgeCostUsd)),
				reused,
				endedAt: context.now().toISOString(),
				query: gradable.query,
				requestHash: attempt.requestHash,
				...(answered && { turn: answered.turn }),
				...(answered && answered.earlier.length > 0 && { earlier: answered.earlier }),
				...(answered?.citations && { citations: answered.citations }),
				...(answered && answered.requests.length > 0 && { requests: JSON.stringify(answered.requests) }),
			},
			isGraded,
		);
	}
}

const nothingSpent = { reused: false, spentUsd: 0 };

const emptyGradable: Gradable = { output: '', prompt: '', query: '', model: null, costUsd: 0 };

/** What an answer cost; null if the price is unknown. A request that failed, in a batch or before it was counted, cost nothing. */
function costOf(
	{ isModel, trialCostUsd }: AskedVariant,
	{ usage, error }: Answered,
	isFromBatch: boolean,
): number | null {
	if (!isModel || (isFromBatch && error && !usage)) {
		return 0;
	}
	return usage?.costUsd ?? (error && trialCostUsd !== null ? 0 : null);
}

/** The answer of a batch: nobody knows how long it took. */
function batchAnswer({ steps }: RenderedTrial, { turn, request }: GivenAnswer): Answered {
	return {
		query: steps.at(-1)?.query ?? '',
		turn,
		earlier: [],
		latencyMs: null,
		timeToFirstTokenMs: null,
		usage: turn.usage ?? null,
		requests: [request],
		...(turn.error && { error: turn.error }),
	};
}

function add(one: number | null, other: number | null): number | null {
	return one === null || other === null ? null : one + other;
}
