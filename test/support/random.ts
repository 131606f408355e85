/** The seed of every random test in this process and in those that it starts: `FUZZ_SEED` repeats a run. */
export const fuzzSeed = Number((process.env['FUZZ_SEED'] ??= String(Math.trunc(Math.random() * 0x7fff_ffff))));

let announced = false;

/** Prints the seed, once a process. */
export function announceSeed(): void {
	if (!announced) {
		announced = true;
		console.log(`      FUZZ_SEED=${fuzzSeed}`);
	}
}

/** Numbers from 0 to 1 that the announced seed gives again. */
export function announcedRandom(): () => number {
	announceSeed();
	return randomNumbers(fuzzSeed);
}

/** Deterministic pseudo-random numbers in [0, 1) (mulberry32). */
export function randomNumbers(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}
