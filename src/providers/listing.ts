import * as l10n from '@vscode/l10n';
import { AppError, isAppError } from '../common/errors.ts';
import { connectionFault, providerFault, readErrorBody, redirectFault, type RequestTarget } from './faults.ts';
import { readStart } from './bodyStart.ts';
import { guardFetch, type Fetch } from './guardFetch.ts';
import type { Credentials } from './credentials.ts';
import { credentialsFor } from './httpRequest.ts';
import type { HttpDeps } from './httpCall.ts';
import { parseJson } from './json.ts';
import { limitedFetch } from './limitedFetch.ts';
import { createMask } from './mask.ts';
import type { Endpoint } from './endpoint.ts';
import type { ModelInfo, ProviderConfig } from './provider.ts';
import { slowListFault } from './slowListFault.ts';

const listTimeoutMs = 15_000;
/** The longest lists are far smaller: OpenRouter's has 1 MB. */
const limits = { bytes: 16_777_216, requests: 20 };

/** A fetch for small responses of a provider, with limits for all its requests together. */
export function limitedListing(fetch: Fetch, label: string): Fetch {
	return limitedFetch(fetch, { ...limits, exceeded: (what) => tooLong(label, what) });
}

export function tooManyModels({ label }: Pick<Endpoint, 'label'>, limit: number): AppError {
	return tooLong(label, l10n.t('more than {0} models', limit));
}

function tooLong(label: string, what: string): AppError {
	const message = l10n.t('{0} sent {1} as its list of models. Enter a model name instead.', label, what);
	return new AppError('bad-response', message);
}

/**
 * Lists models with the key and the guarded fetch of a provider, and adds the models named in the settings.
 * @throws AppError that says what to do.
 */
export async function withListing(
	config: ProviderConfig,
	deps: HttpDeps,
	signal: AbortSignal,
	list: (credentials: Credentials, fetch: Fetch, signal: AbortSignal) => Promise<ModelInfo[]>,
): Promise<ModelInfo[]> {
	const endpoint = deps.endpoint();
	const { secrets, ...credentials } = await credentialsFor(endpoint, deps.getKey, signal);
	const { id, label, origin, loopback } = endpoint;
	const target: RequestTarget = {
		id,
		label,
		model: l10n.t('the list of models'),
		origin,
		loopback,
		mask: createMask(secrets),
	};
	let fault: AppError | undefined;
	const guarded = guardFetch(deps.fetch, {
		headers: credentials.headers,
		onRedirect: (status, location) => (fault = redirectFault(target, status, location)),
	});
	const refusing: Fetch = async (input, init) => {
		const response = await guarded(input, init);
		if (!response.ok) {
			throw listingFault(target, response.status, await readStart(response));
		}
		return response;
	};
	const limited = limitedListing(refusing, label);
	const fetch: Fetch = async (input, init) => {
		try {
			return await limited(input, init);
		} catch (error) {
			// Kept here, because the SDKs would wrap it. Of several requests the last one counts.
			fault = isAppError(error) ? error : undefined;
			throw error;
		}
	};
	const time = AbortSignal.timeout(deps.listTimeoutMs ?? listTimeoutMs);
	const timed = AbortSignal.any([signal, time]);
	try {
		const found = await list(credentials, fetch, timed);
		deps.statedPrices?.keep(endpoint, found);
		const known = new Set(found.map((model) => model.id));
		const named = (config.models ?? []).map((name) => ({ id: `${id}/${name}`, name }));
		const wanted = new Set(named.map((model) => model.id));
		return [
			...named.filter((model) => !known.has(model.id)),
			// The user knows better what a model is for that the settings name.
			...found.map((model) => (wanted.has(model.id) ? { ...model, chats: true } : model)),
		];
	} catch (error) {
		if (signal.aborted) {
			throw new AppError('cancelled', 'Cancelled', { cause: error });
		}
		if (fault === undefined && time.aborted) {
			throw slowListFault(id, label);
		}
		throw fault ?? (isAppError(error) ? error : connectionFault(target, error, false));
	}
}

function listingFault(target: RequestTarget, status: number, raw: string): AppError {
	const fault = providerFault(target, { ...readErrorBody(parseJson(raw), raw), status });
	if (fault.code !== 'not-found') {
		return fault;
	}
	const message = l10n.t(
		'{0} has no list of models at {1} ({2}). Enter a model name, or check the base URL.',
		target.label,
		target.origin,
		status,
	);
	return new AppError('not-found', message, { info: fault.info });
}
