import * as l10n from '@vscode/l10n';
import type { Fetch } from './guardFetch.ts';

/** Limits for small responses, such as a list of models or a probe. */
export interface FetchLimits {
	/** Most bytes of all bodies together, after decompression. */
	bytes: number;
	/** Most requests; one per page of a list. */
	requests: number;
	/** Makes the error for a server that exceeds the limits. */
	exceeded: (what: string) => Error;
}

/**
 * A fetch that resolves with a response and its complete body, within limits for all its requests together: a server may send
 * endlessly, page after page, or compress gigabytes into a few bytes.
 */
export function limitedFetch(fetch: Fetch, { bytes, requests, exceeded }: FetchLimits): Fetch {
	let left = bytes;
	let asked = 0;
	return async (input, init) => {
		if (++asked > requests) {
			throw exceeded(l10n.t('more than {0} pages', requests));
		}
		const response = await fetch(input, init);
		const { status, headers } = response;
		const chunks: Uint8Array[] = [];
		for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
			left -= chunk.length;
			if (left < 0) {
				// Leaving the loop closes the connection.
				throw exceeded(l10n.t('more than {0} MB', Math.round(bytes / 1_048_576)));
			}
			chunks.push(chunk);
		}
		const whole = new Uint8Array(chunks.reduce((length, chunk) => length + chunk.length, 0));
		let at = 0;
		for (const chunk of chunks) {
			whole.set(chunk, at);
			at += chunk.length;
		}
		const type = headers.get('content-type');
		return new Response(whole, { status, headers: type === null ? {} : { 'content-type': type } });
	};
}
