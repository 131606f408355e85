import { isAppError } from '../../common/errors.ts';
import type { BatchOffer } from '../../providers/provider.ts';
import type { AskedVariant, PlannedCase } from '../plannedRun.ts';
import { renderTrial, type RenderedTrial } from '../renderTrial.ts';
import { requestHash } from '../requestHash.ts';
import { storedAnswer } from '../storedAnswer.ts';
import { trialIdOf, type Slot } from '../trialOrder.ts';
import type { BatchFiles, BatchPart } from './batchFiles.ts';
import type { BatchRunOptions } from './batchRunOptions.ts';
import { canBatch, type Offers } from './canBatch.ts';
import { PartsWriter } from './writeParts.ts';

type PrepareOptions = Pick<
	BatchRunOptions,
	'context' | 'runId' | 'planned' | 'order' | 'budget' | 'earlier' | 'reuse'
> & { files: BatchFiles; offers: Offers; isWanted: (slot: number) => boolean };

/**
 * Writes the files of batches with all trials that can be part of one and are still to be asked, up to the cap of the run.
 * Those that need no request, or cannot be rendered, are left out.
 */
export async function prepareParts(options: PrepareOptions, first: number, signal: AbortSignal): Promise<BatchPart[]> {
	const { planned, order, budget, files, offers } = options;
	const writer = new PartsWriter(files, options.runId, first, signal);
	const reused = new Map<string, number>();
	try {
		for (let position = 0; position < order.length; position++) {
			const slot = order.at(position);
			const one = slot && planned.cases.at(slot.caseAt);
			const variant = slot && planned.variants[slot.variantAt];
			if (!one || !variant || !canBatch(one, variant, offers) || !(await isOpen(options, slot))) {
				continue;
			}
			const offer = offers(variant.model);
			const rendered = renderOne(variant, one);
			if (!offer || !rendered || isReused(options, requestHash(variant, rendered), reused)) {
				continue;
			}
			const costUsd = expectedCost(variant, offer);
			if (!budget.hold(costUsd)) {
				break;
			}
			const request = requestOf(offer, rendered);
			if (!(await writer.add({ slot: slot.number, model: variant.model, request, costUsd }, offer))) {
				budget.drop(costUsd);
			}
		}
	} finally {
		await writer.end();
	}
	return writer.parts;
}

/** Whether a trial has no answer yet, and none is on its way. */
async function isOpen(
	{ context, runId, earlier, isWanted }: Pick<PrepareOptions, 'context' | 'runId' | 'earlier' | 'isWanted'>,
	slot: Slot,
): Promise<boolean> {
	if (!isWanted(slot.number)) {
		return false;
	}
	const before = earlier.get(slot.number);
	if (!before) {
		return true;
	}
	return before.isRepeated && !storedAnswer(await context.files.trial(runId, trialIdOf(runId, slot)));
}

/** The question of a trial, if it is only one and all its variables have values. */
function renderOne(variant: AskedVariant, one: PlannedCase): RenderedTrial | undefined {
	try {
		const rendered = renderTrial(variant, one);
		return rendered.steps.length === 1 ? rendered : undefined;
	} catch (error) {
		if (isAppError(error, 'validation')) {
			return undefined;
		}
		throw error;
	}
}

function isReused({ reuse }: Pick<PrepareOptions, 'reuse'>, hash: string, taken: Map<string, number>): boolean {
	const before = taken.get(hash) ?? 0;
	if (!reuse || reuse.count(hash) <= before) {
		return false;
	}
	taken.set(hash, before + 1);
	return true;
}

function expectedCost({ trialCostUsd }: AskedVariant, { priceShare }: BatchOffer): number {
	return (trialCostUsd ?? 0) * (priceShare ?? 1);
}

function requestOf({ model }: BatchOffer, { system, steps, thinking, maxTokens }: RenderedTrial) {
	const [step] = steps;
	return {
		model,
		system,
		messages: [...(step?.given ?? []), { role: 'user' as const, content: step?.content ?? [] }],
		thinking,
		maxTokens,
	};
}
