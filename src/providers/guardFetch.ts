import * as l10n from '@vscode/l10n';
import { AppError } from '../common/errors.ts';

export type Fetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

export interface GuardOptions {
	/** The headers that may leave, with those of the settings. Lower case. */
	headers: Record<string, string | null>;
	onSend?: (method: string, url: string, headers: Headers, body: string) => void;
	onRedirect?: (status: number, location: string | null) => AppError;
}

/**
 * A fetch that follows no redirect, so that neither key nor prompt reaches a host that the user did not choose, and that
 * sends no header but those it is given and the type of the body: what else an SDK adds (about the machine, or out of
 * environment variables) stays here.
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
