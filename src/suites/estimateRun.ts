import { estimateTokens } from '../common/estimateTokens.ts';
import type { BatchPlan } from '../common/suiteModel.ts';
import { askedCount } from './askedCount.ts';
import { batchOffers, canBatch } from './batch/canBatch.ts';
import type { Models } from '../providers/provider.ts';
import { messageText } from '../runs/modelMessages.ts';
import type { EarlierTrial } from './earlierTrials.ts';
import type { AskedVariant, PlanEstimate, PlannedCase, PlannedRun, SpooledRun } from './plannedRun.ts';
import { isRecorded, TrialOrder, variantsOf } from './trialOrder.ts';

/** Tokens of one answer, until there are earlier ones to go by. */
const usualOutput = 500;
/** Tokens of a judge's instructions, and of its verdict. */
const judgeInput = 600;
const judgeOutput = 200;

/** What an earlier trial of a case took, as the model counted it. */
export interface KnownUsage {
	inputTokens: number;
	outputTokens: number;
}

/** Of an earlier run, by `knownUsageKey`. */
export type KnownUsages = ReadonlyMap<string, KnownUsage>;

export function knownUsageKey(caseHash: string, promptHash: string | null, model: string | null): string {
	return `${caseHash} ${promptHash ?? ''} ${model ?? ''}`;
}

/**
 * What a run takes: requests, input tokens and US dollars. Tokens are those that the model counted in an earlier run of the
 * same case, prompt and model, else an estimate. An answer has as many tokens as the earlier ones had on average, else 500.
 * With a model whose price is unknown there is no cost. If models have batch APIs, there are both costs, and `costUsd` is that
 * of the way that the plan goes. The result also has what a trial of each asked variant probably
 * costs, by its position; null if its price is unknown.
 */
export function estimateRun(
	plan: Pick<SpooledRun, 'cases' | 'variants' | 'repeat' | 'judgeModel' | 'batch'>,
	models: Pick<Models, 'price' | 'batch'>,
	known: KnownUsages,
): { estimate: PlanEstimate; trialCosts: (number | null)[] } {
	const sums = plan.variants.map(() => ({
		trials: 0,
		input: 0,
		output: 0,
		batched: { trials: 0, input: 0, output: 0 },
	}));
	const offers = batchOffers(models);
	const means = meanOutputs(plan, known);
	let calls = 0;
	let judgeCalls = 0;
	let judgedTokens = 0;
	for (const one of plan.cases) {
		const repeats = isRecorded(one) ? 1 : (plan.repeat ?? one.repeat);
		const answering = variantsOf(plan, one);
		for (const [position, at] of answering.entries()) {
			const variant = plan.variants[at];
			const sum = sums[at];
			if (!variant || !sum) {
				continue;
			}
			const judged = judgeCallsOf(one, position, answering.length) * repeats;
			judgeCalls += judged;
			let output = estimateTokens(one.output ?? one.outputs?.[variant.label] ?? '');
			if (variant.kind === 'asked') {
				const asked = askedCount(one, variant);
				calls += asked * repeats;
				const measured = known.get(knownUsageKey(one.hash, variant.promptHash, variant.model));
				output = measured?.outputTokens ?? (means.get(variant.model) ?? usualOutput) * asked;
				output = Math.min(output, (one.maxTokens ?? variant.maxTokens) * asked);
				const input = measured?.inputTokens ?? estimatedInput(one, variant, asked, output / asked);
				sum.input += repeats * input;
				sum.output += repeats * output;
				if (canBatch(one, variant, offers)) {
					sum.batched.trials += repeats;
					sum.batched.input += repeats * input;
					sum.batched.output += repeats * output;
				}
			}
			judgedTokens += judged * output;
			sum.trials += repeats;
		}
	}
	const dates: string[] = [];
	let liveCostUsd: number | undefined = 0;
	let saved: number | undefined = 0;
	const trialCosts = plan.variants.map((variant, index): number | null => {
		const { trials = 0, input = 0, output = 0, batched } = sums[index] ?? {};
		if (variant.kind !== 'asked' || !variant.isModel) {
			return 0;
		}
		const cost = priced(models, variant.model, input, output, dates);
		liveCostUsd = add(liveCostUsd, cost);
		if (batched && batched.trials > 0) {
			const share = offers(variant.model)?.priceShare;
			const whole = priced(models, variant.model, batched.input, batched.output, dates);
			saved = add(saved, whole === undefined || share === undefined ? undefined : whole * (1 - share));
		}
		return cost === undefined ? null : cost / Math.max(trials, 1);
	});
	const judgeTokens = judgeCalls * judgeInput + judgedTokens;
	if (judgeCalls > 0) {
		const judge = plan.judgeModel;
		liveCostUsd = add(
			liveCostUsd,
			judge === null ? undefined : priced(models, judge, judgeTokens, judgeCalls * judgeOutput, dates),
		);
	}
	const [priceDate] = dates.sort();
	const batchCostUsd = liveCostUsd === undefined || saved === undefined ? undefined : liveCostUsd - saved;
	const costUsd = plan.batch ? batchCostUsd : liveCostUsd;
	const asked = plan.variants.flatMap((variant, index) => (variant.kind === 'asked' ? [sums[index]] : []));
	const batched = asked.reduce((sum, one) => sum + (one?.batched.trials ?? 0), 0);
	const terms = plan.variants.flatMap((one) => (one.kind === 'asked' ? (offers(one.model)?.terms ?? []) : []));
	const batch: BatchPlan = {
		isChosen: plan.batch ?? false,
		trials: batched,
		live: asked.reduce((sum, one) => sum + (one?.trials ?? 0), 0) - batched,
		hours: Math.max(0, ...terms.map(({ hours }) => hours)),
		...(batchCostUsd !== undefined && { costUsd: batchCostUsd }),
		...(liveCostUsd !== undefined && { liveCostUsd }),
	};
	return {
		estimate: {
			trials: sums.reduce((total, { trials }) => total + trials, 0),
			calls: calls + judgeCalls,
			inputTokens: Math.round(sums.reduce((total, { input }) => total + input, judgeTokens)),
			...(costUsd !== undefined && { costUsd }),
			...(priceDate !== undefined && costUsd !== undefined && { priceDate }),
			...(terms.length > 0 && { batch }),
		},
		trialCosts,
	};
}

/**
 * What is left of a run: its tokens and cost are the same share of the whole as its trials. `isBatched`: whether it goes on in
 * batches.
 */
export function remainingEstimate(
	{ cases, variants, estimate, ...plan }: PlannedRun,
	earlier: ReadonlyMap<number, EarlierTrial>,
	isBatched = false,
): PlanEstimate {
	const order = new TrialOrder({ cases, variants, ...plan });
	let trials = 0;
	let calls = 0;
	/** Trials of each repeat of a case that come before. */
	const before = new Map<string, number>();
	for (let position = 0; position < order.length; position++) {
		const slot = order.at(position);
		const one = slot && cases.at(slot.caseAt);
		const variant = slot && variants[slot.variantAt];
		if (one && variant && earlier.get(slot.number)?.isRepeated !== false) {
			trials++;
			const key = `${slot.caseAt} ${slot.repeat}`;
			const earlierOnes = before.get(key) ?? 0;
			before.set(key, earlierOnes + 1);
			const judged = judgeCallsOf(one, earlierOnes, variantsOf({ variants }, one).length);
			calls += (variant.kind === 'asked' ? askedCount(one, variant) : 0) + judged;
		}
	}
	const share = order.length === 0 ? 0 : trials / order.length;
	const { batch, costUsd: planned, ...rest } = estimate;
	const costUsd = batch ? (isBatched ? batch.costUsd : batch.liveCostUsd) : planned;
	return {
		...rest,
		trials,
		calls,
		inputTokens: Math.round(estimate.inputTokens * share),
		...(costUsd !== undefined && { costUsd: costUsd * share }),
	};
}

/** Requests to judges for the trial at a position among those of a case: the second of two need not ask again about the pair. */
function judgeCallsOf({ judgeCalls, mirroredCalls = 0 }: PlannedCase, position: number, variants: number): number {
	return position > 0 && variants === 2 ? judgeCalls - mirroredCalls : judgeCalls;
}

/** Each further question sends what came before it once more. */
function estimatedInput(one: PlannedCase, variant: AskedVariant, asked: number, output: number): number {
	const question = [
		one.query ?? '',
		...(one.messages ?? []).map(({ content }) => content),
		...(one.recorded ?? []).map(messageText),
	].join('\n');
	const used = Object.entries(one.vars).filter(([name]) => variant.text.includes(name) || question.includes(name));
	const values = used.map(([, value]) => (typeof value === 'string' ? value : JSON.stringify(value))).join('\n');
	const tools =
		variant.tools.length === 0 ? '' : JSON.stringify(variant.tools.map(({ results: _results, ...tool }) => tool));
	const once = estimateTokens(variant.text) + estimateTokens(question + values + tools);
	return asked * once + (output * asked * (asked - 1)) / 2;
}

/** Mean tokens of the known answers of each model. */
function meanOutputs({ variants }: Pick<SpooledRun, 'variants'>, known: KnownUsages): Map<string, number> {
	const means = new Map<string, number>();
	for (const variant of variants) {
		if (variant.kind === 'asked' && !means.has(variant.model)) {
			const counts = [...known].flatMap(([key, { outputTokens }]) =>
				key.endsWith(` ${variant.model}`) ? [outputTokens] : [],
			);
			if (counts.length > 0) {
				means.set(variant.model, counts.reduce((sum, count) => sum + count, 0) / counts.length);
			}
		}
	}
	return means;
}

function priced(
	models: Pick<Models, 'price'>,
	model: string,
	input: number,
	output: number,
	dates: string[],
): number | undefined {
	const price = models.price(model);
	if (!price) {
		return undefined;
	}
	if (price.readOn !== undefined) {
		dates.push(price.readOn);
	}
	return (input * price.input + output * price.output) / 1e6;
}

function add(sum: number | undefined, cost: number | undefined): number | undefined {
	return sum === undefined || cost === undefined ? undefined : sum + cost;
}
