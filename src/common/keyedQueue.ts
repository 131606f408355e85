/** Runs asynchronous work on one thing after the other, in the order of the calls; on different things side by side. */
export class KeyedQueue<Key> {
	readonly #tails = new Map<Key, Promise<unknown>>();

	run<T>(key: Key, work: () => Promise<T>): Promise<T> {
		const result = (this.#tails.get(key) ?? Promise.resolve()).then(work);
		const tail = result
			.catch(() => undefined)
			.finally(() => {
				if (this.#tails.get(key) === tail) {
					this.#tails.delete(key);
				}
			});
		this.#tails.set(key, tail);
		return result;
	}
}
