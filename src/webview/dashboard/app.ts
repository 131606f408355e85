import type { DashboardProtocol } from '../../common/dashboardPage.ts';
import { Page } from '../shared/page.ts';
import type { WebviewApi } from '../shared/vscodeApi.ts';
import { readIntent, type DashboardIntent } from './intent.ts';
import type { DashboardShown, DashboardState, Place } from './shown.ts';
import { appView } from './views/appView.ts';

const nothingYet: DashboardState = { view: undefined, failing: undefined, isViewStale: true, isFailingStale: true };

/** The page of the dashboard. */
export class DashboardApp
	extends Page<DashboardProtocol, DashboardState, DashboardIntent, Place>
	implements DashboardShown
{
	constructor(api: WebviewApi, root: HTMLElement) {
		super(api, root);
		this.on('changed', () => {
			this.errors.delete('view');
			this.errors.delete('failing');
			this.setState({ ...this.state, isViewStale: true, isFailingStale: true });
		});
	}

	protected override async load(): Promise<void> {
		const { locale } = await this.rpc.call('snapshot', null);
		const known = this.ready ? this.state : nothingYet;
		this.take({ ...known, isViewStale: true, isFailingStale: true }, locale, readIntent);
	}

	protected override view(): unknown {
		return appView(this);
	}

	protected override fetchMissing(): void {
		void this.#loadView();
		// What takes longer comes after what is seen first.
		if (this.state.view && !this.state.isViewStale && !this.busy.has('view')) {
			void this.#loadFailing();
		}
	}

	get #asked(): string {
		return JSON.stringify(this.intent.filter);
	}

	async #loadView(): Promise<void> {
		const { view, isViewStale } = this.state;
		const asked = this.#asked;
		if ((view?.asked === asked && !isViewStale) || this.busy.has('view') || this.errors.has('view')) {
			return;
		}
		this.state = { ...this.state, isViewStale: false };
		const { filter } = this.intent;
		const answer = await this.call('view', 'view', { filter }, () => this.dismissError('view'));
		if (answer) {
			this.setState({ ...this.state, view: { ...answer.result, asked } });
		}
	}

	async #loadFailing(): Promise<void> {
		const { failing, isFailingStale } = this.state;
		const asked = this.#asked;
		const isCurrent = failing?.asked === asked && !isFailingStale;
		if (isCurrent || this.busy.has('failing') || this.errors.has('failing')) {
			return;
		}
		this.state = { ...this.state, isFailingStale: false };
		const { filter } = this.intent;
		const answer = await this.call('failing', 'failing', { filter }, () => this.dismissError('failing'));
		if (answer) {
			this.setState({ ...this.state, failing: { cases: answer.result, asked } });
		}
	}
}
