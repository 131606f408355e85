import { isRecord } from './json.ts';
import type { Endpoint } from './endpoint.ts';
import type { ListPrice, PriceList } from './prices.ts';
import type { ModelInfo } from './provider.ts';

/** Models of one provider, and providers, whose prices are kept. */
const limits = { models: 2_000, owners: 50 };

/**
 * The prices that servers state in their lists, by provider and origin: a run needs the price long after the list was read,
 * often in another window. A server's prices count for its own models only.
 */
export class StatedPrices {
	readonly #owners: Map<string, PriceList>;
	readonly #save: (all: Record<string, PriceList>) => void;

	/** `stored`: what `save` was given; anything else is ignored. Prices themselves are checked by `costOf`. */
	constructor(stored?: unknown, save: (all: Record<string, PriceList>) => void = () => undefined) {
		this.#owners = new Map(
			Object.entries(isRecord(stored) ? stored : {}).filter((one): one is [string, PriceList] =>
				isRecord(one[1]),
			),
		);
		this.#save = save;
	}

	of(owner: Pick<Endpoint, 'id' | 'origin'>, model: string): ListPrice | undefined {
		const prices = this.#owners.get(nameOf(owner));
		return prices !== undefined && Object.hasOwn(prices, model) ? prices[model] : undefined;
	}

	/** Replaces what this provider stated before by what its list states. */
	keep(owner: Pick<Endpoint, 'id' | 'origin'>, models: readonly Pick<ModelInfo, 'id' | 'price'>[]): void {
		const name = nameOf(owner);
		const prices = models.flatMap(({ id, price }) =>
			price ? [[id.slice(owner.id.length + 1), price] as const] : [],
		);
		const kept = Object.fromEntries(prices.slice(0, limits.models));
		const before = this.#owners.get(name);
		if (JSON.stringify(before ?? {}) === JSON.stringify(kept)) {
			return;
		}
		this.#owners.delete(name);
		this.#owners.set(name, kept);
		this.#save(Object.fromEntries([...this.#owners].slice(-limits.owners)));
	}
}

/** An origin contains no space, so two owners never share a name. */
function nameOf({ id, origin }: Pick<Endpoint, 'id' | 'origin'>): string {
	return `${id} ${origin}`;
}
