import { toDisposable, type Disposable } from '../../common/lifecycle.ts';

/** Closer to the end than this counts as being there (pixels). */
const near = 40;

/** How a number tells a place in a column. */
export interface ColumnPlaces {
	/** The place that is at the top edge now. */
	read(): number;
	/** Scrolls to a place as far as it is there; answers whether that is done, or to be tried again when more is. */
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
 * Keeps a scrolled column at its end while it grows, as long as the reader is there; elsewhere it stays put.
 * @param from place to restore; the end where absent
 * @param onMove told after each scroll by the reader, and when the end comes into sight or leaves it: the place, undefined at the end
 * @param places distance from the top in pixels where absent
 * @returns `toEnd` goes to the end, `toStart` to the beginning, where the column then stays; `hold` is called before something is put above: what is read stays where it is
 */
export function followEnd(
	scroller: HTMLElement,
	content: HTMLElement,
	from: number | undefined,
	onMove: (place: number | undefined) => void,
	places: ColumnPlaces = pixelsFromTop(scroller),
): EndFollower {
	let following = from === undefined;
	let wanted = from;
	let away = from !== undefined;

	function isAtEnd(): boolean {
		return scroller.scrollHeight - scroller.clientHeight - scroller.scrollTop < near;
	}

	function report(): void {
		away = !following && !isAtEnd();
		onMove(away ? places.read() : undefined);
	}

	/** A field in the column that is typed in keeps its place, whatever is below it. */
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
		} else if (away === isAtEnd()) {
			report();
		}
	}
	const onScroll = (): void => {
		if (wanted === undefined) {
			following = isAtEnd();
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
			following = false;
			wanted = undefined;
			scroller.scrollTop = 0;
			report();
		},
		toEnd() {
			following = true;
			wanted = undefined;
			report();
			settle();
		},
	};
}
