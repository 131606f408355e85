import { createModels, type LimitedModels, type ModelsDeps } from '../../../src/providers/models.ts';
import { createGuideProvider } from '../../../src/guide/guide.ts';
import type { ModelPart, RunPart, RunRequest } from '../../../src/providers/provider.ts';
import { modelRequest, silentLog } from './replay.ts';
import type { WireServer } from './wireServer.ts';

/** The three APIs of the wire server with the provider id under which `wiredModels` has each. */
export const wiredApis = [
	{ api: 'anthropic', id: 'anthropic' },
	{ api: 'responses', id: 'openai' },
	{ api: 'chat', id: 'local' },
] as const;

export const canaryKey = 'canary-key-7f3a9b2c';

/** All providers, those over HTTP pointed at a wire server. */
export function wiredModels(wire: WireServer, deps: Partial<ModelsDeps> = {}): LimitedModels {
	return createModels(
		[
			{ id: 'anthropic', kind: 'anthropic', baseUrl: wire.origin },
			{ id: 'openai', kind: 'openai', baseUrl: wire.baseUrl },
			{ id: 'local', kind: 'openai-compatible', baseUrl: wire.baseUrl },
			{ id: 'offline', kind: 'offline' },
		],
		{
			getKey: async () => canaryKey,
			makeOfflineProvider: ({ id }) => createGuideProvider(id),
			log: silentLog,
			retryDelayMs: 20,
			...deps,
		},
	);
}

export function runRequest(changes: Partial<RunRequest> & Pick<RunRequest, 'model'>): RunRequest {
	const { tools: _tools, ...request } = modelRequest();
	return { ...request, ...changes };
}

export async function collect<T extends ModelPart | RunPart>(parts: AsyncIterable<T>): Promise<T[]> {
	const collected: T[] = [];
	for await (const part of parts) {
		collected.push(part);
	}
	return collected;
}
