import * as l10n from '@vscode/l10n';

const secretHeader = /auth|(?<!idempotency-)key|token|secret|cookie|passw|credential/i;
/** Shapes of keys, which a provider may echo even if they are not ours. */
const keyShapes = [/\b(sk|xai|gsk|pk)[-_][A-Za-z0-9_-]{16,}/g, /\bAIza[A-Za-z0-9_-]{20,}/g, /\bBearer\s+[^\s"']{8,}/gi];
/** What looks like a secret anywhere: a long unbroken mix of letters and digits, or an id of 32 digits. */
const secretLike =
	/(?=[A-Za-z]*[0-9])(?=[0-9]*[A-Za-z])[A-Za-z0-9]{16,}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[A-Za-z0-9_]{32,}/;
/** Headers whose values do not identify the sender. */
const openHeader =
	/^(accept|accept-.+|anthropic-version|.+-beta|content-type|http-referer|referer|user-agent|x-title)$/i;
const shown = '***';

/** Replaces every given secret, and everything with the shape of a key, by `***`. */
export type Mask = (text: string) => string;

/** Whether a header has a secret, judging by its name or its value. */
export function isSecretHeader(name: string, value = ''): boolean {
	return secretHeader.test(name) || (!openHeader.test(name) && secretLike.test(value));
}

/** The parts of a secret header that must not be shown: its words, except the scheme. */
export function secretsOf(value: string): string[] {
	return value.split(/[\s,;]+/).filter((word) => word.length >= 8);
}

/** The segments of a path that look like keys, because some gateways expect them there. */
export function secretSegments(path: string): string[] {
	return path.split('/').filter((segment) => secretLike.test(segment));
}

export function createMask(secrets: readonly (string | undefined)[]): Mask {
	const known = secrets.filter((secret): secret is string => secret !== undefined && secret.length >= 4);
	return (text) => {
		for (const secret of known) {
			text = text.replaceAll(secret, shown);
		}
		for (const shape of keyShapes) {
			text = text.replace(shape, shown);
		}
		return text;
	};
}

/** Masks only known secrets, so that the rest of a body stays exactly as it was sent. */
export function maskBody(body: string, secrets: readonly string[]): string {
	return secrets.reduce((text, secret) => (secret.length < 4 ? text : text.replaceAll(secret, shown)), body);
}

/** The headers in a form that may be shown: values of headers with secrets are replaced entirely. */
export function maskHeaders(headers: Headers, mask: Mask): Record<string, string> {
	const masked: Record<string, string> = {};
	headers.forEach((value, name) => {
		if (isSecretHeader(name, value)) {
			masked[name] = /^bearer /i.test(value) ? `Bearer ${shown}` : shown;
		} else {
			masked[name] = mask(value);
		}
	});
	return masked;
}

/** At most 300 characters of raw detail on one line, masked; of a web page only the title. */
export function rawDetail(text: string, mask: Mask): string {
	if (/^\s*<(!doctype|html|\?xml|head|body)/i.test(text)) {
		const title = /<title[^>]*>([^<]{1,120})/i.exec(text)?.[1]?.trim();
		return title === undefined
			? l10n.t('A web page came instead of an answer')
			: l10n.t('A web page came: {0}', mask(title));
	}
	const line = mask(text).replace(/\s+/g, ' ').trim();
	return line.length <= 300 ? line : `${line.slice(0, 299).replace(/[\ud800-\udbff]$/, '')}…`;
}
