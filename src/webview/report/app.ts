import { reportRowsPage, type Against, type ReportProtocol, type ReportToShow } from '../../common/reportPage.ts';
import { Page } from '../shared/page.ts';
import { missingRows, withPage, type RowRange } from '../shared/pagedRows.ts';
import type { WebviewApi } from '../shared/vscodeApi.ts';
import { readIntent, type ReportIntent } from './intent.ts';
import type { Place, ReportShown, ReportState } from './shown.ts';
import { appView } from './views/appView.ts';

/** The page of a report. */
export class ReportApp extends Page<ReportProtocol, ReportState, ReportIntent, Place> implements ReportShown {
	protected override readonly nextFocus = ['.compare-with', '.report-actions .button'];
	/** Rows that were last in view; until there are any, the remembered place is used. */
	#inView: RowRange | undefined;
	/** The case whose row takes the focus once the list is drawn. */
	#returning: number | undefined;

	constructor(api: WebviewApi, root: HTMLElement) {
		super(api, root);
		this.on('changed', () => {
			this.errors.delete('view');
			this.errors.delete('cases');
			this.setState({ ...this.state, isStale: true, trend: undefined });
		});
		this.on('show', (show) => this.#show(show));
	}

	showRows(inView: RowRange): void {
		this.#inView = inView;
		this.draw();
	}

	compareWith(against: Against): void {
		this.dismissError('view');
		this.dismissError('cases');
		this.#inView = undefined;
		this.setIntent({ against, scroll: 0 });
	}

	leaveCase(): void {
		this.#returning = this.intent.case ?? undefined;
		// What has the focus is about to be removed, and the row is drawn later.
		if (document.activeElement instanceof HTMLElement) {
			document.activeElement.blur();
		}
		this.dismissError('case');
		this.setIntent({ case: null });
	}

	protected override async load(): Promise<void> {
		const snapshot = await this.rpc.call('snapshot', null);
		const known = this.ready
			? this.state
			: { view: undefined, rows: undefined, shown: undefined, trend: undefined };
		// What was missed meanwhile is fetched again, and what is known is shown until then.
		this.take({ ...known, snapshot, isStale: true }, snapshot.locale, (kept) => readIntent(kept, snapshot.report));
		if (snapshot.show) {
			this.#show(snapshot.show);
		}
	}

	protected override view(): unknown {
		return appView(this);
	}

	protected override fetchMissing(): void {
		void this.#loadView();
		const { tab, case: index } = this.intent;
		if (this.state.view) {
			void (index !== null ? this.#loadCase(index) : tab === 'trend' ? this.#loadTrend() : this.#loadRows());
		}
	}

	protected override onDrawn(): void {
		const row = this.root.querySelector<HTMLElement>(`[data-key="${this.#returning}"] [data-row-focus]`);
		const isElsewhere = document.activeElement !== null && document.activeElement !== document.body;
		if (this.#returning !== undefined && (row || isElsewhere) && this.intent.case === null) {
			this.#returning = undefined;
			if (!isElsewhere) {
				row?.focus({ preventScroll: true });
			}
		}
	}

	#show({ against }: ReportToShow): void {
		this.compareWith(against);
	}

	get #asked(): string {
		return JSON.stringify(this.intent.against);
	}

	async #loadView(): Promise<void> {
		const { view, isStale } = this.state;
		const asked = this.#asked;
		if ((view?.asked === asked && !isStale) || this.busy.has('view') || this.errors.has('view')) {
			return;
		}
		// What changes from now on is asked for again.
		this.state = { ...this.state, isStale: false };
		const { against } = this.intent;
		const answer = await this.call('view', 'view', { against }, () => this.dismissError('view'));
		if (answer) {
			const { rows } = this.state;
			this.setState({ ...this.state, view: { ...answer.result, asked }, rows: rows && { ...rows, stale: true } });
		}
	}

	/** Fetches the rows that are in view and not loaded, or have changed. */
	async #loadRows(): Promise<void> {
		if (this.busy.has('cases') || this.errors.has('cases')) {
			return;
		}
		const { filter, scroll, against } = this.intent;
		const asked = { ...filter, against: this.#asked };
		const place = Math.floor(scroll);
		const range = missingRows(
			this.state.rows,
			asked,
			this.#inView ?? { first: place, last: place },
			reportRowsPage,
		);
		const answer =
			range &&
			(await this.call('cases', 'rows', { against, ...range, filter }, () => this.dismissError('cases')));
		if (answer && this.intent.filter === filter && this.#asked === asked.against) {
			this.setState({ ...this.state, rows: withPage(this.state.rows, asked, answer.result) });
		}
	}

	async #loadTrend(): Promise<void> {
		if (this.state.trend || this.busy.has('trend') || this.errors.has('trend')) {
			return;
		}
		const answer = await this.call('trend', 'trend', null, () => this.dismissError('trend'));
		if (answer) {
			this.setState({ ...this.state, trend: answer.result });
		}
	}

	async #loadCase(index: number): Promise<void> {
		const { shown, view } = this.state;
		const { against, repeat } = this.intent;
		const asked = this.#asked;
		const isCurrent =
			shown?.index === index &&
			shown.asked === asked &&
			shown.revision === view?.revision &&
			shown.repeat === Math.min(repeat, shown.repeats);
		if (isCurrent || this.busy.has('case') || this.errors.has('case')) {
			return;
		}
		const answer = await this.call('case', 'case', { against, index, repeat }, () => this.dismissError('case'));
		if (answer && this.#asked === asked) {
			this.setState({ ...this.state, shown: { ...answer.result, asked } });
		}
	}
}
