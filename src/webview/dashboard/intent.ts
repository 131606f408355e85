import * as v from 'valibot';
import { dashboardPeriods } from '../../common/dashboardPage.ts';
import { finite, kept } from '../../common/keptState.ts';

const allPrompts = { folder: '', tag: '', model: '', days: 90 as const };

const dashboardIntent = v.object({
	/** When it was kept. */
	at: kept(finite, 0),
	filter: kept(
		v.object({ folder: v.string(), tag: v.string(), model: v.string(), days: v.picklist(dashboardPeriods) }),
		allPrompts,
	),
});

/** What the user of the dashboard has chosen. */
export type DashboardIntent = v.InferOutput<typeof dashboardIntent>;

/** Takes from a kept state what still fits. */
export function readIntent(state: unknown): DashboardIntent {
	const read = v.safeParse(dashboardIntent, state);
	return read.success ? read.output : v.parse(dashboardIntent, {});
}
