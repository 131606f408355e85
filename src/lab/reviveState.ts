import { isUnderWay, type LabState } from '../common/labState.ts';

/** A state that was kept, as it is after a restart: what still ran then was interrupted, its partial answer stays. */
export function reviveLabState(kept: LabState): LabState {
	return {
		...kept,
		takes: kept.takes.map((take) => ({
			...take,
			steps: take.steps.map((step) => (isUnderWay(step) ? { ...step, status: 'interrupted' } : step)),
		})),
		scores: kept.scores.map((score) => (isUnderWay(score) ? { ...score, status: 'interrupted' } : score)),
	};
}
