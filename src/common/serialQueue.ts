/** Runs asynchronous work one at a time, in the order of the calls. */
export class SerialQueue {
	#tail: Promise<unknown> = Promise.resolve();

	run<T>(work: () => Promise<T>): Promise<T> {
		const result = this.#tail.then(work);
		this.#tail = result.catch(() => undefined);
		return result;
	}
}
