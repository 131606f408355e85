import type { TestResult } from '../../common/model.ts';
import type { WorkshopState } from './state.ts';

/** What a test asked whom, as far as that is known yet: of one that runs here, or of a result that was fetched. */
export interface ShownTest {
	query: string;
	topic: string;
	model: string;
	isModel: boolean;
	/** Set once the result was fetched. */
	result: TestResult | undefined;
}

export function shownTest(state: WorkshopState, testId: string): ShownTest {
	const run = state.runs.get(testId);
	const result = run?.since === undefined ? state.details.get(testId)?.result : undefined;
	const { query = '', topic = '', model = '', isModel = true } = run ?? result ?? {};
	return { query, topic, model, isModel, result };
}
