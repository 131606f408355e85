import type { AppError } from '../common/errors.ts';
import type { Usage } from '../common/turn.ts';
import type { Credentials } from './credentials.ts';
import type { Endpoint } from './endpoint.ts';
import type { Fetch } from './guardFetch.ts';
import type { Limiter } from './limiter.ts';
import type { StreamReader } from './streamReader.ts';
import type { StatedPrices } from './statedPrices.ts';

export interface ProviderLog {
	debug(message: string): void;
	warn(message: string): void;
}

/** What every HTTP adapter needs. */
export interface HttpDeps {
	fetch: Fetch;
	/** Where requests are sent. Throws an AppError `validation` if the settings are wrong. */
	endpoint: () => Endpoint;
	/** The key stored for this provider at this origin. */
	getKey: (providerId: string, origin: string) => Promise<string | undefined>;
	log: ProviderLog;
	limiter: Limiter;
	/** Longest silence in milliseconds, measured on bytes; pings count. Default: 120 s, for a server on this machine 600 s. */
	idleTimeoutMs?: number | undefined;
	/** Most bytes of one answer, after decompression. */
	maxAnswerBytes: number;
	/** Time limit for a list of models, in milliseconds; default 15,000. */
	listTimeoutMs?: number | undefined;
	/** How often a request is sent again, as long as nothing of its answer was shown. */
	maxRetries: number;
	/** First pause before sending again, in milliseconds; it doubles, with jitter. */
	retryDelayMs: number;
	/** Remembers the prices that a list states. */
	statedPrices?: StatedPrices | undefined;
	/** US dollars, or undefined if no price is known. */
	cost: (endpoint: Endpoint, model: string, answered: string, usage: Usage) => number | undefined;
}

/** What an adapter contributes to one request. */
export interface HttpCall {
	/** Sends the request through the SDK with the given fetch; resolves with the raw response. */
	send(options: Credentials & { fetch: Fetch; signal: AbortSignal }): Promise<Response>;
	/** Loaded at the first request, like the SDKs. */
	createReader(): Promise<StreamReader>;
	/** Learns from a refusal; returns true if the request would now be built differently. It is then sent again once. */
	correct(fault: AppError): boolean;
}
