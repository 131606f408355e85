import { maskBody, maskHeaders } from '../mask.ts';
import type { SentRequest } from '../provider.ts';
import type { BatchCall } from './batchCall.ts';

/**
 * Returns what shows a line as the request that the provider makes of it: the body stands in the line behind `field`, which
 * is its last one.
 */
export function lineDescriber(
	{ credentials, secrets, target }: Pick<BatchCall, 'credentials' | 'secrets' | 'target'>,
	url: string,
	field: 'params' | 'body',
): (line: string) => SentRequest {
	const headers = new Headers({ 'content-type': 'application/json' });
	for (const [name, value] of Object.entries(credentials.headers)) {
		if (value !== null) {
			headers.set(name, value);
		}
	}
	const shown = maskHeaders(headers, target.mask);
	const start = `,"${field}":`;
	return (line) => ({
		method: 'POST',
		url: maskBody(url, secrets),
		headers: shown,
		body: maskBody(line.slice(line.indexOf(start) + start.length, -1), secrets),
	});
}
