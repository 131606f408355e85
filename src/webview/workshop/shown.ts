import type { TemplateResult } from 'lit';
import type { WorkshopProtocol } from '../../common/workshopProtocol.ts';
import type { WorkshopIntent } from '../../common/workshopIntent.ts';
import type { Shown } from '../shared/page.ts';
import type { RowRange } from '../shared/pagedRows.ts';
import type { SuiteState, WorkshopState } from './state.ts';

/** Where an error is shown. `result:`, `actions:` (the buttons below a result) and `rate:` are followed by a test id. */
export type Place =
	| 'panel'
	| 'chat'
	| 'earlier'
	| 'test'
	| 'variables'
	| 'tools'
	| 'history'
	| 'rows'
	| 'suite'
	| 'cases'
	| 'case'
	| 'name'
	| 'description'
	| 'status'
	| 'footer'
	| `result:${string}`
	| `actions:${string}`
	| `rate:${string}`;

/** The requests that only the page itself makes: to load what it shows, and to keep the intent. */
type PageRequests = 'snapshot' | 'earlier' | 'history' | 'result' | 'keepIntent' | 'suite' | 'suiteRows' | 'suiteCase';
type Actions = Exclude<keyof WorkshopProtocol['requests'], PageRequests>;

/** What the page gives the views of the Workshop. */
export interface WorkshopShown extends Shown<WorkshopProtocol, WorkshopState, WorkshopIntent, Place, Actions> {
	/** What a screen reader announces: the progress of a stream, step by step instead of token by token. */
	readonly announcement: string;
	/** The view of the Suite tab, once it is loaded. */
	readonly suiteView: ((page: WorkshopShown) => TemplateResult) | undefined;
	/** Sets the rows of the list that are in view now. */
	showRows(inView: RowRange): void;
	/** Loads earlier messages, when the reader comes near the first one on the page. */
	loadEarlier(): void;
	/** Shows a plan that waits for the user's consent, or none. */
	setPlan(plan: SuiteState['plan']): void;
	/** Shows a rating or note that was stored, before the host's event arrives. */
	noteStored(testId: string, patch: { userRating?: number | null; notes?: string | null }): void;
}
