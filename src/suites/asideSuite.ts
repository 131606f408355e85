/** What is added to the URI of a suite. In a path the sign is percent-encoded. */
const fragment = { coverage: '#rule-coverage', bisection: '#bisect' } as const;

/**
 * The suite under which runs of other texts than its prompt's current one are filed: prompts with muted rules, and old versions.
 * They must not become its last result, its baseline or part of its trend.
 */
export function asideSuite(uri: string, of: keyof typeof fragment): string {
	return `${uri}${fragment[of]}`;
}

/** The suite itself, whichever of them a URI is. */
export function ownSuite(uri: string): string {
	const added = Object.values(fragment).find((one) => uri.endsWith(one)) ?? '';
	return uri.slice(0, uri.length - added.length);
}

export function isAsideSuite(uri: string): boolean {
	return ownSuite(uri) !== uri;
}
