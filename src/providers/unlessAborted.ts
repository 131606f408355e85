import { AppError } from '../common/errors.ts';

/**
 * The result of work that cannot be cancelled, unless the signal is aborted first.
 * @throws AppError `cancelled` on abort; before it, whatever the work rejects with.
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
