import * as l10n from '@vscode/l10n';
import { endOnce } from '../common/endOnce.ts';
import { AppError, toAppError } from '../common/errors.ts';
import { endpointOf, kindAt, kindOf, providerKinds } from './all.ts';
import type { Endpoint } from './endpoint.ts';
import type { Fetch } from './guardFetch.ts';
import type { ProviderLog } from './httpCall.ts';
import type { KindDeps } from './kind.ts';
import { Limiter } from './limiter.ts';
import { costOf, listPrice, pricesReadOn, type ListPrice, type Prices } from './prices.ts';
import type { ListedModels, ModelProvider, Models, ProviderConfig, RunPart, RunRequest } from './provider.ts';
import { StatedPrices } from './statedPrices.ts';
import { slowListFault } from './slowListFault.ts';
import { unlessAborted } from './unlessAborted.ts';

export interface ModelsDeps extends Pick<KindDeps, 'makeEditorProvider' | 'makeOfflineProvider'> {
	/** Default: the global `fetch`. */
	fetch?: Fetch;
	/** The key stored for a provider at an origin, see `keys.ts`. */
	getKey: (providerId: string, origin: string) => Promise<string | undefined>;
	prices?: Prices;
	/** The prices that servers stated, from earlier windows too; default: those of this window. */
	statedPrices?: StatedPrices;
	log: ProviderLog;
	/** Longest silence of a server in milliseconds (pings count as activity); default 120,000, for local servers five times as long. */
	idleTimeoutMs?: number;
	/** Most bytes of one answer, after decompression; above it the connection is closed. Default 512 MB. */
	maxAnswerBytes?: number;
	/** Requests to one provider at a time; default 10. `allowParallel` changes it. */
	maxParallel?: number;
	/** Time limit for a list of models in milliseconds; default 15,000, plus 5,000 for what precedes it. */
	listTimeoutMs?: number;
	/** How often a request is sent again, as long as nothing was shown; default 2. */
	maxRetries?: number;
	/** First pause before that, in milliseconds; default 500. */
	retryDelayMs?: number;
}

/**
 * The price of a model: the user's, the one that its server states, or that of the kind's price list. `answered` is the
 * server's name of the model that answered.
 */
function priceOf(
	{ prices = {}, statedPrices }: Pick<ModelsDeps, 'prices' | 'statedPrices'>,
	owner: Pick<Endpoint, 'id' | 'origin'>,
	model: string,
	answered: string,
): ListPrice | undefined {
	const { id, origin } = owner;
	const known =
		prices[`${id}/${answered}`] ??
		prices[`${id}/${model}`] ??
		statedPrices?.of(owner, answered) ??
		statedPrices?.of(owner, model);
	if (known) {
		return known;
	}
	const listed = listPrice(kindAt(origin)?.prices, answered);
	return listed && { ...listed, readOn: pricesReadOn };
}

/** Requests to one provider at a time, where no other number is given. */
const defaultParallel = 10;

/** Undefined if the kind is not available here, such as the editor's models without an editor. */
export function createProvider(
	config: ProviderConfig,
	deps: ModelsDeps,
	limiter = new Limiter(deps.maxParallel ?? defaultParallel),
): ModelProvider | undefined {
	const kind = kindOf(config.kind);
	if (kind === undefined) {
		return unusable(config, unknownKind(config));
	}
	return kind.create(config, {
		fetch: deps.fetch ?? ((input, init) => globalThis.fetch(input, init)),
		endpoint: () => endpointOf(config),
		getKey: deps.getKey,
		log: deps.log,
		limiter,
		idleTimeoutMs: deps.idleTimeoutMs,
		maxAnswerBytes: deps.maxAnswerBytes ?? 536_870_912,
		listTimeoutMs: deps.listTimeoutMs,
		maxRetries: deps.maxRetries ?? 2,
		retryDelayMs: deps.retryDelayMs ?? 500,
		statedPrices: deps.statedPrices,
		cost: (endpoint, model, answered, usage) => costOf(priceOf(deps, endpoint, model, answered), usage),
		makeEditorProvider: deps.makeEditorProvider,
		makeOfflineProvider: deps.makeOfflineProvider,
	});
}

function unknownKind({ id, kind }: ProviderConfig): AppError {
	const known = providerKinds.map((one) => one.kind).join(', ');
	const message = l10n.t(
		'The kind of provider "{0}" is "{1}". Correct it in the settings: the kinds are {2}.',
		id,
		kind,
		known,
	);
	return new AppError('validation', message, { info: { provider: id, field: 'kind' } });
}

/** Replaces a provider whose settings are wrong; every call fails with the error. */
function unusable({ id, kind }: ProviderConfig, error: AppError): ModelProvider {
	const fail = (): never => {
		throw error;
	};
	return { id, kind, stream: ({ signal }) => endOnce(fail, signal), listModels: async () => fail() };
}

/** Time limit for one provider's list of models, including what precedes it, such as a locked keychain or a starting editor. */
const listTimeoutMs = 20_000;

/** The models of a provider, or its error and the models named in the settings; never takes longer than the time limit. */
async function listOf(
	provider: ModelProvider,
	configs: readonly ProviderConfig[],
	timeoutMs: number,
	signal: AbortSignal,
): Promise<ListedModels> {
	const time = AbortSignal.timeout(timeoutMs);
	const timed = AbortSignal.any([signal, time]);
	try {
		return { provider: provider.id, models: await unlessAborted(timed, provider.listModels(timed)) };
	} catch (thrown) {
		const error = time.aborted && !signal.aborted ? slowListFault(provider.id, provider.id) : toAppError(thrown);
		// Models named in the settings can be chosen even if the provider has no list or cannot return it now.
		const named = configs.find(({ id }) => id === provider.id)?.models ?? [];
		const models = named.map((name) => ({ id: `${provider.id}/${name}`, name }));
		return { provider: provider.id, models, error: error.message };
	}
}

function endpointIfValid(config: ProviderConfig): Endpoint | undefined {
	try {
		return endpointOf(config);
	} catch {
		return undefined;
	}
}

function unknownProvider(id: string): AsyncIterable<RunPart> {
	return endOnce(() => {
		throw new AppError(
			'not-found',
			l10n.t('There is no provider "{0}" in the settings. Choose another model or add the provider.', id),
		);
	});
}

/** Models whose limit can change while requests run and wait. */
export interface LimitedModels extends Models {
	/** From now on, each provider is sent this many requests at a time. */
	allowParallel(count: number): void;
}

/** Builds the providers of the settings. Nothing is sent and no SDK is loaded before the first request. */
export function createModels(configs: readonly ProviderConfig[], given: ModelsDeps): LimitedModels {
	const deps = { statedPrices: new StatedPrices(), ...given };
	const providers: ModelProvider[] = [];
	const limiters: Limiter[] = [];
	const contexts = new Map<string, number | undefined>();
	for (const config of configs) {
		if (providers.some(({ id }) => id === config.id)) {
			deps.log.warn(`The settings have two providers "${config.id}"; the first one counts`);
			continue;
		}
		const limiter = new Limiter(deps.maxParallel ?? defaultParallel);
		const provider = createProvider(config, deps, limiter);
		if (provider !== undefined) {
			providers.push(provider);
			limiters.push(limiter);
		}
	}

	/** `model`: `provider/model`. */
	function split(model: string): { id: string; name: string; provider: ModelProvider | undefined } {
		const slash = model.indexOf('/');
		const id = model.slice(0, Math.max(slash, 0));
		return { id, name: model.slice(slash + 1), provider: providers.find((candidate) => candidate.id === id) };
	}

	function run(request: RunRequest): AsyncIterable<RunPart> {
		const { id, name, provider } = split(request.model);
		return provider === undefined
			? unknownProvider(id === '' ? request.model : id)
			: endOnce(async function* () {
					const { runTools } = await import('./toolLoop.ts');
					yield* runTools(provider, name, request);
				}, request.signal);
	}

	return {
		providers,
		run,
		allowParallel: (count) => limiters.forEach((limiter) => limiter.resize(count)),
		price: (model) => {
			const { id, name } = split(model);
			const config = configs.find((one) => one.id === id);
			const endpoint = config && endpointIfValid(config);
			return endpoint && priceOf(deps, endpoint, name, name);
		},
		batch: (model) => {
			const { id, name, provider } = split(model);
			const config = configs.find((one) => one.id === id);
			const endpoint = config && endpointIfValid(config);
			const terms = kindOf(config?.kind ?? '')?.batch;
			const open = provider?.batch;
			return endpoint && terms && open
				? {
						provider: id,
						model: name,
						origin: endpoint.origin,
						terms,
						priceShare: endpoint.origin === terms.pricedAt ? terms.priceShare : undefined,
						open,
					}
				: undefined;
		},
		contextTokens: (model) => contexts.get(model),
		isModel: (model) => kindOf(split(model).provider?.kind ?? '')?.isModel ?? true,
		nextSteps: async (model, messages) => split(model).provider?.nextSteps?.(messages),
		list: (signal, onListed) =>
			Promise.all(
				providers.map(async (provider) => {
					const listed = await listOf(provider, configs, deps.listTimeoutMs ?? listTimeoutMs, signal);
					listed.models.forEach(({ id, contextTokens }) => contexts.set(id, contextTokens));
					onListed?.(listed);
					return listed;
				}),
			),
	};
}
