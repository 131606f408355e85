import type { Watchdog } from './watchdog.ts';

/** Most bytes that are read ahead of the consumer. */
const maxAheadBytes = 1_048_576;
/** This many bytes are returned without waiting for the pause to end. */
const largeStepBytes = 65_536;
/** Pause between two steps, in milliseconds: 250 steps a second look continuous. */
const stepPauseMs = 4;

/**
 * Reads a body ahead of its consumer, up to a limit, and returns what arrived in steps: the first bytes after a silence
 * immediately, then whatever arrived during the pause. Passing a part through parser, tool loop, store and panel costs more
 * than a read, so a fast server is followed in a few large steps, and one of normal speed event by event.
 */
export class BodyReader {
	readonly #arrived: Uint8Array[] = [];
	#bytes = 0;
	#ended = false;
	#pausing = false;
	#failure: { error: unknown } | undefined;
	/** Set while the consumer or the reader waits for the other. */
	#wakeConsumer: (() => void) | undefined;
	#wakeReader: (() => void) | undefined;

	/** Starts to read immediately. `watchdog` runs while bytes are awaited. */
	constructor(body: ReadableStream<Uint8Array>, watchdog: Watchdog) {
		void this.#readAll(body.getReader(), watchdog);
	}

	/**
	 * The bytes that arrived since the last call; waits for the first one. Undefined at the end of the body.
	 * @throws the error that broke the connection, after all bytes before it were taken.
	 */
	async take(): Promise<Uint8Array | undefined> {
		if (!this.#ready) {
			await new Promise<void>((resolve) => (this.#wakeConsumer = resolve));
		}
		if (this.#bytes > 0) {
			return this.#step();
		}
		if (this.#failure !== undefined) {
			throw this.#failure.error;
		}
		return undefined;
	}

	get #ready(): boolean {
		return this.#ended || this.#bytes >= largeStepBytes || (this.#bytes > 0 && !this.#pausing);
	}

	#step(): Uint8Array {
		let [bytes] = this.#arrived;
		if (bytes === undefined || this.#arrived.length > 1) {
			bytes = new Uint8Array(this.#bytes);
			let at = 0;
			for (const chunk of this.#arrived) {
				bytes.set(chunk, at);
				at += chunk.length;
			}
		}
		this.#arrived.length = 0;
		this.#bytes = 0;
		this.#wakeReader?.();
		if (!this.#pausing && !this.#ended) {
			this.#pausing = true;
			setTimeout(() => {
				this.#pausing = false;
				this.#wakeIfReady();
			}, stepPauseMs);
		}
		return bytes;
	}

	#wakeIfReady(): void {
		if (this.#ready) {
			this.#wakeConsumer?.();
		}
	}

	async #readAll(reader: ReadableStreamDefaultReader<Uint8Array>, watchdog: Watchdog): Promise<void> {
		try {
			for (;;) {
				watchdog.begin();
				const { done, value } = await reader.read();
				watchdog.rest();
				if (done) {
					break;
				}
				this.#arrived.push(value);
				this.#bytes += value.length;
				this.#wakeIfReady();
				if (this.#bytes >= maxAheadBytes) {
					await new Promise<void>((resolve) => (this.#wakeReader = resolve));
				}
			}
		} catch (error) {
			this.#failure = { error };
		}
		this.#ended = true;
		this.#wakeIfReady();
	}
}
