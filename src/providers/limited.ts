import { endOnce } from '../common/endOnce.ts';
import type { Limiter } from './limiter.ts';
import type { ModelPart, ModelProvider, ModelRequest } from './provider.ts';

/** A provider whose requests wait for the limiter. HTTP providers do this themselves, for every retry. */
export function limited(provider: ModelProvider, limiter: Limiter): ModelProvider {
	async function* stream(request: ModelRequest): AsyncGenerator<ModelPart> {
		const release = await limiter.acquire(request.signal);
		try {
			request.beforeSend?.();
			yield* provider.stream(request);
		} finally {
			release();
		}
	}
	return { ...provider, stream: (request) => endOnce(() => stream(request), request.signal) };
}
