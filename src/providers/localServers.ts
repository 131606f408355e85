import type { Fetch } from './guardFetch.ts';
import { isRecord } from './json.ts';
import { limitedFetch } from './limitedFetch.ts';
import type { ProviderConfig } from './provider.ts';

interface LocalServer {
	config: ProviderConfig;
	/** URL that responds with an object that has a list under `field`. */
	probe: string;
	field: string;
}

const localServers: LocalServer[] = [
	{
		config: { id: 'ollama', kind: 'openai-compatible', baseUrl: 'http://127.0.0.1:11434/v1' },
		probe: 'http://127.0.0.1:11434/api/tags',
		field: 'models',
	},
	{
		config: { id: 'lm-studio', kind: 'openai-compatible', baseUrl: 'http://127.0.0.1:1234/v1' },
		probe: 'http://127.0.0.1:1234/v1/models',
		field: 'data',
	},
];

const probeTimeoutMs = 1500;
const probeLimits = { bytes: 4_194_304, requests: 1 };

async function answers({ probe, field }: LocalServer, fetch: Fetch): Promise<boolean> {
	try {
		const limited = limitedFetch(fetch, { ...probeLimits, exceeded: (what) => new Error(what) });
		const response = await limited(probe, { redirect: 'manual', signal: AbortSignal.timeout(probeTimeoutMs) });
		const body: unknown = response.ok ? await response.json() : undefined;
		return isRecord(body) && Array.isArray(body[field]);
	} catch {
		// No server, or a different one: not found either way.
		return false;
	}
}

/**
 * Looks for Ollama and LM Studio at their default ports on this machine, and nowhere else. Sends requests, so it is called
 * only after a user's action.
 */
export async function detectLocalServers(fetch: Fetch = globalThis.fetch): Promise<ProviderConfig[]> {
	const found = await Promise.all(localServers.map((server) => answers(server, fetch)));
	return localServers.filter((_, index) => found[index]).map(({ config }) => config);
}
