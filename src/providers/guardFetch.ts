import * as l10n from '@vscode/l10n';
import { AppError } from '../common/errors.ts';

export type Fetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

export interface GuardOptions {
	/** The headers that may be sent, including those of the settings; lower case. */
	headers: Record<string, string | null>;
	onSend?: (method: string, url: string, headers: Headers, body: string) => void;
	onRedirect?: (status: number, location: string | null) => AppError;
}

/**
 * A fetch that follows no redirects, so that neither key nor prompt reaches a host that the user did not choose, and that
 * sends only the given headers and the content type: anything else that an SDK adds (about the machine, or from environment
 * variables) is removed.
 */
export function guardFetch(fetch: Fetch, options: GuardOptions): Fetch {
	return async (input, init = {}) => {
		const headers = new Headers();
		new Headers(init.headers).forEach((value, name) => {
			if (name in options.headers || (name === 'content-type' && typeof init.body === 'string')) {
				headers.set(name, value);
			}
		});
		const url = input instanceof Request ? input.url : String(input);
		options.onSend?.(init.method ?? 'GET', url, headers, typeof init.body === 'string' ? init.body : '');
		const response = await fetch(url, { ...init, headers, redirect: 'manual' });
		if (response.type === 'opaqueredirect' || (response.status >= 300 && response.status < 400)) {
			const location = response.headers.get('location');
			await response.body?.cancel();
			throw (
				options.onRedirect?.(response.status, location) ??
				new AppError(
					'network',
					l10n.t('{0} redirects requests to another address; nothing was sent there.', new URL(url).origin),
				)
			);
		}
		return response;
	};
}
