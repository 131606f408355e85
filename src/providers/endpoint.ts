import * as l10n from '@vscode/l10n';
import { AppError } from '../common/errors.ts';
import { parseUrl } from './parseUrl.ts';
import type { ProviderConfig } from './provider.ts';

/** Where a provider's requests are sent; validated. */
export interface Endpoint {
	id: string;
	/** The provider's name in messages. */
	label: string;
	/** Without a trailing slash. */
	baseUrl: string;
	origin: string;
	/** On this machine: no key needed, http allowed, a slow first token expected. */
	loopback: boolean;
	/** Headers of the kind and of the settings; `${apiKey}` in a value is replaced by the stored key. */
	headers: Record<string, string>;
	/** Longest silence, in milliseconds; absent if the settings do not set it. */
	idleTimeoutMs?: number;
}

/** A provider kind's defaults for its endpoints, see `kind.ts`. */
export interface EndpointDefaults {
	/** Its name in the settings. */
	readonly kind: string;
	/** Name of the kind in questions, and in messages of the provider that has the kind's name as its id. */
	readonly label: string;
	/** The address of the kind's own servers, used if the settings have none. */
	readonly baseUrl?: string;
	/** Headers that are sent unless the settings override them. */
	readonly headers?: Readonly<Record<string, string>>;
}

const loopbackHosts = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;
/** A day, in seconds. */
const maxIdleSeconds = 86_400;
const headerName = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const ownHeaders = new Set(['host', 'content-length', 'content-type', 'transfer-encoding', 'connection', 'cookie']);

function invalid(id: string, field: string, reason: string): AppError {
	return new AppError(
		'validation',
		l10n.t('The {0} of provider "{1}" {2}. Correct it in the settings.', field, id, reason),
		{
			info: { provider: id, field },
		},
	);
}

/**
 * What is wrong with a base URL, worded to follow its name; undefined if nothing is. Strict: refuses whatever two parsers
 * could read as different hosts.
 */
export function baseUrlProblem(text: string): string | undefined {
	// URL parsers silently drop control characters, so they are checked here on purpose.
	// eslint-disable-next-line no-control-regex
	if (/[\\\s\u0000-\u001f]/.test(text)) {
		return l10n.t('contains a space, a backslash or a control character');
	}
	const url = parseUrl(text);
	if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
		return l10n.t('is not an http or https address');
	}
	if (url.username !== '' || url.password !== '' || /^https?:\/*[^/]*@/i.test(text)) {
		return l10n.t('contains a user name or password');
	}
	if (url.search !== '' || url.hash !== '' || /[?#]/.test(text)) {
		return l10n.t('contains a query or a fragment');
	}
	if (url.hostname.endsWith('.') || /(^|\.)xn--/.test(url.hostname)) {
		return l10n.t('has a host name that ends with a dot or has letters beyond ASCII');
	}
	return undefined;
}

function checkHeaders(id: string, headers: Record<string, string>): Record<string, string> {
	for (const [name, value] of Object.entries(headers)) {
		if (!headerName.test(name) || ownHeaders.has(name.toLowerCase())) {
			throw invalid(id, 'headers', l10n.t('has the name "{0}", which is not allowed', name.slice(0, 40)));
		}
		if (typeof value !== 'string' || !/^[\t\x20-\x7e]*$/.test(value)) {
			throw invalid(id, 'headers', l10n.t('has a value for "{0}" that is not one line of ASCII text', name));
		}
	}
	return headers;
}

/** @throws AppError `validation` that names the field and the rule. */
export function resolveEndpoint(config: ProviderConfig, defaults?: EndpointDefaults): Endpoint {
	const baseUrl = config.baseUrl ?? defaults?.baseUrl;
	if (baseUrl === undefined) {
		throw invalid(config.id, 'baseUrl', l10n.t('is missing: this kind of provider needs one'));
	}
	const problem = baseUrlProblem(baseUrl);
	if (problem !== undefined) {
		throw invalid(config.id, 'baseUrl', problem);
	}
	const url = new URL(baseUrl);
	const { idleTimeout } = config;
	if (
		idleTimeout !== undefined &&
		!(typeof idleTimeout === 'number' && idleTimeout > 0 && idleTimeout <= maxIdleSeconds)
	) {
		throw invalid(config.id, 'idleTimeout', l10n.t('is not a number of seconds from 1 to {0}', maxIdleSeconds));
	}
	return {
		id: config.id,
		label: config.id === defaults?.kind ? defaults.label : config.id,
		baseUrl: url.href.replace(/\/+$/, ''),
		origin: url.origin,
		loopback: isLoopback(url.origin),
		headers: { ...defaults?.headers, ...checkHeaders(config.id, config.headers ?? {}) },
		...(idleTimeout === undefined ? {} : { idleTimeoutMs: idleTimeout * 1000 }),
	};
}

/** Whether an origin is on this machine. */
export function isLoopback(origin: string): boolean {
	return loopbackHosts.test(parseUrl(origin)?.hostname ?? '');
}

/** A key is only sent where nobody can read it in transit: over https, or to this machine. */
export function mayCarryKey(endpoint: Pick<Endpoint, 'origin' | 'loopback'>): boolean {
	return endpoint.loopback || endpoint.origin.startsWith('https:');
}
