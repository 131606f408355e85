import * as l10n from '@vscode/l10n';
import { errorPart } from './errorPart.ts';
import { AppError, throwIfAborted, toAppError } from './errors.ts';
import type { DonePart, ErrorPart } from './streamParts.ts';

/**
 * Passes on the parts of a source and makes sure that the stream ends properly: at most one `error`, also for an
 * error that the source throws, then `done`, last and exactly once, even if the source has none. `done` comes only once
 * the source has closed, so nothing that it still does comes after the end. Whatever a source throws after an abort
 * counts as cancellation, not as an error. If the signal is aborted beforehand, the source is never called.
 */
export async function* endOnce<Part extends { type: string }>(
	source: () => AsyncIterable<Part>,
	signal?: AbortSignal,
): AsyncGenerator<Part | ErrorPart | DonePart> {
	let failed = false;
	let done: Part | undefined;
	let fault: AppError;
	try {
		throwIfAborted(signal);
		for await (const part of source()) {
			if (part.type === 'done') {
				done = part;
				break;
			}
			if (part.type !== 'error' || !failed) {
				failed ||= part.type === 'error';
				yield part;
			}
		}
		if (done) {
			yield done;
			return;
		}
		throwIfAborted(signal);
		fault = new AppError('internal', l10n.t('The answer ended unexpectedly. Try again'), {
			info: { retryable: true },
		});
	} catch (thrown) {
		fault = signal?.aborted ? new AppError('cancelled', 'Cancelled', { cause: thrown }) : toAppError(thrown);
	}
	if (fault.code === 'cancelled') {
		yield { type: 'done', stopReason: 'cancelled' };
		return;
	}
	if (!failed) {
		yield errorPart(fault);
	}
	yield { type: 'done', stopReason: 'error' };
}
