import * as l10n from '@vscode/l10n';
import { errorPart } from './errorPart.ts';
import { AppError, throwIfAborted, toAppError } from './errors.ts';
import type { DonePart, ErrorPart } from './streamParts.ts';

/**
 * The parts of a source with the end that every stream has: one `error` at most, which is also what the source throws, then
 * `done`, last and exactly once, also where the source has none. What a source throws after an abort is the cancellation,
 * which is no error. A source whose signal is aborted beforehand is not asked at all.
 */
export async function* endOnce<Part extends { type: string }>(
	source: () => AsyncIterable<Part>,
	signal?: AbortSignal,
): AsyncGenerator<Part | ErrorPart | DonePart> {
	let failed = false;
	let fault: AppError;
	try {
		throwIfAborted(signal);
		for await (const part of source()) {
			if (part.type !== 'error' || !failed) {
				failed ||= part.type === 'error';
				yield part;
			}
			if (part.type === 'done') {
				return;
			}
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
