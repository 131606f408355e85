import type { ShownTurn } from '../../common/shownTurn.ts';
import type { CaseDetails, CaseRows, SuiteFilter, SuiteStart, SuiteView } from '../../common/suitePage.ts';
import type {
	DraftView,
	HistoryFilter,
	HistoryPage,
	MessageView,
	ResultDetails,
	RunView,
	WorkshopProtocol,
	WorkshopSnapshot,
} from '../../common/workshopProtocol.ts';
import { applyBatch, type LiveTurn } from '../shared/liveTurn.ts';
import type { PagedRows } from '../shared/pagedRows.ts';

export type HistoryRows = PagedRows<HistoryFilter, HistoryPage>;
/** The cases of one run, or of the suite itself. */
export type SuiteRows = PagedRows<SuiteFilter & { runId: string | null }, CaseRows>;

/** What was fetched for the Suite tab. */
export interface SuiteState {
	/** Undefined until the tab is first shown. */
	view?: SuiteView;
	rows?: SuiteRows;
	/** The case that is shown, and of which run. */
	shown?: CaseDetails & { runId: string | null };
	/** A run that waits for the user's consent. */
	plan?: { start: SuiteStart; plan: string; canBatch: boolean } | undefined;
}

export interface LiveRun extends LiveTurn {
	kind: 'chat' | 'test';
	key: string;
	model: string;
	isModel: boolean;
	query: string;
	topic: string;
}

/** What the host has sent, and nothing else. */
export interface WorkshopState {
	snapshot: WorkshopSnapshot;
	draft: DraftView;
	messages: readonly MessageView[];
	/** Ids of the messages with which a fetched batch begins: no group on the page spans two batches. */
	pages: ReadonlySet<number>;
	earlier: number;
	/** Runs of this window by key; a run that ended stays until its message or result arrives. */
	runs: ReadonlyMap<string, LiveRun>;
	/** Undefined until the history is fetched. */
	history: HistoryRows | undefined;
	resultCount: number;
	recentQueries: readonly string[];
	details: ReadonlyMap<string, ResultDetails>;
	suite: SuiteState;
}

type Events = WorkshopProtocol['events'];

function toLive(run: RunView, now: number): LiveRun {
	const { kind, key, model, isModel, query, topic, turn, position, elapsed } = run;
	const since = turn.stopReason === undefined ? now - elapsed : undefined;
	return { kind, key, model, isModel, query, topic, turn, position, since };
}

/** `now`: `performance.now()`. What was fetched besides the snapshot (history, results) is kept. */
export function fromSnapshot(snapshot: WorkshopSnapshot, now: number, old?: WorkshopState): WorkshopState {
	const first = snapshot.messages[0];
	// Earlier messages that were already fetched stay in view.
	const before = first ? (old?.messages.filter(({ id }) => id < first.id) ?? []) : [];
	return {
		snapshot,
		draft: snapshot.draft,
		messages: [...before, ...snapshot.messages],
		pages: new Set([...(old?.pages ?? []), ...(first ? [first.id] : [])]),
		earlier: Math.max(0, snapshot.earlier - before.length),
		runs: new Map(snapshot.runs.map((run) => [run.key, toLive(run, now)])),
		history: staleHistory(old?.history),
		resultCount: snapshot.resultCount,
		recentQueries: snapshot.recentQueries,
		details: old?.details ?? new Map<string, ResultDetails>(),
		// What was missed meanwhile is fetched with the view.
		suite: old?.suite.plan ? { plan: old.suite.plan } : {},
	};
}

export function withEarlier(state: WorkshopState, page: { messages: MessageView[]; earlier: number }): WorkshopState {
	const known = new Set(state.messages.map(({ id }) => id));
	const fresh = page.messages.filter(({ id }) => !known.has(id));
	const pages = new Set([...state.pages, ...fresh.slice(0, 1).map(({ id }) => id)]);
	return { ...state, messages: [...fresh, ...state.messages], pages, earlier: page.earlier };
}

export function withMessages(state: WorkshopState, event: Events['messages']): WorkshopState {
	const removed = new Set(event.removed);
	const changed = new Map(event.changed.map((message) => [message.id, message]));
	const messages = state.messages
		.filter(({ id }) => !removed.has(id))
		.map((message) => changed.get(message.id) ?? message);
	const known = new Set(messages.map(({ id }) => id));
	const fresh = event.changed.filter(({ id }) => !known.has(id));
	const runs = new Map(state.runs);
	for (const message of event.changed) {
		if (message.status !== 'streaming') {
			runs.delete(String(message.id));
		}
	}
	return { ...state, messages: [...messages, ...fresh].sort((a, b) => a.id - b.id), runs };
}

export function withRun(state: WorkshopState, run: RunView, now: number): WorkshopState {
	return { ...state, runs: new Map(state.runs).set(run.key, toLive(run, now)) };
}

/** Undefined if parts are missing, so that the page must ask for a snapshot. */
export function withParts(state: WorkshopState, event: Events['parts']): WorkshopState | undefined {
	const run = state.runs.get(event.key);
	const live = run && applyBatch(run, event);
	return run && live ? { ...state, runs: new Map(state.runs).set(run.key, { ...run, ...live }) } : undefined;
}

export function withResults(state: WorkshopState, event: Events['results']): WorkshopState {
	const details = new Map(state.details);
	for (const testId of event.removed) {
		details.delete(testId);
	}
	const history = staleHistory(state.history);
	return { ...state, history, details, resultCount: event.total, recentQueries: event.recentQueries };
}

/** What is shown of an older revision stays until the newer one is fetched. */
export function withSuite(state: WorkshopState, view: SuiteView): WorkshopState {
	const { rows } = state.suite;
	const stale = rows && rows.revision !== view.revision;
	return { ...state, suite: { ...state.suite, view, ...(stale && { rows: { ...rows, stale } }) } };
}

function staleHistory(history: HistoryRows | undefined): HistoryRows | undefined {
	return history && { ...history, stale: true };
}

/** The turn to show for a message: the live one while there is one. */
export function turnOf(state: WorkshopState, message: MessageView): { turn: ShownTurn; since: number | undefined } {
	const run = state.runs.get(String(message.id));
	return run ? { turn: run.turn, since: run.since } : { turn: message.turn, since: undefined };
}

export function runOfKind(state: WorkshopState, kind: 'chat' | 'test'): LiveRun | undefined {
	return [...state.runs.values()].findLast((run) => run.kind === kind && run.since !== undefined);
}

/** Whether a place in the chat is among messages that are not loaded yet. */
export function isEarlier({ earlier, messages }: WorkshopState, place: number | undefined): boolean {
	const shown = Math.round(place ?? 0);
	return shown > 0 && earlier > 0 && !messages.some(({ id }) => id <= shown);
}
