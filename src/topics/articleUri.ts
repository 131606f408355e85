/** Schemes that a source's own link may have; otherwise the article gets a derived URI. */
const acceptedLink = /^(?:https?|ftp|urn|doi|article):\S+$/iu;

export function isArticleLink(link: string): boolean {
	return acceptedLink.test(link) && URL.canParse(link);
}

/** `article:<base>/<path>`, encoded so that it can be used in a Markdown link unchanged. */
export function derivedUri(base: string, path: string): string {
	const encode = (part: string) =>
		encodeURIComponent(part).replace(/[()'*!]/gu, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
	return `article:${encode(base)}/${path.split('/').map(encode).join('/')}`;
}

/**
 * The comparable form of a link: host in lower case without `www.`, path decoded and without a trailing slash, the query
 * without tracking parameters, http treated as https, no fragment. Text that is not an absolute link is only trimmed.
 */
export function uriKey(link: string): string {
	const trimmed = link.trim();
	if (!URL.canParse(trimmed)) {
		return trimmed;
	}
	const url = new URL(trimmed);
	for (const name of [...url.searchParams.keys()]) {
		if (/^(?:utm_\w+|fbclid|gclid|mc_[ce]id)$/iu.test(name)) {
			url.searchParams.delete(name);
		}
	}
	const scheme = url.protocol === 'http:' ? 'https:' : url.protocol;
	const host = url.host.replace(/^www\./u, '');
	return `${scheme}//${host}${decoded(url.pathname).replace(/\/+$/u, '')}${url.search}`;
}

function decoded(path: string): string {
	try {
		return decodeURIComponent(path);
	} catch {
		// A lone percent sign: the path is compared as it is.
		return path;
	}
}
