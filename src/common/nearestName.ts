/** The known name that a wrong one was most likely meant to be; undefined if none is near. */
export function nearestName(name: string, known: readonly string[]): string | undefined {
	const wanted = name.toLowerCase();
	if (wanted.length > 60) {
		return undefined;
	}
	let best: string | undefined;
	let least = Math.max(1, Math.floor(wanted.length / 3)) + 1;
	for (const candidate of known) {
		const changes = editDistance(wanted, candidate.toLowerCase());
		if (changes < least) {
			least = changes;
			best = candidate;
		}
	}
	return best;
}

/** Insertions, deletions, replacements and swaps of neighbours (optimal string alignment) between short texts. */
function editDistance(from: string, to: string): number {
	let [beforeLast, last]: [number[], number[]] = [[], Array.from({ length: to.length + 1 }, (_, index) => index)];
	for (let row = 1; row <= from.length; row++) {
		const current = [row];
		for (let column = 1; column <= to.length; column++) {
			const isSame = from[row - 1] === to[column - 1];
			let least = Math.min(
				(last[column] ?? 0) + 1,
				(current[column - 1] ?? 0) + 1,
				(last[column - 1] ?? 0) + (isSame ? 0 : 1),
			);
			if (row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1]) {
				least = Math.min(least, (beforeLast[column - 2] ?? 0) + 1);
			}
			current.push(least);
		}
		[beforeLast, last] = [last, current];
	}
	return last[to.length] ?? 0;
}
