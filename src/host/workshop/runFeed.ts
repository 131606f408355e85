import { toDisposable, type Disposable, type Event } from '../../common/lifecycle.ts';
import type { Turn } from '../../common/turn.ts';
import { shownPart, type ShownPart } from '../../common/shownTurn.ts';
import type { StreamPart } from '../../common/streamParts.ts';

/** The part of a live run that a feed needs. */
export interface FeedableRun {
	readonly turn: Turn;
	readonly position: number;
	readonly onPart: Event<{ position: number; part: StreamPart }>;
}

/** Parts are sent in batches at this interval in milliseconds, about the refresh rate of a screen. */
const interval = 25;

/**
 * Sends the further parts of a run in batches, reduced to what a page shows; `done` is sent at once.
 *
 * @param send receives the number of parts before the batch, and the batch
 */
export function feedRun(run: FeedableRun, send: (from: number, parts: ShownPart[]) => void): Disposable {
	let from = run.position;
	let waiting: ShownPart[] = [];
	let timer: ReturnType<typeof setTimeout> | undefined;

	function flush(): void {
		clearTimeout(timer);
		timer = undefined;
		if (waiting.length > 0) {
			const parts = waiting;
			const start = from;
			from += parts.length;
			waiting = [];
			send(start, parts);
		}
	}

	const subscription = run.onPart(({ part }) => {
		waiting.push(shownPart(part, run.turn));
		if (part.type === 'done') {
			flush();
		} else {
			timer ??= setTimeout(flush, interval);
		}
	});
	return toDisposable(() => {
		clearTimeout(timer);
		subscription.dispose();
	});
}
