import type { LabChange } from '../../common/labState.ts';
import { toDisposable, type Disposable } from '../../common/lifecycle.ts';
import type { LabSession } from '../../lab/session.ts';
import { shownChange } from './labShown.ts';

/** Changes are sent in batches at this interval in milliseconds, about the refresh rate of a screen. */
const sendInterval = 25;

/** Merges two consecutive pieces of the same text; undefined for any other two changes. */
function merged(before: LabChange | undefined, after: LabChange): LabChange | undefined {
	if (before?.type !== 'part' || after.type !== 'part') {
		return undefined;
	}
	const { part } = before;
	const { part: next } = after;
	const sameStep = before.take === after.take && before.step === after.step;
	const isText = (part.type === 'text' || part.type === 'thinking') && part.type === next.type;
	if (!sameStep || !isText || part.id !== next.id) {
		return undefined;
	}
	const omitted = (part.omitted ?? 0) + (next.omitted ?? 0);
	return { ...before, part: { ...part, text: part.text + next.text, ...(omitted > 0 && { omitted }) } };
}

/**
 * Sends the changes of a session in batches, reduced to what a page shows. `flush` sends pending changes now: before a
 * snapshot, which already includes them, and before the answer to the request that made the change.
 */
export function feedChanges(
	session: LabSession,
	send: (changes: LabChange[]) => void,
	interval = sendInterval,
): Disposable & { flush(): void } {
	let waiting: LabChange[] = [];
	let timer: ReturnType<typeof setTimeout> | undefined;

	function flush(): void {
		clearTimeout(timer);
		timer = undefined;
		if (waiting.length > 0) {
			const changes = waiting;
			waiting = [];
			send(changes);
		}
	}

	const subscription = session.onDidChange((change) => {
		const shown = shownChange(change, session.state);
		const extended = merged(waiting.at(-1), shown);
		if (extended) {
			waiting[waiting.length - 1] = extended;
		} else {
			waiting.push(shown);
		}
		timer ??= setTimeout(flush, interval);
	});
	const stop = toDisposable(() => {
		clearTimeout(timer);
		subscription.dispose();
	});
	return { flush, dispose: () => stop.dispose() };
}
