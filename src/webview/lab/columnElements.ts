import { followEnd, type EndFollower } from '../shared/endFollower.ts';
import { partPlaces } from '../shared/partPlaces.ts';

export interface ColumnListener {
	/** The place to restore; the end if undefined. */
	placeOf(column: string): number | undefined;
	/** Whether an entry is not on the page only because it has not arrived. */
	isAwaited(column: string, entry: number): boolean;
	/** The place may have changed. It is null at the end, and undefined if all is in view. */
	onMove(column: string, place: number | null | undefined): void;
	/** Columns came near the screen for the first time. */
	onSeen(columns: readonly string[]): void;
}

/** Follows the elements of long lists, each a column that scrolls: which came near the screen, and where each is scrolled to. */
export class ColumnElements {
	readonly #listener: ColumnListener;
	readonly #callbacks = new Map<string, (element: Element | undefined) => void>();
	readonly #followers = new Map<string, EndFollower>();
	readonly #observer: IntersectionObserver;

	constructor(listener: ColumnListener) {
		this.#listener = listener;
		this.#observer = new IntersectionObserver(
			(entries) => {
				const seen = entries.filter(({ isIntersecting }) => isIntersecting);
				for (const { target } of seen) {
					this.#observer.unobserve(target);
				}
				listener.onSeen(seen.flatMap(({ target }) => target.getAttribute('data-column') ?? []));
			},
			{ rootMargin: '300px' },
		);
	}

	/** The callback for `ref` on the scrolled element of a column; always the same one for a column. */
	ref(column: string): (element: Element | undefined) => void {
		let callback = this.#callbacks.get(column);
		if (!callback) {
			callback = (element) => this.#attach(column, element);
			this.#callbacks.set(column, callback);
		}
		return callback;
	}

	toEnd(column: string): void {
		this.#followers.get(column)?.toEnd();
	}

	/**
	 * Home and End, without the browser's animation: what it passes would be drawn and fetched, and would push the end on.
	 */
	readonly #onKey = (event: KeyboardEvent): void => {
		const { key, target, currentTarget, altKey, ctrlKey, metaKey, shiftKey } = event;
		const own = target === currentTarget || target instanceof HTMLButtonElement;
		if (!own || altKey || ctrlKey || metaKey || shiftKey || (key !== 'Home' && key !== 'End')) {
			return;
		}
		const follower = this.#followers.get((currentTarget as HTMLElement).dataset['column'] ?? '');
		if (follower) {
			event.preventDefault();
			follower[key === 'Home' ? 'toStart' : 'toEnd']();
		}
	};

	#attach(column: string, element: Element | undefined): void {
		this.#followers.get(column)?.dispose();
		this.#followers.delete(column);
		const content = element?.firstElementChild;
		if (element instanceof HTMLElement && content instanceof HTMLElement) {
			this.#observer.observe(element);
			element.addEventListener('keydown', this.#onKey);
			const listener = this.#listener;
			const follower = followEnd(
				element,
				content,
				listener.placeOf(column),
				(place) => listener.onMove(column, place ?? (element.scrollTop > 0 ? null : undefined)),
				partPlaces(element, (entry) => listener.isAwaited(column, entry)),
			);
			this.#followers.set(column, follower);
		}
	}
}
