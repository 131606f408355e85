import type { ShownMessage } from '../../common/recordedTurn.ts';

/** Messages asked for at once. */
const atOnce = 500;

/** The recorded messages that the page has, and how it gets those that it wants. */
export class RecordedMessages {
	readonly #ask: (column: string, indices: number[]) => Promise<readonly ShownMessage[] | undefined>;
	readonly #onArrived: () => void;
	readonly #known = new Map<string, Map<number, ShownMessage>>();
	/** Each is asked for once, also where the answer was an error. */
	readonly #asked = new Map<string, Set<number>>();
	/** What is still to be sent or answered; one request a conversation is under way. */
	readonly #waiting = new Map<string, number[]>();

	/** `ask` resolves to the first of the messages, one at least, or to undefined where it failed. */
	constructor(
		ask: (column: string, indices: number[]) => Promise<readonly ShownMessage[] | undefined>,
		onArrived: () => void,
	) {
		this.#ask = ask;
		this.#onArrived = onArrived;
	}

	/** The message, or undefined while it is not here. */
	get(column: string, index: number): ShownMessage | undefined {
		return this.#known.get(column)?.get(index);
	}

	/** Changes whenever messages of the conversation have come. */
	version(column: string): number {
		return this.#known.get(column)?.size ?? 0;
	}

	/** Asks for messages that were not asked for yet. */
	want(column: string, indices: readonly number[]): void {
		const asked = this.#asked.get(column) ?? new Set();
		const fresh = indices.filter((index) => !asked.has(index));
		if (fresh.length === 0) {
			return;
		}
		this.#asked.set(column, new Set([...asked, ...fresh]));
		const waiting = this.#waiting.get(column);
		if (waiting) {
			waiting.push(...fresh);
		} else {
			this.#waiting.set(column, fresh);
			void this.#send(column, fresh);
		}
	}

	/** Asks again for what did not come. */
	askAgain(): void {
		this.#waiting.clear();
		for (const [column, asked] of [...this.#asked]) {
			const known = this.#known.get(column);
			const missing = [...asked].filter((index) => !known?.has(index));
			this.#asked.set(column, new Set(known?.keys()));
			this.want(column, missing);
		}
	}

	async #send(column: string, waiting: number[]): Promise<void> {
		const known = this.#known.get(column) ?? new Map<number, ShownMessage>();
		this.#known.set(column, known);
		while (waiting.length > 0) {
			const messages = await this.#ask(column, waiting.slice(0, atOnce));
			for (const [offset, message] of (messages ?? []).entries()) {
				known.set(waiting[offset] ?? -1, message);
			}
			// Without any answer the rest would fail too.
			waiting.splice(0, messages?.length || waiting.length);
			this.#onArrived();
		}
		if (this.#waiting.get(column) === waiting) {
			this.#waiting.delete(column);
		}
	}
}
