import type {
	Against,
	ReportCase,
	ReportFilter,
	ReportProtocol,
	ReportRows,
	ReportSnapshot,
	ReportView,
	TrendPoint,
} from '../../common/reportPage.ts';
import type { Shown } from '../shared/page.ts';
import type { PagedRows, RowRange } from '../shared/pagedRows.ts';
import type { ReportIntent } from './intent.ts';

/** Where an error is shown. */
export type Place = 'panel' | 'actions' | 'view' | 'cases' | 'case' | 'trend';

export interface ReportState {
	snapshot: ReportSnapshot;
	/** Undefined until all trials are read. `asked`: what it was asked for. */
	view: (ReportView & { asked: string }) | undefined;
	rows: PagedRows<ReportFilter & { against: string }, ReportRows> | undefined;
	shown: (ReportCase & { asked: string }) | undefined;
	/** The runs of the suite over time, once they are shown. */
	trend: readonly TrendPoint[] | undefined;
	/** Something has changed since the view was asked for. */
	isStale: boolean;
}

/** The requests that only the page itself makes: to load what it shows. */
type PageRequests = 'snapshot' | 'view' | 'rows' | 'case' | 'trend';
type Actions = Exclude<keyof ReportProtocol['requests'], PageRequests>;

/** What the page gives the views of a report. */
export interface ReportShown extends Shown<ReportProtocol, ReportState, ReportIntent, Place, Actions> {
	/** Sets the rows of the list that are in view now. */
	showRows(inView: RowRange): void;
	/** Returns from a case to its row in the list. */
	leaveCase(): void;
	/** Compares the run with something else. */
	compareWith(against: Against): void;
}
