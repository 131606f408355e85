import type { RunMeasures, Trial } from '../common/suiteModel.ts';
import { median } from '../statistics/median.ts';
import { NumberColumn } from './columns/numberColumn.ts';

type Measured = Pick<Trial, 'usage' | 'latencyMs'>;

/** Adds up the tokens of answers as they end, and remembers how long each took. */
export class VariantMeasures {
	#inputTokens = 0;
	#outputTokens = 0;
	#withTokens = 0;
	readonly #times = new NumberColumn();
	/** Times of answers that were replaced: one of the same length is left out of the median. */
	readonly #replaced = new NumberColumn();

	add({ usage, latencyMs }: Measured, replaced?: Measured): void {
		this.#addTokens(usage, 1);
		if (latencyMs !== null) {
			this.#times.push(latencyMs);
		}
		if (replaced) {
			this.#addTokens(replaced.usage, -1);
			if (replaced.latencyMs !== null) {
				this.#replaced.push(replaced.latencyMs);
			}
		}
	}

	/** Sorts the times, so it is asked for at the end of a run only. Undefined if nothing was measured. */
	get measures(): RunMeasures | undefined {
		const withTime = this.#times.length - this.#replaced.length;
		if (this.#withTokens === 0 && withTime === 0) {
			return undefined;
		}
		return {
			inputTokens: this.#inputTokens,
			outputTokens: this.#outputTokens,
			withTokens: this.#withTokens,
			medianMs: median(without(this.#times.sorted(), this.#replaced.sorted())),
			withTime,
		};
	}

	/** Only answers whose tokens are known both ways, so that both means are of the same answers. */
	#addTokens(usage: Measured['usage'], sign: 1 | -1): void {
		const { inputTokens, outputTokens } = usage ?? {};
		if (inputTokens !== undefined && outputTokens !== undefined) {
			this.#inputTokens += sign * inputTokens;
			this.#outputTokens += sign * outputTokens;
			this.#withTokens += sign;
		}
	}
}

/** Sorted values without others, which are sorted and among them. */
function without(values: Float64Array, others: Float64Array): Float64Array {
	let at = 0;
	return values.filter((value) => {
		const isOther = value === others[at];
		at += isOther ? 1 : 0;
		return !isOther;
	});
}
