import * as l10n from '@vscode/l10n';
import { endOnce } from '../common/endOnce.ts';
import { AppError, toAppError } from '../common/errors.ts';
import { isOutput } from '../common/streamParts.ts';
import type { Usage } from '../common/turn.ts';
import type { Credentials } from './credentials.ts';
import { mayCarryKey, type Endpoint } from './endpoint.ts';
import { Exchange } from './exchange.ts';
import type { Asked } from './faults.ts';
import type { Fetch } from './guardFetch.ts';
import { delay, type Limiter } from './limiter.ts';
import { createMask, isSecretHeader, secretSegments, secretsOf } from './mask.ts';
import type { ModelPart, ModelRequest, ProviderConfig } from './provider.ts';
import type { Ending, StreamReader } from './streamReader.ts';
import { unlessAborted } from './unlessAborted.ts';

export interface ProviderLog {
	debug(message: string): void;
	warn(message: string): void;
}

/** What every adapter over HTTP needs. */
export interface HttpDeps {
	fetch: Fetch;
	/** Where the requests go. Throws an AppError `validation` where the settings are wrong. */
	endpoint: () => Endpoint;
	/** The key stored for this provider at this origin. */
	getKey: (providerId: string, origin: string) => Promise<string | undefined>;
	log: ProviderLog;
	limiter: Limiter;
	/** Longest silence in milliseconds, measured on bytes; pings count. Default: 120 s, for a server on this machine 600 s. */
	idleTimeoutMs?: number | undefined;
	/** Bytes of one answer, after they were inflated. */
	mostAnswerBytes: number;
	/** Time for a list of models, in milliseconds; default 15,000. */
	listTimeoutMs?: number | undefined;
	/** How often a request is sent again while nothing of its answer was shown. */
	maxRetries: number;
	/** First pause before sending again, in milliseconds; it doubles, with jitter. */
	retryDelayMs: number;
	/** US dollars, or undefined where no price is known. */
	cost: (endpoint: Endpoint, model: string, answered: string, usage: Usage) => number | undefined;
}

/** What an adapter tells the common part about one request. */
export interface HttpCall {
	/** Sends the request through the SDK with the given fetch and gives the raw response. */
	send(options: Credentials & { fetch: Fetch; signal: AbortSignal }): Promise<Response>;
	/** Loaded with the first request, like the SDKs. */
	createReader(): Promise<StreamReader>;
	/** Learns from a refusal; true when the request would now be built differently. It is sent again once. */
	correct(fault: AppError): boolean;
}

/** Longest pause, in milliseconds, that is waited for unseen; above it the error says to try later. */
const longestPause = 20_000;

/**
 * Looks the key up and fills the headers.
 * @throws AppError `auth` when a key is needed and there is none, `cancelled` at an abort.
 */
export async function credentialsFor(
	endpoint: Endpoint,
	getKey: HttpDeps['getKey'],
	signal: AbortSignal,
): Promise<Credentials & { secrets: string[] }> {
	// A locked keychain asks its user first, which may take any time.
	const key = mayCarryKey(endpoint) ? await unlessAborted(signal, getKey(endpoint.id, endpoint.origin)) : undefined;
	if (key === undefined && mayCarryKey(endpoint) && !endpoint.loopback) {
		const message = l10n.t(
			'There is no key for {0}. Run "Prompt Workshop: Set API Key" to store one for {1}.',
			endpoint.id,
			endpoint.origin,
		);
		throw new AppError('auth', message, { info: { provider: endpoint.id, retryable: false } });
	}
	// Each header that may leave has its value here: the SDKs would let environment variables replace one of their own.
	const headers: Record<string, string | null> = {
		accept: 'application/json',
		'user-agent': 'prompt-workshop',
		authorization: key === undefined ? null : `Bearer ${key}`,
	};
	const secrets = [...(key === undefined ? [] : [key]), ...secretSegments(new URL(endpoint.baseUrl).pathname)];
	for (const [name, value] of Object.entries(endpoint.headers)) {
		const filled = value.replaceAll('${apiKey}', key ?? '');
		headers[name.toLowerCase()] = filled;
		if (isSecretHeader(name, filled) && filled !== '') {
			secrets.push(filled, ...secretsOf(filled));
		}
	}
	return { apiKey: key ?? 'none', headers, secrets };
}

/** Milliseconds to wait before a request is sent again; undefined when it is not to be. */
function pauseBefore(fault: AppError, failures: number, deps: HttpDeps): number | undefined {
	const { retryable, retryAfter } = fault.info;
	const pause = retryAfter ?? deps.retryDelayMs * 2 ** failures * (0.75 + Math.random() / 2);
	return retryable === true && failures < deps.maxRetries && pause <= longestPause ? pause : undefined;
}

/**
 * Runs one model request: the key, the place in the line, sending again while nothing was shown, one correction of a
 * refused parameter, and the ending. Yields as `ModelProvider.stream` promises.
 */
export function streamHttp(
	deps: HttpDeps,
	config: ProviderConfig,
	request: Pick<ModelRequest, 'model' | 'signal'>,
	call: HttpCall,
): AsyncGenerator<ModelPart> {
	return endOnce(() => stream(deps, config, request, call), request.signal);
}

/** Ends by itself, with a fault, or without an end after an abort. */
async function* stream(
	deps: HttpDeps,
	config: ProviderConfig,
	request: Pick<ModelRequest, 'model' | 'signal'>,
	call: HttpCall,
): AsyncGenerator<ModelPart> {
	const { model, signal } = request;
	let shown = false;
	let corrected = false;
	/** The model that answers, as the server calls it. */
	let answered = model;
	let lastBody: string | undefined;
	try {
		const endpoint = deps.endpoint();
		const { secrets, ...credentials } = await credentialsFor(endpoint, deps.getKey, signal);
		const { id, label, origin, loopback } = endpoint;
		const asked: Asked = { id, label, model, origin, loopback, mask: createMask(secrets) };
		for (let failures = 0; ;) {
			const release = await deps.limiter.acquire(signal);
			const reader = await readerOf(call, release);
			const exchange = new Exchange({
				asked,
				secrets,
				headers: credentials.headers,
				fetch: deps.fetch,
				idleTimeoutMs: endpoint.idleTimeoutMs ?? deps.idleTimeoutMs ?? (loopback ? 600_000 : 120_000),
				mostBytes: deps.mostAnswerBytes,
				signal,
				note: (text) => deps.log.debug(`${config.id} ${model}: ${text}`),
				send: (fetch, ownSignal) => call.send({ ...credentials, fetch, signal: ownSignal }),
				reader,
			});
			let fault: AppError;
			try {
				const sent = await exchange.open();
				if (sent !== undefined && sent.body !== lastBody && !signal.aborted) {
					lastBody = sent.body;
					yield { type: 'request', request: sent };
				}
				for (let parts = await exchange.next(); parts !== undefined; parts = await exchange.next()) {
					for (const part of parts) {
						if (signal.aborted) {
							break;
						}
						shown ||= isOutput(part);
						if (part.type === 'answered') {
							answered = part.model;
						}
						yield part;
					}
				}
				if (!signal.aborted && exchange.ending !== undefined) {
					if (reader.ignored.size > 0) {
						deps.log.debug(`${config.id} ${model}: events not used: ${[...reader.ignored].join(', ')}`);
					}
					yield* finished(deps, endpoint, model, answered, exchange.ending);
					return;
				}
				break;
			} catch (error) {
				fault = toAppError(error);
			} finally {
				exchange.close();
				release();
			}
			if (signal.aborted) {
				break;
			}
			// A second refusal is shown, but it too teaches for the next request.
			if (!shown && call.correct(fault) && !corrected) {
				corrected = true;
				deps.log.debug(`${config.id} ${model}: sent again without what was refused`);
				continue;
			}
			const pause = shown || exchange.idle ? undefined : pauseBefore(fault, failures, deps);
			if (pause === undefined) {
				throw fault;
			}
			failures++;
			deps.log.debug(`${config.id} ${model}: ${fault.code}, attempt ${failures + 1} in ${Math.round(pause)} ms`);
			if (fault.info.retryAfter !== undefined) {
				deps.limiter.pause(fault.info.retryAfter);
			}
			await delay(pause, signal);
		}
	} catch (error) {
		const fault = toAppError(error);
		if (!signal.aborted && fault.code !== 'cancelled') {
			deps.log.warn(`${config.id} ${model}: ${fault.code}, status ${fault.info.status ?? 'none'}`);
		}
		throw fault;
	}
}

/** The reader, or the place in the line back. */
async function readerOf(call: HttpCall, release: () => void): Promise<StreamReader> {
	try {
		return await call.createReader();
	} catch (error) {
		release();
		throw error;
	}
}

function* finished(
	deps: HttpDeps,
	endpoint: Endpoint,
	model: string,
	answered: string,
	ending: Ending,
): Generator<ModelPart> {
	if (ending.native.length > 0) {
		yield { type: 'native', native: { provider: endpoint.id, model, blocks: ending.native } };
	}
	if (ending.usage !== undefined) {
		const costUsd = deps.cost(endpoint, model, answered, ending.usage);
		yield { type: 'usage', ...ending.usage, ...(costUsd === undefined ? {} : { costUsd }) };
	}
	yield {
		type: 'done',
		stopReason: ending.stopReason,
		...(ending.notice === undefined ? {} : { notice: ending.notice }),
	};
}
