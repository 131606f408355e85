import { toDisposable, type Disposable, type Event } from '../../common/lifecycle.ts';
import type { Turn } from '../../common/turn.ts';
import { shownPart, type ShownPart } from '../../common/shownTurn.ts';
import type { StreamPart } from '../../common/streamParts.ts';

/** What is needed of a live run to follow it. */
export interface FeedableRun {
	readonly turn: Turn;
	readonly position: number;
	readonly onPart: Event<{ position: number; part: StreamPart }>;
}

/** Parts go out together this often: about as often as a screen shows them. */
const interval = 25;

/**
 * Sends the parts of a run, as far as a page shows them, from now on in batches; `done` goes out at once.
 * @param send gets the number of parts before the batch, and the batch
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
