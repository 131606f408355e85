import type { TestResult } from '../../common/model.ts';
import type { WorkshopShown } from './shown.ts';
import { runOfKind, type WorkshopState } from './state.ts';

/** The question, topic and model of a test, as far as they are known: from a run in this window or a fetched result. */
export interface ShownTest {
	query: string;
	topic: string;
	model: string;
	isModel: boolean;
	/** Set once the result is fetched. */
	result: TestResult | undefined;
}

export function shownTest(state: WorkshopState, testId: string): ShownTest {
	const run = state.runs.get(testId);
	const result = run?.since === undefined ? state.details.get(testId)?.result : undefined;
	const { query = '', topic = '', model = '', isModel = true } = run ?? result ?? {};
	return { query, topic, model, isModel, result };
}

/** The result that the Test tab shows: the one that the user chose, the running one, or the newest. */
export function shownResult({ intent, state }: Pick<WorkshopShown, 'intent' | 'state'>): string | null {
	return intent.shown ?? runOfKind(state, 'test')?.key ?? state.snapshot.latestId;
}
