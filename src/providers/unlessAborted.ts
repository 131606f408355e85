import { AppError } from '../common/errors.ts';

/**
 * The result of the work, unless the signal is aborted first: for work that cannot be cancelled.
 * @throws AppError `cancelled` at the abort; whatever the work rejects with before it.
 */
export function unlessAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
	return new Promise((resolve, reject) => {
		const stop = () => reject(new AppError('cancelled', 'Cancelled'));
		if (signal.aborted) {
			stop();
		}
		signal.addEventListener('abort', stop, { once: true });
		work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
	});
}
