import type { Fetch } from './guardFetch.ts';
import { isRecord, textAt } from './json.ts';
import { limitedFetch } from './limitedFetch.ts';
import { services, type Probe, type Service } from './services.ts';

const probeTimeoutMs = 1500;
const probeLimits = { bytes: 4_194_304, requests: 1 };

async function answers({ url, field, owner }: Probe, fetch: Fetch, ended: AbortSignal): Promise<boolean> {
	try {
		const limited = limitedFetch(fetch, { ...probeLimits, exceeded: (what) => new Error(what) });
		const signal = AbortSignal.any([ended, AbortSignal.timeout(probeTimeoutMs)]);
		const response = await limited(url, { redirect: 'manual', signal });
		const body: unknown = response.ok ? await response.json() : undefined;
		const list: unknown = isRecord(body) ? body[field] : undefined;
		return (
			Array.isArray(list) && (owner === undefined || list.some((entry) => textAt(entry, 'owned_by') === owner))
		);
	} catch {
		// No server, or a different one: not found either way.
		return false;
	}
}

/**
 * Looks for the local servers at their default ports on this machine, and nowhere else. Sends requests, so it is called only
 * after a user's action.
 */
export async function detectLocalServers(
	fetch: Fetch = globalThis.fetch,
	signal: AbortSignal = new AbortController().signal,
): Promise<Service[]> {
	const found = await Promise.all(
		services.map(async ({ probe }) => probe !== undefined && answers(probe, fetch, signal)),
	);
	return services.filter((_, index) => found[index] === true);
}
