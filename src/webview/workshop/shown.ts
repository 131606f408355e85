import type { WorkshopProtocol } from '../../common/workshopProtocol.ts';
import type { WorkshopIntent } from '../../common/workshopIntent.ts';
import type { Shown } from '../shared/page.ts';
import type { RowRange } from './historyRows.ts';
import type { WorkshopState } from './state.ts';

/** Where an error is shown. `result:`, `actions:` (the buttons below it) and `rate:` are followed by its id. */
export type Place =
	| 'panel'
	| 'chat'
	| 'earlier'
	| 'test'
	| 'history'
	| 'rows'
	| 'name'
	| 'description'
	| 'status'
	| 'footer'
	| `result:${string}`
	| `actions:${string}`
	| `rate:${string}`;

/** What the page itself asks for: what it shows, and to keep what it would lose. */
type OfThePage = 'snapshot' | 'earlier' | 'history' | 'result' | 'keepIntent';
type Actions = Exclude<keyof WorkshopProtocol['requests'], OfThePage>;

/** What the views of the Workshop are given. */
export interface WorkshopShown extends Shown<WorkshopProtocol, WorkshopState, WorkshopIntent, Place, Actions> {
	/** What a screen reader announces: how a stream goes on, in steps and not in tokens. */
	readonly announcement: string;
	/** The rows of the history that are in view now. */
	showRows(inView: RowRange): void;
	/** The reader comes near the first message that is here. */
	loadEarlier(): void;
	/** A rating or note was stored: shows it before the host's event comes. */
	noteStored(testId: string, patch: { userRating?: number | null; notes?: string | null }): void;
}
