import * as l10n from '@vscode/l10n';
import { AppError } from '../common/errors.ts';
import { isOutput } from '../common/streamParts.ts';
import { BodyReader } from './bodyReader.ts';
import { beginsAsDocument, readStart, startLimit, startOf } from './bodyStart.ts';
import {
	brokenEventFault,
	connectionFault,
	idleFault,
	isErrorBody,
	isSilence,
	notAStreamFault,
	providerFault,
	readErrorBody,
	readRetryAfter,
	redirectFault,
	tooLargeFault,
	truncatedFault,
	type RequestTarget,
} from './faults.ts';
import { guardFetch, type Fetch } from './guardFetch.ts';
import type { Credentials } from './credentials.ts';
import { isRecord, parseJson, textAt } from './json.ts';
import { maskBody, maskHeaders } from './mask.ts';
import type { ModelPart, SentRequest } from './provider.ts';
import { SseParser, type SseEvent } from './sse.ts';
import { ProviderErrorEvent, type Ending, type StreamReader } from './streamReader.ts';
import { Watchdog } from './watchdog.ts';

/** What is needed to send one request and read its answer. */
export interface ExchangeOptions {
	target: RequestTarget;
	/** What must never be shown: the key and header values made from it. */
	secrets: string[];
	/** Headers that the settings add. */
	headers: Credentials['headers'];
	fetch: Fetch;
	idleTimeoutMs: number;
	/** Most bytes of one answer, after decompression. */
	maxBytes: number;
	signal: AbortSignal;
	/** Sends through the SDK with the given fetch; resolves with the raw response. */
	send(fetch: Fetch, signal: AbortSignal): Promise<Response>;
	reader: StreamReader;
	/** Logs a line about how the server answers. */
	note: (text: string) => void;
}

/** Made once: a new one with its stack for each request would cost more than reading a short answer. */
const closed = new DOMException('The connection was closed', 'AbortError');

/** Most characters of text and thinking in one answer; the longest answers of models are far shorter. */
const maxText = 67_108_864;
/** Most characters of one event. */
const maxEvent = 67_108_864;
/** Most characters of an answer that is one document. */
const maxDocument = 16_777_216;

/** Collects the parts of bytes that are read together; deltas of one block that arrive together become one part. */
class PartQueue {
	#parts: ModelPart[] = [];
	/** Characters of text and thinking in all parts so far. */
	length = 0;

	readonly emit = (part: ModelPart): void => {
		const last = this.#parts.at(-1);
		const says = part.type === 'text' || part.type === 'thinking';
		this.length += says ? part.text.length : 0;
		if (says && last?.type === part.type && last.id === part.id) {
			last.text += part.text;
		} else {
			this.#parts.push(part);
		}
	};

	get isEmpty(): boolean {
		return this.#parts.length === 0;
	}

	take(): ModelPart[] {
		const parts = this.#parts;
		this.#parts = [];
		return parts;
	}
}

function saysError(data: unknown): boolean {
	return isRecord(data) && (isRecord(data['error']) || textAt(data, 'error') !== '');
}

/**
 * One request and its answer: everything between an adapter and the socket that all adapters share. Call `open` once, then
 * `next` until it returns undefined, then read `ending`; call `close` in any case.
 */
export class Exchange {
	readonly #options: ExchangeOptions;
	readonly #controller = new AbortController();
	readonly #abort = () => this.#controller.abort();
	readonly #queue = new PartQueue();
	readonly #parser = new SseParser();
	readonly #watchdog: Watchdog;
	/** A fault that was found inside the fetch; the SDKs would wrap or replace it. */
	#fault: AppError | undefined;
	#responding: Promise<Response> | undefined;
	#body: BodyReader | undefined;
	/** Thrown by the following `next`, because the parts before it are returned first. */
	#failure: Error | undefined;
	#complete = false;
	/** The end mark has arrived. */
	#marked = false;
	#bytes = 0;
	/** Undefined until the first character of the body. */
	#isDocument: boolean | undefined;
	readonly #documentDecoder = new TextDecoder();
	#document = '';
	#shown = false;
	#silent = false;
	/** How the answer ended; set once `next` has returned undefined. */
	ending: Ending | undefined;

	constructor(options: ExchangeOptions) {
		this.#options = options;
		const { target, idleTimeoutMs, signal } = options;
		this.#watchdog = new Watchdog(idleTimeoutMs, () => {
			this.#fault = idleFault(target, idleTimeoutMs, this.#awaited);
			this.#controller.abort();
		});
		signal.addEventListener('abort', this.#abort, { once: true });
		if (signal.aborted) {
			this.#abort();
		}
	}

	/** True if the connection was closed because nothing arrived. */
	get idle(): boolean {
		return this.#watchdog.expired || this.#silent;
	}

	get #awaited(): string {
		return this.#shown ? l10n.t('the rest of the answer') : l10n.t('the start of the answer');
	}

	/**
	 * Sends the request; resolves with it as soon as it is known.
	 * @throws AppError when it could not be sent or was refused immediately.
	 */
	async open(): Promise<SentRequest | undefined> {
		let resolve!: (request: SentRequest) => void;
		const sent = new Promise<SentRequest>((done) => (resolve = done));
		this.#responding = this.#options.send(
			(input, init) => this.#fetch(input, init, resolve),
			this.#controller.signal,
		);
		// Awaited by `next`; this only keeps a rejection from being reported before the consumer asks for more.
		this.#responding.catch(() => undefined);
		this.#watchdog.begin();
		try {
			const first = await Promise.race([sent, this.#responding]);
			return first instanceof Response ? undefined : first;
		} catch (error) {
			throw this.#classify(error);
		} finally {
			this.#watchdog.rest();
		}
	}

	/**
	 * The next parts; undefined after the last ones.
	 * @throws AppError if the answer is incomplete for any reason.
	 */
	async next(): Promise<ModelPart[] | undefined> {
		try {
			this.#body ??= await this.#begin();
			while (this.#failure === undefined && !this.#complete) {
				const bytes = await this.#body.take();
				this.#complete = bytes === undefined;
				this.#keepFailure(() => this.#take(bytes));
				if (this.#complete) {
					this.#keepFailure(() => this.#end());
				}
				if (!this.#queue.isEmpty) {
					const parts = this.#queue.take();
					this.#shown ||= parts.some(isOutput);
					return parts;
				}
			}
		} catch (error) {
			throw this.#classify(error);
		}
		if (this.#failure !== undefined) {
			throw this.#classify(this.#failure);
		}
		if (this.ending === undefined) {
			throw truncatedFault(this.#options.target);
		}
		return undefined;
	}

	/** Closes the connection, if it is still open. */
	close(): void {
		this.#watchdog.stop();
		this.#options.signal.removeEventListener('abort', this.#abort);
		this.#controller.abort(closed);
	}

	async #fetch(
		input: string | URL | Request,
		init: RequestInit = {},
		sent: (request: SentRequest) => void,
	): Promise<Response> {
		const { target, secrets, headers, fetch } = this.#options;
		const guarded = guardFetch(fetch, {
			headers,
			onSend: (method, url, sentHeaders, body) =>
				sent({
					method,
					url: maskBody(url, secrets),
					headers: maskHeaders(sentHeaders, target.mask),
					body: maskBody(body, secrets),
				}),
			onRedirect: (status, location) => (this.#fault = redirectFault(target, status, location)),
		});
		const response = await guarded(input, init);
		if (!response.ok) {
			this.#fault = await this.#refusal(response);
			throw this.#fault;
		}
		return response;
	}

	async #refusal(response: Response): Promise<AppError> {
		const { target } = this.#options;
		const raw = await readStart(response);
		const error = readErrorBody(parseJson(raw), raw);
		error.status = response.status;
		const retryAfter = readRetryAfter(response.headers, Date.now());
		if (retryAfter !== undefined) {
			error.retryAfter = retryAfter;
		}
		const shouldRetry = response.headers.get('x-should-retry');
		if (shouldRetry === 'true' || shouldRetry === 'false') {
			error.shouldRetry = shouldRetry === 'true';
		}
		return providerFault(target, error);
	}

	/** Takes the next bytes, or the end of the body, as part of a stream or a document. */
	#take(bytes: Uint8Array | undefined): void {
		const { target, maxBytes } = this.#options;
		this.#bytes += bytes?.length ?? 0;
		if (this.#bytes > maxBytes) {
			throw tooLargeFault(target, l10n.t('more than {0} MB', Math.round(maxBytes / 1_048_576)));
		}
		if (bytes !== undefined && this.#isDocument !== false) {
			this.#takeDocument(bytes);
		}
		if (this.#isDocument === true) {
			return;
		}
		for (const event of bytes === undefined ? this.#parser.end() : this.#parser.push(bytes)) {
			if (event.data !== '' && this.#read(event)) {
				this.#complete = true;
				this.#marked = true;
				return;
			}
		}
		if (this.#parser.pending > maxEvent) {
			throw tooLargeFault(target, l10n.t('an endless event'));
		}
		if (this.#queue.length > maxText) {
			throw tooLargeFault(target, l10n.t('an endless text'));
		}
	}

	#takeDocument(bytes: Uint8Array): void {
		this.#document += this.#documentDecoder.decode(bytes, { stream: true });
		if (this.#isDocument === undefined) {
			this.#isDocument = beginsAsDocument(this.#document);
			// How much white space precedes it depends on how the body was split.
			this.#document = this.#isDocument === false ? '' : this.#document.trimStart();
		}
		// Only the beginning of a web page is useful.
		const limit = this.#document.startsWith('<') ? startLimit : maxDocument;
		this.#complete = this.#document.length >= limit;
	}

	#end(): void {
		const { target, reader, note } = this.#options;
		if (this.#isDocument !== true) {
			this.ending = reader.end(this.#marked, this.#queue.emit);
			return;
		}
		const document = parseJson(this.#document);
		const start = startOf(this.#document);
		if (!saysError(document) && reader.readDocument(document, this.#queue.emit)) {
			note('the answer was not streamed');
			this.ending = reader.end(true, this.#queue.emit);
		} else if (isErrorBody(document)) {
			throw providerFault(target, readErrorBody(document, start));
		} else {
			throw notAStreamFault(target, start);
		}
	}

	/** Keeps a failure until the parts before it were returned; after it nothing more is read. */
	#keepFailure(read: () => void): void {
		if (this.#failure === undefined) {
			try {
				read();
			} catch (error) {
				this.#failure = error instanceof Error ? error : new Error(String(error));
			}
		}
	}

	/** True when nothing more follows. */
	#read(event: SseEvent): boolean {
		const { reader, target } = this.#options;
		const data = event.data === '[DONE]' ? event.data : parseJson(event.data);
		if (event.event === 'error' || (isRecord(data) && data['type'] === 'error')) {
			throw new ProviderErrorEvent(data ?? event.data);
		}
		if (data === undefined) {
			throw brokenEventFault(target, event.data);
		}
		const complete = reader.read(data, this.#queue.emit);
		if (saysError(data)) {
			throw new ProviderErrorEvent(data);
		}
		return complete;
	}

	async #begin(): Promise<BodyReader> {
		this.#watchdog.begin();
		const response = await this.#responding;
		this.#watchdog.rest();
		// A response without a body is read like an empty body: it lacks the end mark.
		return new BodyReader((response?.body ?? new Blob([]).stream()) as ReadableStream<Uint8Array>, this.#watchdog);
	}

	#classify(error: unknown): AppError {
		const { target } = this.#options;
		if (this.#fault !== undefined) {
			return this.#fault;
		}
		if (error instanceof AppError) {
			return error;
		}
		if (error instanceof ProviderErrorEvent) {
			const raw = typeof error.body === 'string' ? error.body : JSON.stringify(error.body);
			return providerFault(target, readErrorBody(error.body, raw), error);
		}
		if (isSilence(error)) {
			this.#silent = true;
			return idleFault(target, undefined, this.#awaited);
		}
		return connectionFault(target, error, this.#body !== undefined);
	}
}
