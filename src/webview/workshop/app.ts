import * as l10n from '@vscode/l10n';
import { toAppError } from '../../common/errors.ts';
import type { ShownTurn } from '../../common/shownTurn.ts';
import { suiteRowsPage } from '../../common/suitePage.ts';
import { turnEnd } from '../../common/turnEnd.ts';
import { historyPage, type WorkshopProtocol, type WorkshopShow } from '../../common/workshopProtocol.ts';
import { Page } from '../shared/page.ts';
import { endAnnouncement } from '../shared/turnEnding.ts';
import type { WebviewApi } from '../shared/vscodeApi.ts';
import { missingRows, withPage, type RowRange } from '../shared/pagedRows.ts';
import { firstIntent, noFilter, type WorkshopIntent } from '../../common/workshopIntent.ts';
import {
	fromSnapshot,
	isEarlier,
	withEarlier,
	withMessages,
	withParts,
	withResults,
	withRun,
	withSuite,
	type SuiteState,
	type WorkshopState,
} from './state.ts';
import type { Place, WorkshopShown } from './shown.ts';
import { shownResult } from './shownTest.ts';
import { shownRun } from './shownRun.ts';
import { appView } from './views/appView.ts';

/** The page of a Workshop panel. */
export class WorkshopApp extends Page<WorkshopProtocol, WorkshopState, WorkshopIntent, Place> implements WorkshopShown {
	announcement = '';
	suiteView: WorkshopShown['suiteView'];

	/** Controls in which the user types or Escape stops a run. */
	protected override readonly nextFocus = [
		'.composer .textarea',
		'.form .textarea',
		'.form-line',
		'.filter .input',
		'.tab[tabindex="0"]',
	];
	/** Rows of the shown list that were last in view; until there are any, the remembered place is used. */
	#inView: RowRange | undefined;
	/** Results that have changed since they were fetched. */
	readonly #changed = new Set<string>();

	constructor(api: WebviewApi, root: HTMLElement) {
		super(api, root);
		this.on('show', (show) => this.#show(show));
		this.on('draft', (draft) => this.setState({ ...this.state, draft }));
		this.on('messages', (event) => this.setState(withMessages(this.state, event)));
		this.on('topics', (topics) => this.#setSnapshot({ topics }));
		this.on('models', (models) => this.#setSnapshot({ models }));
		this.on('runStarted', (run) => {
			this.setState(withRun(this.state, run, performance.now()));
			if (run.kind === 'test') {
				this.setIntent({ shown: run.key, comparing: false });
			}
		});
		this.on('parts', (event) => {
			const next = withParts(this.state, event);
			if (next) {
				this.setState(next);
				this.#announce(next.runs.get(event.key)?.turn);
			} else {
				void this.refresh();
			}
		});
		this.on('suite', (view) => this.setState(withSuite(this.state, view)));
		this.on('results', (event) => {
			this.errors.delete('rows');
			for (const testId of event.changed) {
				this.#changed.add(testId);
			}
			this.setState(withResults(this.state, event));
		});
	}

	showRows(inView: RowRange): void {
		this.#inView = inView;
		this.draw();
	}

	setPlan(plan: SuiteState['plan']): void {
		this.#setSuite({ plan });
	}

	noteStored(testId: string, patch: { userRating?: number | null; notes?: string | null }): void {
		const details = this.state.details.get(testId);
		if (details) {
			const result = { ...details.result, ...patch };
			this.setState({ ...this.state, details: new Map(this.state.details).set(testId, { ...details, result }) });
		}
	}

	loadEarlier(): void {
		void this.#loadEarlier();
	}

	async #loadEarlier(): Promise<void> {
		const first = this.state.messages[0];
		if (first && this.state.earlier > 0 && !this.busy.has('earlier')) {
			const answer = await this.call('earlier', 'earlier', { before: first.id }, () => this.loadEarlier());
			if (answer) {
				this.setState(withEarlier(this.state, answer.result));
			}
		}
	}

	protected override async load(): Promise<void> {
		const snapshot = await this.rpc.call('snapshot', null);
		const { draft, locale, show } = snapshot;
		this.take(fromSnapshot(snapshot, performance.now(), this.state), locale, (own) =>
			firstIntent(own, snapshot.kept, draft.id, crypto.getRandomValues(new Uint32Array(4)).join('-')),
		);
		if (show) {
			this.#show(show);
		}
	}

	protected override view(): unknown {
		return appView(this);
	}

	protected override fetchMissing(): void {
		const { tab, comparing, scroll } = this.intent;
		if (tab === 'history') {
			void this.#loadRows();
		} else if (tab === 'suite') {
			void this.#loadSuite();
		} else if (tab === 'test') {
			const shown = shownResult(this);
			const previous = comparing && shown !== null ? this.state.details.get(shown)?.previousId : undefined;
			for (const testId of [shown, previous]) {
				if (testId) {
					void this.#loadResult(testId);
				}
			}
		} else if (isEarlier(this.state, scroll['chat']) && !this.errors.has('earlier')) {
			this.loadEarlier();
		}
	}

	protected override onKept(): void {
		void this.rpc.call('keepIntent', { intent: this.intent });
	}

	#show(show: WorkshopShow): void {
		this.setIntent(
			typeof show === 'string'
				? { tab: show }
				: { tab: 'history', filter: { ...noFilter, version: show.version } },
		);
	}

	#setSnapshot(patch: Partial<WorkshopState['snapshot']>): void {
		this.setState({ ...this.state, snapshot: { ...this.state.snapshot, ...patch } });
	}

	/** Fetches the rows of the history that are in view and not loaded, or have changed. */
	async #loadRows(): Promise<void> {
		if (this.busy.has('rows') || this.errors.has('rows')) {
			return;
		}
		const { filter, scroll } = this.intent;
		const place = Math.floor(scroll['history'] ?? 0);
		const params = missingRows(
			this.state.history,
			filter,
			this.#inView ?? { first: place, last: place },
			historyPage,
		);
		const answer =
			params && (await this.call('rows', 'history', { ...params, filter }, () => this.dismissError('rows')));
		// If the filter has changed meanwhile, its rows are requested next.
		if (answer && this.intent.filter === filter) {
			this.setState({ ...this.state, history: withPage(this.state.history, filter, answer.result) });
		}
	}

	/** Fetches what the Suite tab shows and does not have: the suite and its runs, then rows in view or one case. */
	async #loadSuite(): Promise<void> {
		if (this.busy.has('cases') || this.errors.has('cases')) {
			return;
		}
		const retry = () => this.dismissError('cases');
		if (!this.suiteView) {
			try {
				this.suiteView = (await import('./views/suiteView.ts')).suiteView;
			} catch (thrown) {
				this.showError('cases', toAppError(thrown), retry);
				return;
			}
		}
		const { view, rows, shown } = this.state.suite;
		if (!view) {
			const answer = await this.call('cases', 'suite', null, retry);
			if (answer) {
				this.setState(withSuite(this.state, answer.result));
			}
			return;
		}
		const { suiteCase: index, suiteFilter, scroll } = this.intent;
		const runId = shownRun(this)?.runId ?? null;
		if (index !== null) {
			const current = shown?.index === index && shown.runId === runId && shown.revision === view.revision;
			const answer = current ? undefined : await this.call('cases', 'suiteCase', { runId, index }, retry);
			if (answer) {
				this.#setSuite({ shown: { ...answer.result, runId } });
			}
			return;
		}
		const filter = { ...suiteFilter, runId };
		const place = Math.floor(scroll['suite'] ?? 0);
		const range = missingRows(rows, filter, this.#inView ?? { first: place, last: place }, suiteRowsPage);
		const answer =
			range && view.uri !== null
				? await this.call('cases', 'suiteRows', { runId, ...range, filter: suiteFilter }, retry)
				: undefined;
		if (answer && this.intent.suiteFilter === suiteFilter) {
			this.#setSuite({ rows: withPage(this.state.suite.rows, filter, answer.result) });
		}
	}

	#setSuite(patch: Partial<SuiteState>): void {
		this.setState({ ...this.state, suite: { ...this.state.suite, ...patch } });
	}

	/** Fetches a result's full answer if it is not loaded or has changed. A test that is running here is not stored yet. */
	async #loadResult(testId: string): Promise<void> {
		const place: Place = `result:${testId}`;
		const { runs, details } = this.state;
		const wanted = runs.get(testId)?.since === undefined && (!details.has(testId) || this.#changed.has(testId));
		if (!wanted || this.busy.has(place) || this.errors.has(place)) {
			return;
		}
		this.#changed.delete(testId);
		const answer = await this.call(place, 'result', { testId }, () => this.dismissError(place));
		if (answer) {
			this.setState({ ...this.state, details: new Map(this.state.details).set(testId, answer.result) });
		}
	}

	#announce(turn: ShownTurn | undefined): void {
		const last = turn?.blocks.at(-1);
		if (turn?.stopReason !== undefined) {
			this.announcement = endAnnouncement(turn, turnEnd(turn), this.format);
		} else if (last) {
			this.announcement = {
				thinking: l10n.t('Thinking'),
				text: l10n.t('Answer'),
				tool: l10n.t('running'),
			}[last.type];
		}
	}
}
