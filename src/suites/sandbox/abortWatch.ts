/**
 * Calls back when a signal aborts. Node looks through all listeners of a signal to add one, so a thousand jobs under one
 * signal share a listener.
 */
export class AbortWatch {
	readonly #watched = new Map<AbortSignal, { callbacks: Set<() => void>; listener: () => void }>();

	/** Returns what ends the watch. The signal must not have aborted yet. */
	add(signal: AbortSignal, callback: () => void): () => void {
		let watched = this.#watched.get(signal);
		if (!watched) {
			const callbacks = new Set<() => void>();
			const listener = () => {
				for (const one of callbacks) {
					one();
				}
			};
			watched = { callbacks, listener };
			this.#watched.set(signal, watched);
			signal.addEventListener('abort', listener);
		}
		const { callbacks, listener } = watched;
		callbacks.add(callback);
		return () => {
			callbacks.delete(callback);
			if (callbacks.size === 0) {
				signal.removeEventListener('abort', listener);
				this.#watched.delete(signal);
			}
		};
	}
}
