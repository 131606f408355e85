import { endOnce } from '../common/endOnce.ts';
import type { HttpCall, HttpDeps } from './httpCall.ts';
import type { ModelPart, ModelRequest, ProviderConfig } from './provider.ts';

/**
 * Runs one model request: looks up the key, waits in the queue, retries as long as nothing was shown, corrects a refused
 * parameter once, and reports the ending. Yields what `ModelProvider.stream` promises.
 */
export function streamHttp(
	deps: HttpDeps,
	config: ProviderConfig,
	request: Pick<ModelRequest, 'model' | 'beforeSend' | 'signal'>,
	call: HttpCall,
): AsyncGenerator<ModelPart> {
	return endOnce(async function* () {
		const { requestHttp } = await import('./httpRequest.ts');
		yield* requestHttp(deps, config, request, call);
	}, request.signal);
}
