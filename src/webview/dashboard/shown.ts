import type { DashboardProtocol, DashboardView, FailingCase } from '../../common/dashboardPage.ts';
import type { Shown } from '../shared/page.ts';
import type { DashboardIntent } from './intent.ts';

/** Where an error is shown. */
export type Place = 'panel' | 'view' | 'failing';

export interface DashboardState {
	/** What was asked for, and with which filter. */
	view: (DashboardView & { asked: string }) | undefined;
	failing: { cases: readonly FailingCase[]; asked: string } | undefined;
	/** Something has changed since they were asked for. */
	isViewStale: boolean;
	isFailingStale: boolean;
}

type Actions = Exclude<keyof DashboardProtocol['requests'], 'snapshot' | 'view' | 'failing'>;

/** What the page gives the views of the dashboard. */
export type DashboardShown = Shown<DashboardProtocol, DashboardState, DashboardIntent, Place, Actions>;
