import * as l10n from '@vscode/l10n';
import { AppError, isAppError } from '../common/errors.ts';
import type { Credentials } from './credentials.ts';
import type { Endpoint } from './endpoint.ts';
import type { Fetch } from './guardFetch.ts';
import type { HttpDeps } from './httpCall.ts';
import { isRecord, listAt, parseJson, textAt } from './json.ts';
import { readListedModel } from './listedModel.ts';
import { tooManyModels, withListing } from './listing.ts';
import { openAiClient } from './openAiClient.ts';
import type { ModelInfo, ProviderConfig } from './provider.ts';
import { serviceAt } from './services.ts';

/** The longest list of a gateway has some thousands; a quick pick with more is slow. */
const maxModels = 10_000;
/** Details are optional, so a server may not delay its list with them, in milliseconds. */
const detailsTimeoutMs = 4_000;

/**
 * Lists models through `GET models`, newest first if the server says when a model was created, with what the server tells
 * about each.
 */
export async function listOpenAiModels(
	config: ProviderConfig,
	deps: HttpDeps,
	signal: AbortSignal,
): Promise<ModelInfo[]> {
	return withListing(config, deps, signal, async (credentials, fetch, ownSignal) => {
		const endpoint = deps.endpoint();
		const get = (url: string, limit: AbortSignal) => getJson(url, credentials, fetch, limit);
		await checkKey(endpoint, credentials, (url) => get(url, ownSignal));
		const sdk = await openAiClient(deps, credentials, fetch);
		const response = await sdk.models.list({ signal: ownSignal }).asResponse();
		const entries = entriesOf(parseJson(await response.text()), endpoint);
		if (entries.length > maxModels) {
			throw tooManyModels(endpoint, maxModels);
		}
		const timed = AbortSignal.any([ownSignal, AbortSignal.timeout(detailsTimeoutMs)]);
		const details = await detailsOf(endpoint, entries, (url) => get(url, timed));
		const found = entries.flatMap((entry) => {
			const model = readListedModel({ ...(isRecord(entry) && entry), ...details.get(textAt(entry, 'id')) });
			return model ?? [];
		});
		found.sort((a, b) => b.created - a.created || a.name.localeCompare(b.name));
		return found.map(({ name, label, created: _, ...stated }) => ({
			id: `${config.id}/${name}`,
			name: label,
			...stated,
		}));
	});
}

/** Together sends the bare list, and Ollama null if it has no model. */
function entriesOf(body: unknown, { label, baseUrl }: Endpoint): unknown[] {
	const list: unknown = isRecord(body) && 'data' in body ? (body['data'] ?? []) : body;
	if (!Array.isArray(list)) {
		const message = l10n.t(
			'{0} answered at {1}, but not with a list of models. Check the base URL: most end in /v1.',
			label,
			baseUrl,
		);
		throw new AppError('bad-response', message, { info: { retryable: false } });
	}
	return list;
}

/**
 * Fails like a list that refuses the key, where the list itself is public.
 * @throws AppError `auth`
 */
async function checkKey(
	endpoint: Endpoint,
	{ apiKey }: Credentials,
	get: (url: string) => Promise<unknown>,
): Promise<void> {
	const path = serviceAt(endpoint.origin)?.keyCheck;
	if (path === undefined || apiKey === 'none') {
		return;
	}
	try {
		await get(`${endpoint.baseUrl}/${path}`);
	} catch (error) {
		if (isAppError(error, 'auth')) {
			throw error;
		}
	}
}

/** More about the models by their ids, from the server's own API at the same origin; empty if there is none. */
async function detailsOf(
	endpoint: Endpoint,
	entries: readonly unknown[],
	get: (url: string) => Promise<unknown>,
): Promise<ReadonlyMap<string, Record<string, unknown>>> {
	const url = detailsUrl(endpoint, entries);
	if (url === undefined) {
		return new Map();
	}
	const body = await get(url).catch(() => undefined);
	const list = [...listAt(body, 'data'), ...listAt(body, 'models')].slice(0, maxModels).filter(isRecord);
	return new Map(
		list.map((entry) => {
			const id = textAt(entry, 'id') || textAt(entry, 'model') || textAt(entry, 'name');
			return [id, { ...entry, id }];
		}),
	);
}

/**
 * xAI: https://docs.x.ai/docs/api-reference#list-language-models. Ollama, by the owner that it names:
 * https://docs.ollama.com/api/tags. LM Studio: https://lmstudio.ai/docs/developer/rest/endpoints.
 */
function detailsUrl({ origin, baseUrl }: Endpoint, entries: readonly unknown[]): string | undefined {
	const path = serviceAt(origin)?.details;
	if (path !== undefined) {
		return `${baseUrl}/${path}`;
	}
	const root = /^(.*)\/v1$/.exec(baseUrl)?.[1];
	const owner = textAt(entries[0], 'owned_by');
	const api = owner === 'library' ? 'api/tags' : owner === 'organization_owner' ? 'api/v0/models' : undefined;
	return root === undefined || api === undefined ? undefined : `${root}/${api}`;
}

async function getJson(url: string, { headers }: Credentials, fetch: Fetch, signal: AbortSignal): Promise<unknown> {
	const sent = Object.entries(headers).filter((header): header is [string, string] => header[1] !== null);
	const response = await fetch(url, { headers: Object.fromEntries(sent), signal });
	return parseJson(await response.text());
}
