import type { BatchOffer, Models } from '../../providers/provider.ts';
import { askedCount } from '../askedCount.ts';
import type { AskedVariant, PlannedCase, PlannedVariant } from '../plannedRun.ts';
import type { Assertion } from '../suite.ts';

/** Graders of times: an answer of a batch has none. */
const timedTypes = new Set(['latency', 'first-token']);

export type Offers = (model: string) => BatchOffer | undefined;

/** The batch APIs of models, each looked up once. */
export function batchOffers(models: Pick<Models, 'batch'>): Offers {
	const known = new Map<string, BatchOffer | undefined>();
	return (model) => {
		if (!known.has(model)) {
			known.set(model, models.batch?.(model));
		}
		return known.get(model);
	};
}

/**
 * Whether a trial can be part of a batch: it is one request to a model whose provider has batches, and neither tools nor
 * judges follow it.
 */
export function canBatch(one: PlannedCase, variant: PlannedVariant, offers: Offers): variant is AskedVariant {
	return (
		variant.kind === 'asked' &&
		variant.isModel &&
		variant.tools.length === 0 &&
		variant.editorTools.length === 0 &&
		variant.topic === null &&
		askedCount(one, variant) === 1 &&
		one.judgeCalls === 0 &&
		!one.needsOthers &&
		!isTimed(one.assert) &&
		offers(variant.model) !== undefined
	);
}

function isTimed(assertions: readonly Assertion[]): boolean {
	return assertions.some(({ type, members = [] }) => timedTypes.has(type) || isTimed(members));
}
