import { createModels, type ModelsDeps } from '../../../src/providers/models.ts';
import type { Fetch } from '../../../src/providers/guardFetch.ts';
import type { Models } from '../../../src/providers/provider.ts';
import { silentLog } from './replay.ts';
import { canaryKey } from './wiredModels.ts';
import type { WireServer } from './wireServer.ts';

/**
 * Both providers at their own origins, where their prices are known; what is sent there goes to a wire server. All other
 * addresses are refused and remembered in `refused`.
 */
export function ownOrigins(wire: WireServer, deps: Partial<ModelsDeps> = {}): { models: Models; refused: string[] } {
	const refused: string[] = [];
	const fetch: Fetch = (input, init) => {
		const url = new URL(input instanceof Request ? input.url : String(input));
		if (!['https://api.openai.com', 'https://api.anthropic.com'].includes(url.origin)) {
			refused.push(url.href);
			return Promise.reject(new TypeError(`${url.origin} is not one of ours`));
		}
		return globalThis.fetch(`${wire.origin}${url.pathname}${url.search}`, init);
	};
	const configs = [
		{ id: 'anthropic', kind: 'anthropic' },
		{ id: 'openai', kind: 'openai' },
	];
	const models = createModels(configs, {
		getKey: async () => canaryKey,
		log: silentLog,
		retryDelayMs: 20,
		fetch,
		...deps,
	});
	return { models, refused };
}
