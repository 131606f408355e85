/** What is added to the URI of a suite. In a path the sign is percent-encoded. */
const fragment = '#rule-coverage';

/**
 * The suite under which runs with muted rules are filed: they are no runs of its prompt, and must not become its last result,
 * its baseline or part of its trend.
 */
export function coverageSuite(uri: string): string {
	return `${uri}${fragment}`;
}

/** The suite itself, whichever of the two a URI is. */
export function coveredSuite(uri: string): string {
	return isCoverageSuite(uri) ? uri.slice(0, -fragment.length) : uri;
}

export function isCoverageSuite(uri: string): boolean {
	return uri.endsWith(fragment);
}
