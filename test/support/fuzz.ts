import fc from 'fast-check';
import { announceSeed, fuzzSeed } from './random.ts';

/** Cases of one property: `FUZZ_RUNS`, or a few hundred. */
export const fuzzRuns = Number(process.env['FUZZ_RUNS'] ?? 300);
/** Milliseconds a case may take on a busy machine before the whole test counts as hanging. */
const longestCase = 100;

/**
 * Declares a test: the property holds for `fuzzRuns` random cases. A failure prints the smallest case that fast-check
 * found and the path to it; `FUZZ_SEED` gives the same cases again.
 */
export function fuzz<Ts>(title: string, property: fc.IProperty<Ts> | fc.IAsyncProperty<Ts>): void {
	it(`${title} [fuzz]`, async function () {
		this.timeout(30_000 + fuzzRuns * longestCase);
		announceSeed();
		await holds(property as fc.IAsyncProperty<Ts>, { numRuns: fuzzRuns });
	});
}

/**
 * Asserts a property for random cases of the seed of this process. A failure names the seed, which `FUZZ_SEED` takes, and
 * the smallest case that was found.
 */
export function holds<Ts>(property: fc.IProperty<Ts>, options?: fc.Parameters<Ts>): void;
export function holds<Ts>(property: fc.IAsyncProperty<Ts>, options?: fc.Parameters<Ts>): Promise<void>;
export function holds<Ts>(property: fc.IRawProperty<Ts>, options: fc.Parameters<Ts> = {}): void | Promise<void> {
	return fc.assert(property, { seed: fuzzSeed, ...options });
}

/** Bytes cut at random places, as a network or a disk may hand them over. */
export function cutAtRandom(bytes: Uint8Array, cuts: readonly number[]): Uint8Array[] {
	const places = cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b);
	return [...places, bytes.length].map((end, index) => bytes.subarray(places[index - 1] ?? 0, end));
}

/** Any bytes: random ones, and text that looks like the lines of some format with random damage. */
export function damagedBytes(samples: readonly string[]): fc.Arbitrary<Uint8Array> {
	const damage = fc.record({ at: fc.nat(), bytes: fc.uint8Array({ maxLength: 4 }), dropped: fc.nat(4) });
	const damaged = fc
		.tuple(
			fc.array(fc.constantFrom(...samples), { minLength: 1, maxLength: 8 }),
			fc.array(damage, { maxLength: 4 }),
		)
		.map(([parts, damages]) => {
			let bytes = Buffer.from(parts.join(''));
			for (const { at, bytes: inserted, dropped } of damages) {
				const place = at % (bytes.length + 1);
				bytes = Buffer.concat([bytes.subarray(0, place), inserted, bytes.subarray(place + dropped)]);
			}
			return new Uint8Array(bytes);
		});
	return fc.oneof(fc.uint8Array({ maxLength: 400 }), damaged);
}
