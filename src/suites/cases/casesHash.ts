import { createHash } from 'node:crypto';
import type { PlannedCase } from '../plannedRun.ts';

/**
 * SHA-256, in hexadecimal digits, that identifies the cases which the parts of a run share: of the JSON of their names, hashes and
 * positions. Case files are not part of the suite's own text.
 */
export class CasesHash {
	readonly #hash = createHash('sha256');
	#separator = '[';

	add({ name, hash, index }: Pick<PlannedCase, 'name' | 'hash' | 'index'>): void {
		this.#hash.update(this.#separator).update(JSON.stringify([name, hash, index]));
		this.#separator = ',';
	}

	/** Nothing can be added afterwards. */
	digest(): string {
		return this.#hash.update(this.#separator === '[' ? '[]' : ']').digest('hex');
	}
}
