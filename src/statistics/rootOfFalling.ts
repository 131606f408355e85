/**
 * Where a function that falls from `low` to `high` crosses `level`, by bisection. The answer lies strictly inside, so that a
 * bracket that ends at 0 decides on which side of 0 it is.
 */
export function rootOfFalling(
	value: (x: number) => number,
	level: number,
	[low, high]: readonly [number, number],
): number {
	for (let halving = 0; halving < 60; halving++) {
		const middle = (low + high) / 2;
		if (value(middle) > level) {
			low = middle;
		} else {
			high = middle;
		}
	}
	return (low + high) / 2;
}
