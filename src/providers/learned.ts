import type { AppError } from '../common/errors.ts';

/**
 * What is known about the models of one provider besides their names, corrected by their refusals. Entries are replaced, never
 * changed, so that a request can be compared with what is known now: if several requests get the same refusal at the same
 * time, the first one corrects the entry, and all are sent again.
 */
export class Learned<Known extends object> {
	readonly #models = new Map<string, Known>();
	readonly #guess: (model: string) => Known;

	/** `guess`: what is assumed about a model that is not known yet. */
	constructor(guess: (model: string) => Known) {
		this.#guess = guess;
	}

	has(model: string): boolean {
		return this.#models.has(model);
	}

	of(model: string): Known {
		const known = this.#models.get(model) ?? this.#guess(model);
		this.#models.set(model, known);
		return known;
	}

	add(model: string, facts: Partial<Known>): void {
		this.#models.set(model, { ...this.of(model), ...facts });
	}

	/**
	 * Learns from a refused request. `used` is the entry that it was built from; `read` returns the facts that follow from the
	 * text of a refusal, or an empty object if it is about something else.
	 * @returns true if the same request would now be built differently.
	 */
	correct(model: string, used: Known, fault: AppError, read: (text: string) => Partial<Known>): boolean {
		const { status, detail = '' } = fault.info;
		if (status !== 400 && status !== 422) {
			return false;
		}
		if (this.of(model) !== used) {
			return true;
		}
		const facts = read(detail);
		if (Object.keys(facts).length === 0) {
			return false;
		}
		this.add(model, facts);
		return true;
	}
}
