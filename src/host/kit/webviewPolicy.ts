/**
 * The content security policy of a page: one script, styles and pictures of the bundle's folder (`source`), and nothing
 * else in or out. The tests of the pages run under it, too.
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
