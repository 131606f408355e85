import { isUnderWay, type LabState } from '../common/labState.ts';

/** A saved state as it is after a restart: what was running is marked as interrupted and keeps its partial answer. */
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
