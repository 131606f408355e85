import { SerialQueue } from './serialQueue.ts';

/** Runs asynchronous work on one thing after the other, in the order of the calls; on different things side by side. */
export class KeyedQueue<Key> {
	readonly #queues = new Map<Key, SerialQueue>();

	run<T>(key: Key, work: () => Promise<T>): Promise<T> {
		const queue = this.#queues.get(key) ?? new SerialQueue();
		this.#queues.set(key, queue);
		return queue.run(work);
	}
}
