import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { sleep } from '../sleep.ts';
import { BatchServer } from './batchServer.ts';
import { anthropicScript, chatScript, responsesScript } from './scripts.ts';
import type { WirePiece } from './sseText.ts';

export type WireApi = 'anthropic' | 'responses' | 'chat' | 'models';

/** What the server answers to one request. */
export interface WireReply {
	/** Default 200. */
	status?: number;
	headers?: Record<string, string>;
	/** Default: the body of a short answer. */
	body?: WirePiece[] | string;
	/** Sends the body in chunks of this many bytes. */
	chunkBytes?: number;
	/** Sends a ping (or a comment) in this rhythm while a hold or a pause lasts, in milliseconds. */
	pingEveryMs?: number;
	/** Closes the socket without any answer. */
	dropBeforeHeaders?: boolean;
	/** Waits for `release` before the headers. */
	holdHeaders?: string;
	/** Sends half of the headers and waits; `release` closes the socket. */
	holdInHeaders?: string;
}

/** A request as it arrived. */
export interface WireRequest {
	api: WireApi;
	method: string;
	path: string;
	headers: Record<string, string>;
	text: string;
	/** The body as JSON; undefined where there is none. */
	json: unknown;
	/** `performance.now()` of the end of the request. */
	at: number;
	/** `performance.now()` when the client closed the connection before the answer was complete. */
	leftAt?: number;
	/** True when the whole answer was sent. */
	finished: boolean;
}

function apiOf(path: string): WireApi | undefined {
	if (path.endsWith('/messages')) {
		return 'anthropic';
	}
	if (path.endsWith('/responses')) {
		return 'responses';
	}
	if (path.endsWith('/chat/completions')) {
		return 'chat';
	}
	return /\/models(\/[^/]+)?$/.test(path) ? 'models' : undefined;
}

/**
 * A loopback HTTP server that speaks Anthropic Messages, OpenAI Responses, Chat Completions and their models endpoints
 * as the real ones do, from scripts. Replies are used in the order in which they were given, one a request; without one
 * the default reply of the API answers. Needs nothing but Node.
 */
export class WireServer {
	/** Bodies of answers in plain terms: `wire.script.anthropic({ thinking: 'Hm', text: 'Yes' })`. */
	readonly script = { anthropic: anthropicScript, chat: chatScript, responses: responsesScript };
	readonly requests: WireRequest[] = [];
	/** The files and batches of both providers. */
	batch = new BatchServer();
	readonly #replies = new Map<WireApi, WireReply[]>();
	readonly #defaults = new Map<WireApi, WireReply>([
		['anthropic', { body: anthropicScript({ text: 'Hello.' }) }],
		['responses', { body: responsesScript({ text: 'Hello.' }) }],
		['chat', { body: chatScript({ text: 'Hello.' }) }],
		['models', { status: 404, body: '{"error":{"type":"not_found_error","message":"no models here"}}' }],
	]);
	readonly #server = createServer((request, response) => void this.#serve(request, response));
	readonly #sockets = new Set<Socket>();
	readonly #released = new Set<string>();
	readonly #waiting = new Set<() => void>();

	/** Starts on a free port of 127.0.0.1. */
	static async start(): Promise<WireServer> {
		const wire = new WireServer();
		wire.#server.on('connection', (socket) => {
			wire.#sockets.add(socket);
			socket.on('close', () => wire.#sockets.delete(socket));
		});
		await new Promise<void>((resolve) => wire.#server.listen(0, '127.0.0.1', resolve));
		return wire;
	}

	/** Without a path: the `baseUrl` of an Anthropic provider. */
	get origin(): string {
		return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
	}

	/** With `/v1`: the `baseUrl` of an OpenAI or compatible provider. */
	get baseUrl(): string {
		return `${this.origin}/v1`;
	}

	/** Answers that wait at a hold now. */
	get holding(): number {
		return this.#waiting.size;
	}

	/** Sockets that are open now. */
	get openSockets(): number {
		return this.#sockets.size;
	}

	/** Adds a reply for the next request of this API; a list of pieces is its body. */
	reply(api: WireApi, reply: WireReply | WirePiece[]): this {
		const replies = this.#replies.get(api) ?? [];
		replies.push(Array.isArray(reply) ? { body: reply } : reply);
		this.#replies.set(api, replies);
		return this;
	}

	/** The reply for every request that has none of its own. */
	always(api: WireApi, reply: WireReply | WirePiece[]): this {
		this.#defaults.set(api, Array.isArray(reply) ? { body: reply } : reply);
		return this;
	}

	/** Lets a body go on that waits at the hold of this name, now or later. */
	release(name = 'hold'): void {
		this.#released.add(name);
		for (const wake of [...this.#waiting]) {
			wake();
		}
	}

	/** Requests of one API. */
	requestsTo(api: WireApi): WireRequest[] {
		return this.requests.filter((request) => request.api === api);
	}

	/** Forgets requests, replies that were not used, releases and batches. */
	reset(): void {
		this.batch = new BatchServer();
		this.requests.length = 0;
		this.#replies.clear();
		this.#released.clear();
	}

	async stop(): Promise<void> {
		for (const socket of this.#sockets) {
			socket.destroy();
		}
		await new Promise((resolve) => this.#server.close(resolve));
	}

	async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const chunks: Buffer[] = [];
		for await (const chunk of request) {
			chunks.push(chunk as Buffer);
		}
		if (await this.batch.serve(request, response, Buffer.concat(chunks))) {
			return;
		}
		const path = (request.url ?? '/').split('?')[0] ?? '/';
		const api = apiOf(path);
		if (api === undefined) {
			response.writeHead(404).end('not found');
			return;
		}
		const text = Buffer.concat(chunks).toString('utf8');
		const record: WireRequest = {
			api,
			method: request.method ?? '',
			path,
			headers: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)])),
			text,
			json: text === '' ? undefined : (JSON.parse(text) as unknown),
			at: performance.now(),
			finished: false,
		};
		this.requests.push(record);
		response.on('close', () => {
			if (!response.writableFinished) {
				record.leftAt = performance.now();
			}
			for (const wake of [...this.#waiting]) {
				wake();
			}
		});
		const reply = this.#replies.get(api)?.shift() ?? this.#defaults.get(api) ?? {};
		if (reply.dropBeforeHeaders === true) {
			request.socket.destroy();
			return;
		}
		if (reply.holdInHeaders !== undefined) {
			// Below the response object of Node, which sends headers only as a whole.
			request.socket.write('HTTP/1.1 200 OK\r\ncontent-type: text/eve');
			await this.#hold(reply.holdInHeaders, response);
			request.socket.destroy();
			return;
		}
		await this.#answer(response, reply, api);
		record.finished = response.writableEnded;
	}

	async #answer(response: ServerResponse, reply: WireReply, api: WireApi): Promise<void> {
		const { status = 200, headers = {}, body = [], chunkBytes } = reply;
		if (reply.holdHeaders !== undefined) {
			await this.#hold(reply.holdHeaders, response);
		}
		const type = status === 200 && api !== 'models' ? 'text/event-stream; charset=utf-8' : 'application/json';
		response.writeHead(status, { 'content-type': type, 'cache-control': 'no-cache', ...headers });
		response.flushHeaders();
		for (const piece of typeof body === 'string' ? [body] : body) {
			if (response.destroyed) {
				return;
			}
			if (typeof piece === 'string' || piece instanceof Uint8Array) {
				await write(response, Buffer.from(piece as string), chunkBytes);
				continue;
			}
			if ('drop' in piece) {
				response.socket?.destroy();
				return;
			}
			const ping = api === 'anthropic' ? 'event: ping\ndata: {"type":"ping"}\n\n' : ': ping\n\n';
			const timer =
				reply.pingEveryMs === undefined
					? undefined
					: setInterval(() => response.write(ping), reply.pingEveryMs);
			if ('hold' in piece) {
				await this.#hold(piece.hold, response);
			} else {
				await sleep(piece.pauseMs, 'the pause that the script asks for');
			}
			clearInterval(timer);
		}
		response.end();
	}

	#hold(name: string, response: ServerResponse): Promise<void> {
		return new Promise((resolve) => {
			const wake = () => {
				if (this.#released.has(name) || response.destroyed) {
					this.#waiting.delete(wake);
					resolve();
				}
			};
			this.#waiting.add(wake);
			wake();
		});
	}
}

async function write(response: ServerResponse, bytes: Uint8Array, chunkBytes = bytes.length): Promise<void> {
	for (let at = 0; at < bytes.length; at += chunkBytes) {
		if (!response.write(bytes.subarray(at, at + chunkBytes)) && !response.destroyed) {
			await new Promise<void>((resolve) => {
				response.once('drain', resolve);
				response.once('close', resolve);
			});
		}
		if (chunkBytes < bytes.length) {
			await new Promise((resolve) => setImmediate(resolve));
		}
	}
}
