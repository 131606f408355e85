import { isLoopback } from '../../providers/endpoint.ts';
import { isProviderId } from './isProviderId.ts';

/** A short id for a server that no service is known for, from its host: `models` for `https://api.models.example/v1`. */
export function proposedId(baseUrl: string): string {
	const url = URL.parse(baseUrl);
	if (url === null) {
		return 'server';
	}
	if (isLoopback(url.origin)) {
		return 'local';
	}
	const labels = url.hostname.split('.');
	const isAddress = /^[\d.]+$|:/.test(url.hostname);
	const name = isAddress ? 'server' : (labels.at(-2) ?? labels[0] ?? '');
	return isProviderId(name) ? name : 'server';
}
