import { toDisposable, type Disposable } from '../../common/lifecycle.ts';

/** How close to the end counts as being there, in pixels. */
const near = 40;

/** How a number describes a place in a column. */
export interface ColumnPlaces {
	/** The place that is at the top edge now. */
	read(): number;
	/** Scrolls to a place as far as the content allows. Returns false if it must be tried again when there is more content. */
	restore(place: number): boolean;
}

export interface EndFollower extends Disposable {
	toEnd(): void;
	toStart(): void;
	hold(): void;
}

function pixelsFromTop(scroller: HTMLElement): ColumnPlaces {
	return {
		read: () => scroller.scrollTop,
		restore(top) {
			scroller.scrollTop = top;
			return scroller.scrollTop >= top - 1;
		},
	};
}

/**
 * Keeps a growing column scrolled to its end while the reader is there. If the reader is elsewhere, the column stays put.
 * @param from the place to restore; the end if absent
 * @param onMove called with the place, or undefined at the end, after each scroll by the reader and each change of the
 * height: what is at the top edge may be another item then
 * @param places how places are read and restored; as pixels from the top if absent
 * @returns `toEnd` goes to the end; `toStart` goes to the beginning, where the column then stays; `hold` must be called
 * before content is added above, so that what the reader sees stays in place
 */
export function followEnd(
	scroller: HTMLElement,
	content: HTMLElement,
	from: number | undefined,
	onMove: (place: number | undefined) => void,
	places: ColumnPlaces = pixelsFromTop(scroller),
): EndFollower {
	let following = false;
	let wanted = from;

	/** The browser keeps what is read in its place, but not while the end is followed: that would look like scrolling. */
	function follow(now: boolean): void {
		following = now;
		scroller.style.overflowAnchor = now ? 'none' : '';
	}
	follow(from === undefined);

	function isAtEnd(): boolean {
		return scroller.scrollHeight - scroller.clientHeight - scroller.scrollTop < near;
	}

	function report(): void {
		onMove(following || isAtEnd() ? undefined : places.read());
	}

	/** While the user types in a field of the column, the field keeps its place, whatever is below it. */
	function isTypedIn(): boolean {
		const focused = document.activeElement;
		return focused instanceof HTMLTextAreaElement && content.contains(focused);
	}

	function settle(): void {
		if (following) {
			if (!isTypedIn()) {
				scroller.scrollTop = scroller.scrollHeight;
			}
		} else if (wanted !== undefined) {
			wanted = places.restore(wanted) ? undefined : wanted;
		} else {
			report();
		}
	}
	const onScroll = (): void => {
		if (wanted === undefined) {
			follow(isAtEnd());
			report();
		}
	};
	const onReader = (): void => {
		wanted = undefined;
	};
	const observer = new ResizeObserver(settle);
	observer.observe(content);
	observer.observe(scroller);
	scroller.addEventListener('scroll', onScroll, { passive: true });
	for (const kind of ['wheel', 'pointerdown', 'keydown'] as const) {
		scroller.addEventListener(kind, onReader, { passive: true });
	}
	const stop = toDisposable(() => {
		observer.disconnect();
		scroller.removeEventListener('scroll', onScroll);
		for (const kind of ['wheel', 'pointerdown', 'keydown'] as const) {
			scroller.removeEventListener(kind, onReader);
		}
	});
	return {
		dispose: () => stop.dispose(),
		hold() {
			if (!following) {
				wanted ??= places.read();
			}
		},
		toStart() {
			follow(false);
			wanted = undefined;
			scroller.scrollTop = 0;
			report();
		},
		toEnd() {
			follow(true);
			wanted = undefined;
			report();
			settle();
		},
	};
}
