import type { BlindChoice, BlindProtocol, BlindSnapshot, BlindView } from '../../common/blindPage.ts';
import { Page } from '../shared/page.ts';
import type { WebviewApi } from '../shared/vscodeApi.ts';
import { blindView } from './blindView.ts';
import type { BlindIntent, BlindShown } from './shown.ts';

/** The keys of a rating; in a field of text they would be letters. */
const choiceOfKey: Readonly<Record<string, BlindChoice>> = { j: 'left', k: 'right', ' ': 'tie' };

/** The page of a blind rating: two answers, and which of them is better. */
export class BlindApp extends Page<BlindProtocol, BlindSnapshot, BlindIntent, 'panel'> implements BlindShown {
	protected override readonly nextFocus = ['.pair', '.finding'];

	constructor(api: WebviewApi, root: HTMLElement) {
		super(api, root);
		document.addEventListener('keydown', (event) => this.#onKey(event));
	}

	/** Rates the pair that is shown. */
	async rate(choice: BlindChoice): Promise<void> {
		const { pair } = this.state;
		if (pair && !this.busy.has('panel')) {
			await this.#change(() => this.call('panel', 'rate', { pair: pair.key, choice }));
		}
	}

	async undo(): Promise<void> {
		if (this.state.canUndo && !this.busy.has('panel')) {
			await this.#change(() => this.call('panel', 'undo', null));
		}
	}

	async reveal(): Promise<void> {
		if (!this.busy.has('panel')) {
			await this.#change(() => this.call('panel', 'reveal', null));
		}
	}

	protected override async load(): Promise<void> {
		const snapshot = await this.rpc.call('snapshot', null);
		this.take(snapshot, snapshot.locale, () => ({ rating: snapshot.rating, at: 0 }));
	}

	protected override view(): unknown {
		return blindView(this);
	}

	/** The next pair takes the focus, so that its keys are never those of a button that was pressed. */
	async #change(work: () => Promise<{ result: BlindView } | undefined>): Promise<void> {
		const answer = await work();
		if (answer) {
			this.setState({ ...this.state, ...answer.result });
			this.focus(answer.result.pair ? '.pair' : '.finding');
		}
	}

	#onKey(event: KeyboardEvent): void {
		if (!this.ready || event.repeat || event.ctrlKey || event.metaKey || event.altKey) {
			return;
		}
		const key = event.key.toLowerCase();
		// The space bar presses a button that has the focus.
		if (key === ' ' && event.target instanceof HTMLElement && event.target.closest('button')) {
			return;
		}
		const choice = choiceOfKey[key];
		if (choice && this.state.pair) {
			event.preventDefault();
			void this.rate(choice);
		} else if (key === 'u') {
			void this.undo();
		}
	}
}
