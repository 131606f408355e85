import { SerialQueue } from './serialQueue.ts';

/** Runs asynchronous work with the same key one at a time, in the order of the calls, and with different keys in parallel. */
export class KeyedQueue<Key> {
	readonly #queues = new Map<Key, SerialQueue>();

	run<T>(key: Key, work: () => Promise<T>): Promise<T> {
		const queue = this.#queues.get(key) ?? new SerialQueue();
		this.#queues.set(key, queue);
		return queue.run(work);
	}
}
