import * as l10n from '@vscode/l10n';
import { AppError, isAppError } from '../../common/errors.ts';
import { readStart } from '../bodyStart.ts';
import type { Credentials } from '../credentials.ts';
import type { Endpoint } from '../endpoint.ts';
import { connectionFault, providerFault, readErrorBody, readRetryAfter, redirectFault } from '../faults.ts';
import type { RequestTarget } from '../faults.ts';
import { guardFetch, type Fetch } from '../guardFetch.ts';
import { credentialsFor } from '../httpRequest.ts';
import type { HttpDeps } from '../httpCall.ts';
import { parseJson } from '../json.ts';
import { limitedFetch } from '../limitedFetch.ts';
import { createMask } from '../mask.ts';

/** What one call to a batch API is made with. */
export interface BatchCall {
	credentials: Credentials;
	secrets: string[];
	endpoint: Endpoint;
	target: RequestTarget;
	fetch: Fetch;
	signal: AbortSignal;
}

/** A call that only asks. */
export const askTimeoutMs = 60_000;
/** A file of hundreds of megabytes over a slow line. */
export const sendTimeoutMs = 3_600_000;

/** Of all answers to a call that only asks. */
const smallAnswers = { bytes: 16_777_216, requests: 20 };

/** A call whose answers are small, whatever the server sends. */
export function askBatch<T>(deps: HttpDeps, signal: AbortSignal, work: (call: BatchCall) => Promise<T>): Promise<T> {
	return batchCall(deps, signal, askTimeoutMs, (call) => {
		const { label } = call.target;
		const exceeded = (what: string) =>
			new AppError('bad-response', l10n.t('{0} sent {1} when it was asked about a batch.', label, what));
		return work({ ...call, fetch: limitedFetch(call.fetch, { ...smallAnswers, exceeded }) });
	});
}

/**
 * Calls a batch API with the key and the guarded fetch of its provider. Rejects with an `AppError`: `network` without a
 * status if there was no answer, so that nobody knows whether the call has arrived.
 */
export async function batchCall<T>(
	deps: HttpDeps,
	signal: AbortSignal,
	timeoutMs: number,
	work: (call: BatchCall) => Promise<T>,
): Promise<T> {
	const endpoint = deps.endpoint();
	const { secrets, ...credentials } = await credentialsFor(endpoint, deps.getKey, signal);
	const { id, label, origin, loopback } = endpoint;
	const target = { id, label, model: l10n.t('the batch'), origin, loopback, mask: createMask(secrets) };
	let fault: AppError | undefined;
	const guarded = guardFetch(deps.fetch, {
		headers: credentials.headers,
		onRedirect: (status, location) => redirectFault(target, status, location),
	});
	const fetch: Fetch = async (input, init) => {
		try {
			const response = await guarded(input, init);
			if (!response.ok) {
				throw await refusal(target, response);
			}
			return response;
		} catch (error) {
			// Kept here, because the SDKs would wrap it.
			fault = isAppError(error) ? error : undefined;
			throw error;
		}
	};
	const time = AbortSignal.timeout(timeoutMs);
	try {
		return await work({ credentials, secrets, endpoint, target, fetch, signal: AbortSignal.any([signal, time]) });
	} catch (error) {
		if (signal.aborted) {
			throw new AppError('cancelled', 'Cancelled', { cause: error });
		}
		throw fault ?? (isAppError(error) ? error : connectionFault(target, error, false));
	}
}

async function refusal(target: RequestTarget, response: Response): Promise<AppError> {
	const raw = await readStart(response);
	const retryAfter = readRetryAfter(response.headers, Date.now());
	return providerFault(target, {
		...readErrorBody(parseJson(raw), raw),
		status: response.status,
		...(retryAfter !== undefined && { retryAfter }),
	});
}
