export type MeasurementLevel = 'nominal' | 'ordinal' | 'interval';

/**
 * Agreement of any number of raters, some of whose ratings may be missing: 1 is complete agreement, 0 that of chance
 * (Krippendorff, Computing Krippendorff's alpha-reliability, 2011). `units` has the ratings of each rated thing; one with
 * fewer than two says nothing and is left out. Null if all ratings are the same or none can be compared.
 */
export function krippendorffAlpha(
	units: readonly (readonly (number | null)[])[],
	level: MeasurementLevel,
): number | null {
	const rated = units.map((unit) => unit.filter((rating) => rating !== null)).filter((ratings) => ratings.length > 1);
	const counts = new Map<number, number>();
	for (const rating of rated.flat()) {
		counts.set(rating, (counts.get(rating) ?? 0) + 1);
	}
	const categories = [...counts].sort(([a], [b]) => a - b);
	const distance = distances(level, categories);
	const total = rated.flat().length;
	let observed = 0;
	for (const ratings of rated) {
		for (const a of ratings) {
			for (const b of ratings) {
				observed += distance(a, b) / (ratings.length - 1);
			}
		}
	}
	let expected = 0;
	for (const [a, countOfA] of categories) {
		for (const [b, countOfB] of categories) {
			expected += countOfA * countOfB * distance(a, b);
		}
	}
	return expected === 0 ? null : 1 - ((total - 1) * observed) / expected;
}

/** How far two ratings differ, squared. */
function distances(
	level: MeasurementLevel,
	categories: readonly (readonly [number, number])[],
): (a: number, b: number) => number {
	switch (level) {
		case 'nominal':
			return (a, b) => (a === b ? 0 : 1);
		case 'interval':
			return (a, b) => (a - b) ** 2;
		case 'ordinal': {
			// Ratings lie as far apart as there are ratings between them, the ends counted half.
			const places = new Map<number, number>();
			let below = 0;
			for (const [rating, count] of categories) {
				places.set(rating, below + count / 2);
				below += count;
			}
			return (a, b) => ((places.get(a) ?? 0) - (places.get(b) ?? 0)) ** 2;
		}
	}
}
