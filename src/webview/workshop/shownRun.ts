import type { SuiteRun } from '../../common/suiteModel.ts';
import type { WorkshopShown } from './shown.ts';

/** The run that the Suite tab shows: the one that the user chose, or the newest. */
export function shownRun({ intent, state }: Pick<WorkshopShown, 'intent' | 'state'>): SuiteRun | undefined {
	const runs = state.suite.view?.runs;
	return runs?.find(({ runId }) => runId === intent.suiteRun) ?? runs?.[0];
}
