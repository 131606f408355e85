/** Anything that holds a resource. Structurally the same as VS Code's `Disposable`. */
export interface Disposable {
	dispose(): unknown;
}

export function toDisposable(dispose: () => unknown): Disposable {
	let disposed = false;
	return {
		dispose() {
			if (!disposed) {
				disposed = true;
				return dispose();
			}
			return undefined;
		},
	};
}

/** Owns disposables. An item added to a disposed store is disposed immediately; disposing twice is safe. */
export class DisposableStore implements Disposable {
	readonly #items = new Set<Disposable>();
	#disposed = false;

	get isDisposed(): boolean {
		return this.#disposed;
	}

	add<T extends Disposable>(item: T): T {
		if (this.#disposed) {
			item.dispose();
		} else {
			this.#items.add(item);
		}
		return item;
	}

	/** Disposes in reverse order of registration. */
	dispose(): void {
		this.#disposed = true;
		const items = [...this.#items].reverse();
		this.#items.clear();
		for (const item of items) {
			item.dispose();
		}
	}
}

export type Event<T> = (listener: (value: T) => void) => Disposable;

/** A typed event source. All listeners are called, even if one throws. */
export class Emitter<T> implements Disposable {
	readonly #listeners = new Set<(value: T) => void>();
	readonly #onListenerError: (error: unknown) => void;

	constructor(
		onListenerError: (error: unknown) => void = (error) =>
			queueMicrotask(() => {
				throw error;
			}),
	) {
		this.#onListenerError = onListenerError;
	}

	readonly event: Event<T> = (listener) => {
		const own = (value: T) => listener(value);
		this.#listeners.add(own);
		return toDisposable(() => this.#listeners.delete(own));
	};

	fire(value: T): void {
		for (const listener of [...this.#listeners]) {
			try {
				listener(value);
			} catch (error) {
				this.#onListenerError(error);
			}
		}
	}

	dispose(): void {
		this.#listeners.clear();
	}
}
