/** Longer than any path of a file. */
const maxPattern = 4_096;

/**
 * Whether a path fits a pattern with `*`, `**` and `?`. Takes time in proportion to pattern times path: the pattern comes from
 * the file of somebody else, and as a regular expression it could take for ever.
 */
export function matchesGlob(pattern: string, path: string): boolean {
	if (pattern.length > maxPattern) {
		return false;
	}
	/** Up to where the path may have been read. */
	let ends = new Set([0]);
	for (const part of pattern.split(/(\*\*\/?|\*|\?)/).filter((one) => one !== '')) {
		ends = new Set(after(part, path, ends));
	}
	return ends.has(path.length);
}

function* after(part: string, path: string, ends: ReadonlySet<number>): Generator<number> {
	const first = Math.min(...ends);
	if (part === '**' || part === '**/') {
		yield* part === '**/' ? ends : [];
		for (let at = first; at <= path.length; at++) {
			if (part === '**' || (at > first && path[at - 1] === '/')) {
				yield at;
			}
		}
		return;
	}
	if (part === '*') {
		let isInside = false;
		for (let at = first; at <= path.length; at++) {
			isInside = ends.has(at) || (isInside && path[at - 1] !== '/');
			if (isInside) {
				yield at;
			}
		}
		return;
	}
	for (const end of ends) {
		if (part === '?' ? end < path.length && path[end] !== '/' : path.startsWith(part, end)) {
			yield end + part.length;
		}
	}
}
