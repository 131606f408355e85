import * as l10n from '@vscode/l10n';
import { AppError, toAppError, type ErrorCode, type ErrorInfo } from './errors.ts';
import { Emitter, type Disposable, type Event } from './lifecycle.ts';

/**
 * Calls and events over `postMessage`, between host and webview and between host and topic worker. A protocol is one map
 * of requests (the key ties `params` to `result`) and one of events, so no caller needs a cast. Envelopes are plain JSON.
 */
export interface Protocol {
	requests: Record<string, { params: unknown; result: unknown }>;
	/** Host to webview. */
	events: Record<string, unknown>;
}

export type Envelope =
	| { kind: 'request'; id: number; method: string; params: unknown }
	/** `events`: number of events that were posted before this reply. */
	| { kind: 'reply'; id: number; result: unknown; events: number }
	| { kind: 'error'; id: number; error: { code: ErrorCode; message: string; info: ErrorInfo } }
	| { kind: 'cancel'; id: number }
	/** `seq`: counts the events of a server from 1. */
	| { kind: 'event'; name: string; data: unknown; seq: number };

/** A `postMessage` pair: `acquireVsCodeApi` on one side, `Webview` on the other. */
export interface Port {
	post(message: Envelope): void;
	onMessage(listener: (message: unknown) => void): Disposable;
}

export interface RpcClient<P extends Protocol> {
	/** Rejects pending calls, with this error or as cancelled. */
	dispose(error?: AppError): void;
	call<K extends keyof P['requests'] & string>(
		method: K,
		params: P['requests'][K]['params'],
		signal?: AbortSignal,
	): Promise<P['requests'][K]['result']>;
	on<K extends keyof P['events'] & string>(name: K, listener: (data: P['events'][K]) => void): Disposable;
}

/** `onGap` is called when an event was lost (a hidden webview receives none): request everything again. */
export function createRpcClient<P extends Protocol>(port: Port, onGap: () => void = () => undefined): RpcClient<P> {
	let nextId = 1;
	let seen: number | undefined;
	const pending = new Map<number, { resolve: (value: never) => void; reject: (error: AppError) => void }>();
	const events = new Map<string, Emitter<never>>();
	const subscription = port.onMessage((message) => {
		if (typeof message !== 'object' || message === null || !('kind' in message)) {
			return;
		}
		const envelope = message as Envelope;
		if (envelope.kind === 'event') {
			const gap = seen !== undefined && envelope.seq !== seen + 1;
			seen = envelope.seq;
			events.get(envelope.name)?.fire(envelope.data as never);
			if (gap) {
				onGap();
			}
		} else if (envelope.kind === 'reply' || envelope.kind === 'error') {
			if (envelope.kind === 'reply') {
				const gap = seen !== undefined && envelope.events !== seen;
				seen = envelope.events;
				if (gap) {
					onGap();
				}
			}
			const call = pending.get(envelope.id);
			pending.delete(envelope.id);
			if (envelope.kind === 'reply') {
				call?.resolve(envelope.result as never);
			} else {
				const { code, message: text, info } = envelope.error;
				call?.reject(new AppError(code, text, { info }));
			}
		}
	});
	return {
		call(method, params, signal) {
			const id = nextId++;
			return new Promise((resolve, reject) => {
				pending.set(id, { resolve, reject });
				signal?.addEventListener('abort', () => port.post({ kind: 'cancel', id }), { once: true });
				port.post({ kind: 'request', id, method, params });
			});
		},
		on(name, listener) {
			let emitter = events.get(name);
			if (!emitter) {
				emitter = new Emitter<never>();
				events.set(name, emitter);
			}
			return (emitter.event as Event<unknown>)(listener as (data: unknown) => void);
		},
		dispose(error = new AppError('cancelled', 'The connection was closed')) {
			subscription.dispose();
			for (const call of pending.values()) {
				call.reject(error);
			}
			pending.clear();
		},
	};
}

/** One handler per request. `parse` turns `unknown` into the params or throws an `AppError('validation')`. */
export type RpcHandlers<P extends Protocol> = {
	[K in keyof P['requests'] & string]: {
		parse: (params: unknown) => P['requests'][K]['params'];
		handle: (params: P['requests'][K]['params'], signal: AbortSignal) => Promise<P['requests'][K]['result']>;
	};
};

export interface RpcServer<P extends Protocol> extends Disposable {
	send<K extends keyof P['events'] & string>(name: K, data: P['events'][K]): void;
}

/**
 * Answers every request, with an error for an unknown method, bad params or a handler that throws.
 *
 * @param beforeAnswer sends collected events, so that the client learns what a request has changed before it gets the
 * answer
 */
export function createRpcServer<P extends Protocol>(
	port: Port,
	handlers: RpcHandlers<P>,
	onRejected: (method: string, error: AppError) => void,
	beforeAnswer: () => void = () => undefined,
): RpcServer<P> {
	const running = new Map<number, AbortController>();
	let sent = 0;

	async function answer(id: number, method: string, params: unknown): Promise<void> {
		const controller = new AbortController();
		running.set(id, controller);
		try {
			const handler = Object.hasOwn(handlers, method) ? handlers[method] : undefined;
			if (!handler) {
				throw new AppError('validation', l10n.t('Unknown request "{0}"', method.slice(0, 60)));
			}
			const result = await handler.handle(handler.parse(params), controller.signal);
			beforeAnswer();
			port.post({ kind: 'reply', id, result, events: sent });
		} catch (thrown) {
			const error = toAppError(thrown);
			onRejected(method, error);
			beforeAnswer();
			port.post({ kind: 'error', id, error: { code: error.code, message: error.message, info: error.info } });
		} finally {
			running.delete(id);
		}
	}

	const subscription = port.onMessage((message) => {
		if (typeof message !== 'object' || message === null || !('kind' in message) || !('id' in message)) {
			onRejected('?', new AppError('validation', l10n.t('Ignored a message without an envelope')));
			return;
		}
		const { kind, id } = message;
		if (typeof id !== 'number') {
			onRejected('?', new AppError('validation', l10n.t('Ignored a message whose id is not a number')));
		} else if (kind === 'cancel') {
			running.get(id)?.abort();
		} else if (kind === 'request' && 'method' in message && typeof message.method === 'string') {
			void answer(id, message.method, 'params' in message ? message.params : undefined);
		} else {
			onRejected('?', new AppError('validation', l10n.t('Ignored a message of an unknown kind')));
		}
	});

	return {
		send(name, data) {
			sent++;
			port.post({ kind: 'event', name, data, seq: sent });
		},
		dispose() {
			subscription.dispose();
			for (const controller of running.values()) {
				controller.abort();
			}
			running.clear();
		},
	};
}
