import type { Assertion, SuiteCase } from '../suite.ts';

/** A case as its line holds it: a shared part is its number. */
export type PackedCase<Case extends SuiteCase> = Omit<Case, 'vars' | 'tags' | 'assert'> & {
	vars: SuiteCase['vars'] | number;
	tags: string[] | number;
	assert: (Assertion | number)[] | number;
};

/**
 * Parts that many cases have in common, such as the assertions of the defaults: each is kept once, and a case that is read again
 * has the same object.
 */
export class SharedParts {
	readonly #parts: object[] = [];
	readonly #numbers = new Map<object, number>();

	add(...parts: object[]): void {
		for (const part of parts) {
			if (!this.#numbers.has(part)) {
				this.#numbers.set(part, this.#parts.push(part) - 1);
			}
		}
	}

	pack<Case extends SuiteCase>(one: Case): PackedCase<Case> {
		const { vars, tags, assert } = one;
		return {
			...one,
			vars: this.#numbers.get(vars) ?? vars,
			tags: this.#numbers.get(tags) ?? tags,
			assert: this.#numbers.get(assert) ?? assert.map((item) => this.#numbers.get(item) ?? item),
		};
	}

	/** Changes the packed case into the case. */
	unpack<Case extends SuiteCase>(packed: PackedCase<Case>): Case {
		const { vars, tags, assert } = packed;
		return Object.assign(packed, {
			vars: this.#part(vars),
			tags: this.#part(tags),
			assert: typeof assert === 'number' ? this.#part(assert) : assert.map((item) => this.#part(item)),
		}) as unknown as Case;
	}

	#part(part: object | number): unknown {
		return typeof part === 'number' ? this.#parts[part] : part;
	}
}
