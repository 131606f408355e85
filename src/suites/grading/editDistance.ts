/** So many cells take about 10 ms, after which others may run. */
const cellsAtOnce = 2_000_000;
/** About 2 seconds of work; what takes more is not compared. */
export const maxCells = 400_000_000;

/**
 * Levenshtein's distance in UTF-16 code units: the fewest insertions, deletions and replacements that make one text of
 * the other; undefined if it is over `limit`. Only the band of cells that can stay under the limit is computed (Ukkonen,
 * "Algorithms for approximate string matching", 1985). Work above a few milliseconds is done in pieces with pauses
 * between them; `too-long` if it would be over `maxCells`.
 */
export function editDistance(
	first: string,
	second: string,
	limit: number,
	signal: AbortSignal,
): number | undefined | 'too-long' | Promise<number | undefined> {
	if (limit < 0 || Math.abs(first.length - second.length) > limit) {
		return undefined;
	}
	const [long, short] = trimEqualEnds(first, second);
	const band = Math.min(short.length, 2 * limit + 1);
	if (long.length * band > maxCells) {
		return 'too-long';
	}
	const steps = rows(long, short, Math.min(limit, long.length));
	if (long.length * band > cellsAtOnce) {
		return finishLater(steps, signal);
	}
	let step = steps.next();
	while (!step.done) {
		step = steps.next();
	}
	return step.value;
}

async function finishLater(steps: Steps, signal: AbortSignal): Promise<number | undefined> {
	for (;;) {
		const step = steps.next();
		if (step.done) {
			return step.value;
		}
		await new Promise((resolve) => setImmediate(resolve));
		signal.throwIfAborted();
	}
}

/** Without what is equal at the begin and at the end; the longer one first. */
function trimEqualEnds(first: string, second: string): [string, string] {
	const [long, short] = first.length >= second.length ? [first, second] : [second, first];
	let start = 0;
	while (start < short.length && long.charCodeAt(start) === short.charCodeAt(start)) {
		start++;
	}
	let end = 0;
	while (
		end < short.length - start &&
		long.charCodeAt(long.length - 1 - end) === short.charCodeAt(short.length - 1 - end)
	) {
		end++;
	}
	return [long.slice(start, long.length - end), short.slice(start, short.length - end)];
}

type Steps = Generator<void, number | undefined>;

/** Yields after each `cellsAtOnce`. Row i is a prefix of `long`; cells outside the band count as over the limit. */
function* rows(long: string, short: string, limit: number): Steps {
	const over = limit + 1;
	const row = new Uint32Array(short.length + 1).map((_, column) => Math.min(column, over));
	let cells = 0;
	for (let i = 1; i <= long.length; i++) {
		const from = Math.max(1, i - limit);
		const to = Math.min(short.length, i + limit);
		const code = long.charCodeAt(i - 1);
		let diagonal = row[from - 1] ?? over;
		let left = (row[from - 1] = from === 1 ? Math.min(i, over) : over);
		let smallest = left;
		for (let j = from; j <= to; j++) {
			const above = j === i + limit ? over : (row[j] ?? over);
			const replaced = diagonal + (short.charCodeAt(j - 1) === code ? 0 : 1);
			left = Math.min(replaced, above + 1, left + 1, over);
			row[j] = left;
			diagonal = above;
			smallest = Math.min(smallest, left);
		}
		if (smallest > limit) {
			return undefined;
		}
		cells += to - from + 1;
		if (cells > cellsAtOnce) {
			cells = 0;
			yield;
		}
	}
	const distance = row[short.length] ?? over;
	return distance > limit ? undefined : distance;
}
