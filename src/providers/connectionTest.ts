import { AppError, toAppError } from '../common/errors.ts';
import { createProvider, type ModelsDeps } from './models.ts';
import type { ModelInfo, ProviderConfig } from './provider.ts';

type TestDeps = Pick<ModelsDeps, 'fetch' | 'log' | 'getKey' | 'listTimeoutMs'>;

/** What a test of a connection found. */
export interface Connection {
	/** The tested settings; with another address at the same origin if the list was found there. */
	config: ProviderConfig;
	models: ModelInfo[];
	/** Why there is no list. */
	fault?: AppError;
}

/** The smallest limit that every API accepts: OpenAI Responses refuses less. */
const fewTokens = 16;

/**
 * Tests a provider by listing its models. If there is no list at the address, the usual variants of it at the same origin
 * are tried, because a missing `/v1` is the most frequent mistake.
 * @throws AppError `cancelled` at an abort; other faults are part of the result.
 */
export async function testConnection(config: ProviderConfig, deps: TestDeps, signal: AbortSignal): Promise<Connection> {
	const first = await list(config, deps, signal);
	if (first.fault === undefined || !isAboutAddress(first.fault)) {
		return first;
	}
	for (const baseUrl of otherAddresses(config)) {
		const other = await list({ ...config, baseUrl }, deps, signal);
		if (other.fault === undefined || other.fault.code === 'auth') {
			return other;
		}
	}
	return first;
}

async function list(config: ProviderConfig, deps: TestDeps, signal: AbortSignal): Promise<Connection> {
	try {
		const models = (await createProvider(config, deps)?.listModels(signal)) ?? [];
		return { config, models };
	} catch (thrown) {
		const fault = toAppError(thrown);
		if (fault.code === 'cancelled') {
			throw fault;
		}
		return { config, models: [], fault };
	}
}

/** Whether there may be a list at another address of the server. */
export function isAboutAddress({ code, info }: AppError): boolean {
	return code === 'not-found' || (code === 'bad-response' && info.status === undefined);
}

/** The address without the path of a single API, and with `/v1`, which Anthropic's SDK adds itself. */
function otherAddresses({ kind, baseUrl = '' }: ProviderConfig): string[] {
	const given = baseUrl.replace(/\/+$/, '');
	const root = given.replace(/\/(chat\/completions|completions|responses|messages|models)$/, '');
	const hasVersion = kind === 'anthropic' || /\/v\d\w*(\/|$)/.test(root);
	return [...new Set([root, hasVersion ? root : `${root}/v1`])].filter((address) => address !== given);
}

/**
 * Tests a provider that has no list of models with a short request to one model.
 * @throws AppError that says what to do, `cancelled` at an abort.
 */
export async function tryModel(
	config: ProviderConfig,
	model: string,
	deps: TestDeps,
	signal: AbortSignal,
): Promise<void> {
	const parts = createProvider(config, { ...deps, maxRetries: 0 })?.stream({
		model,
		system: '',
		messages: [{ role: 'user', content: [{ type: 'text', text: 'Hi' }] }],
		thinking: 'off',
		maxTokens: fewTokens,
		purpose: 'design',
		signal,
	});
	for await (const part of parts ?? []) {
		if (part.type === 'error') {
			throw new AppError(part.code, part.message, { info: { retryable: part.retryable } });
		}
		if (part.type === 'done' && part.stopReason === 'cancelled') {
			throw new AppError('cancelled', 'Cancelled');
		}
	}
}
