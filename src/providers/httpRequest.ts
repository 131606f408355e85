import * as l10n from '@vscode/l10n';
import { AppError, toAppError } from '../common/errors.ts';
import { isOutput } from '../common/streamParts.ts';
import type { Credentials } from './credentials.ts';
import { mayCarryKey, type Endpoint } from './endpoint.ts';
import { Exchange } from './exchange.ts';
import type { RequestTarget } from './faults.ts';
import type { HttpCall, HttpDeps } from './httpCall.ts';
import { delay } from './limiter.ts';
import { createMask, isSecretHeader, secretSegments, secretsOf } from './mask.ts';
import type { ModelPart, ModelRequest, ProviderConfig } from './provider.ts';
import type { Ending, StreamReader } from './streamReader.ts';
import { unlessAborted } from './unlessAborted.ts';

/** Longest pause, in milliseconds, before a silent retry; above it the error asks the user to try later. */
const maxPauseMs = 20_000;

/**
 * Looks the key up and fills the headers.
 * @throws AppError `auth` when a key is needed and there is none, `cancelled` at an abort.
 */
export async function credentialsFor(
	endpoint: Endpoint,
	getKey: HttpDeps['getKey'],
	signal: AbortSignal,
): Promise<Credentials & { secrets: string[] }> {
	// A locked keychain asks the user first, which may take any amount of time.
	const key = mayCarryKey(endpoint) ? await unlessAborted(signal, getKey(endpoint.id, endpoint.origin)) : undefined;
	if (key === undefined && mayCarryKey(endpoint) && !endpoint.loopback) {
		const message = l10n.t(
			'There is no key for {0}. Run "Prompt Workshop: Set API Key" to store one for {1}.',
			endpoint.id,
			endpoint.origin,
		);
		throw new AppError('auth', message, { info: { provider: endpoint.id, retryable: false } });
	}
	// Every header that may be sent is set here: the SDKs would let environment variables replace some of theirs.
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

/** Milliseconds to wait before a request is sent again; undefined if it is not sent again. */
function pauseBefore(fault: AppError, failures: number, deps: HttpDeps): number | undefined {
	const { retryable, retryAfter } = fault.info;
	const pause = retryAfter ?? deps.retryDelayMs * 2 ** failures * (0.75 + Math.random() / 2);
	return retryable === true && failures < deps.maxRetries && pause <= maxPauseMs ? pause : undefined;
}

/** Sends a request for `streamHttp`. Ends normally, with a fault, or without an end after an abort. */
export async function* requestHttp(
	deps: HttpDeps,
	config: ProviderConfig,
	request: Pick<ModelRequest, 'model' | 'beforeSend' | 'signal'>,
	call: HttpCall,
): AsyncGenerator<ModelPart> {
	const { model, signal } = request;
	let shown = false;
	let corrected = false;
	/** The server's name of the model that answers. */
	let answered = model;
	let lastBody: string | undefined;
	try {
		const endpoint = deps.endpoint();
		const { secrets, ...credentials } = await credentialsFor(endpoint, deps.getKey, signal);
		const { id, label, origin, loopback } = endpoint;
		const target: RequestTarget = { id, label, model, origin, loopback, mask: createMask(secrets) };
		for (let failures = 0; ;) {
			const release = await deps.limiter.acquire(signal);
			const reader = await readerOf(call, release);
			const exchange = new Exchange({
				target,
				secrets,
				headers: credentials.headers,
				fetch: deps.fetch,
				idleTimeoutMs: endpoint.idleTimeoutMs ?? deps.idleTimeoutMs ?? (loopback ? 600_000 : 120_000),
				maxBytes: deps.maxAnswerBytes,
				signal,
				note: (text) => deps.log.debug(`${config.id} ${model}: ${text}`),
				send: (fetch, ownSignal) => call.send({ ...credentials, fetch, signal: ownSignal }),
				reader,
			});
			let fault: AppError;
			try {
				request.beforeSend?.();
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
			// A second refusal is shown, but the next request learns from it too.
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

/** Creates the reader; if that fails, the limiter's slot is released. */
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
