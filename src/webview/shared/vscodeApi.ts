import { toDisposable } from '../../common/lifecycle.ts';
import type { Port } from '../../common/rpc.ts';

declare function acquireVsCodeApi(): {
	postMessage(message: unknown): void;
	getState(): unknown;
	setState(state: unknown): void;
};

export interface WebviewApi {
	readonly port: Port;
	/** What `saveState` saved before the page was loaded. Its shape is not to be trusted. */
	readonly savedState: unknown;
	/**
	 * Saves state that survives hiding and reloads. For the user's intent (scroll position, unsent text), never for what the
	 * host knows.
	 */
	saveState(state: unknown): void;
}

/** May be called only once per page. */
export function connectToHost(): WebviewApi {
	const api = acquireVsCodeApi();
	return {
		port: {
			post: (message) => api.postMessage(message),
			onMessage(listener) {
				const own = (event: MessageEvent<unknown>) => listener(event.data);
				window.addEventListener('message', own);
				return toDisposable(() => window.removeEventListener('message', own));
			},
		},
		savedState: api.getState(),
		saveState: (state) => api.setState(state),
	};
}
