import * as l10n from '@vscode/l10n';
import { AppError } from '../common/errors.ts';
import { endpointOf, kindOf } from './all.ts';
import { isLoopback, mayCarryKey, type Endpoint } from './endpoint.ts';
import { createProvider, type ModelsDeps } from './models.ts';
import type { ProviderConfig } from './provider.ts';

/** The part of VS Code's SecretStorage that is used here. */
export interface SecretStore {
	get(name: string): PromiseLike<string | undefined>;
	store(name: string, value: string): PromiseLike<void>;
	delete(name: string): PromiseLike<void>;
}

/** The provider and address of a key: a key stored for one origin is never found under another. */
export type KeyOwner = Pick<Endpoint, 'id' | 'origin'>;

/** The environment variable with the key of the provider that is named like a kind, and the address that it is meant for. */
function environmentKey(id: string): { variable: string; origin: string } | undefined {
	const variable = kindOf(id)?.environmentKey;
	return variable === undefined ? undefined : { variable, origin: endpointOf({ id, kind: id }).origin };
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The environment variable with a key of this provider that may be sent to this origin only with the user's consent: the
 * variable is set, and the origin is neither the provider's own nor on this machine.
 */
export function foreignEnvironmentKey({ id, origin }: KeyOwner, environment: Environment): string | undefined {
	const key = environmentKey(id);
	const set = key !== undefined && (environment[key.variable]?.trim() ?? '') !== '';
	return set && key.origin !== origin && !isLoopback(origin) ? key.variable : undefined;
}

/** The name under which a key is stored. An origin cannot contain a space, so two owners never share a name. */
export function keyName({ id, origin }: KeyOwner): string {
	return `promptWorkshop.key ${id} ${origin}`;
}

/** `failure`: a sentence that says what the storage could not do. */
async function guarded<T>(action: PromiseLike<T>, failure: string): Promise<T> {
	try {
		return await action;
	} catch (cause) {
		const message = l10n.t(
			'{0} Unlock the keychain (or install one, such as gnome-keyring or KWallet on Linux) and try again. Keys are not stored anywhere else.',
			failure,
		);
		throw new AppError('auth', message, { cause, info: { retryable: true } });
	}
}

/** @throws AppError `validation` for a key that no header can carry. */
export function requireKeyForm(key: string): void {
	if (!/^[\x21-\x7e]{4,}$/.test(key)) {
		const message = l10n.t(
			'This is not a key: it has {0} characters. A key has at least 4, without spaces and special characters. Copy it again.',
			key.length,
		);
		throw new AppError('validation', message, { info: { field: 'key' } });
	}
}

/**
 * Stores a key for a provider at its current origin.
 * @throws AppError `validation` for a key that no header can carry or an address that would expose it, `auth` when the storage fails.
 */
export async function setKey(
	secrets: SecretStore,
	endpoint: Pick<Endpoint, 'id' | 'origin' | 'loopback'>,
	key: string,
): Promise<void> {
	const trimmed = key.trim();
	requireKeyForm(trimmed);
	if (!mayCarryKey(endpoint)) {
		const message = l10n.t(
			'A key for {0} would be sent unencrypted. Use https in the base URL of {1}.',
			endpoint.origin,
			endpoint.id,
		);
		throw new AppError('validation', message, { info: { field: 'baseUrl', provider: endpoint.id } });
	}
	await guarded(
		secrets.store(keyName(endpoint), trimmed),
		l10n.t('The system’s secret storage could not store the key.'),
	);
}

/** @throws AppError `auth` when the storage fails. */
export async function removeKey(secrets: SecretStore, owner: KeyOwner): Promise<void> {
	await guarded(secrets.delete(keyName(owner)), l10n.t('The system’s secret storage could not remove the key.'));
}

/**
 * The stored key, or the one in the environment for ids that are names of kinds. That one is meant for the provider's own
 * address: it may be sent there and to this machine, and to another origin only with the user's consent.
 * @throws AppError `auth` when the storage fails and the environment has no key, or when consent is missing; it is not requested here.
 */
export async function getKey(
	secrets: SecretStore,
	owner: KeyOwner,
	environment: Environment,
	agreed: (owner: KeyOwner) => boolean,
): Promise<string | undefined> {
	const foreign = foreignEnvironmentKey(owner, environment);
	const own = environmentKey(owner.id);
	const variable = own?.variable ?? '';
	const mayUse = foreign === undefined || agreed(owner);
	const fromEnvironment = mayUse ? environment[variable]?.trim() || undefined : undefined;
	let stored: string | undefined;
	try {
		stored = await guarded(secrets.get(keyName(owner)), l10n.t('The system’s secret storage could not be read.'));
	} catch (error) {
		if (fromEnvironment === undefined) {
			throw error;
		}
	}
	const key = stored ?? fromEnvironment;
	if (key === undefined && !mayUse) {
		const message = l10n.t(
			'The key in {0} is for {1}. To send it to {2} too, run "Prompt Workshop: Set API Key" and confirm.',
			variable,
			own?.origin ?? '',
			owner.origin,
		);
		throw new AppError('auth', message, { info: { provider: owner.id, retryable: false } });
	}
	return key;
}

/**
 * Tries a key by listing models with it, before it is stored.
 * @returns true when the provider accepted it, false when the provider has no list of models, so that the key is unverified.
 * @throws AppError that says what to do.
 */
export async function checkKey(
	config: ProviderConfig,
	key: string,
	deps: Pick<ModelsDeps, 'fetch' | 'log'>,
	signal: AbortSignal,
): Promise<boolean> {
	const provider = createProvider(config, { ...deps, getKey: async () => key });
	try {
		await provider?.listModels(signal);
		return true;
	} catch (error) {
		if (error instanceof AppError && error.code === 'not-found') {
			return false;
		}
		throw error;
	}
}
