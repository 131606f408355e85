/**
 * The content security policy of a page: one script, and styles, fonts and images from the bundle's folder (`source`).
 * Everything else is blocked. The page tests use it too.
 */
export function webviewPolicy(source: string, nonce: string): string {
	return [
		`default-src 'none'`,
		`script-src 'nonce-${nonce}'`,
		`style-src ${source}`,
		`font-src ${source}`,
		`img-src ${source}`,
		`base-uri 'none'`,
		`form-action 'none'`,
	].join('; ');
}
