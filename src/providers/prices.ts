import type { Usage } from '../common/turn.ts';
import { isRecord } from './json.ts';

/** US dollars per million tokens. */
export interface Price {
	input: number;
	output: number;
	cachedInput?: number;
	cacheWrite?: number;
}

/** Prices by `provider/model`, from the setting `promptWorkshop.prices`. */
export type Prices = Record<string, Price>;

export interface ListPrice extends Price {
	/** Requests with more input tokens have a different price, which is not in this table, so their cost is unknown. */
	maxInput?: number;
	/** ISO date on which the price was read, if it is from a list of this product. */
	readOn?: string;
}

/** When the price lists were read from the providers' price pages (standard tier, no batch, no priority). */
export const pricesReadOn = '2026-11-21';

/** List prices by model. For a model that is not in it, no cost is shown. */
export type PriceList = Readonly<Record<string, ListPrice>>;

/** The list price of a model; a name with a date has the price of the name without the date. */
export function listPrice(list: PriceList | undefined, model: string): ListPrice | undefined {
	const prices = new Map(Object.entries(list ?? {}));
	return prices.get(model) ?? prices.get(model.replace(/-(\d{8}|\d{4}-\d{2}-\d{2})$/, ''));
}

const isCount = (value: unknown): boolean => typeof value === 'number' && value >= 0 && value < Infinity;

/** Checks a price, because the settings may contain anything. */
function isPrice(price: ListPrice | undefined): price is ListPrice {
	if (!isRecord(price)) {
		return false;
	}
	const { input, output, cachedInput = 0, cacheWrite = 0 } = price;
	return [input, output, cachedInput, cacheWrite].every(isCount);
}

/**
 * Cost of a request in US dollars, or undefined if a price or a token count is unknown: a cost is never guessed.
 * `usage.inputTokens` includes cached tokens and cache writes.
 */
export function costOf(price: ListPrice | undefined, usage: Usage): number | undefined {
	const { inputTokens, outputTokens, cachedInputTokens = 0, cacheWriteTokens = 0 } = usage;
	if (!isPrice(price) || inputTokens === undefined || outputTokens === undefined) {
		return undefined;
	}
	const { cachedInput, cacheWrite, maxInput = Infinity } = price;
	const unpriced =
		(cachedInputTokens > 0 && cachedInput === undefined) || (cacheWriteTokens > 0 && cacheWrite === undefined);
	if (unpriced || inputTokens > maxInput) {
		return undefined;
	}
	const plain = inputTokens - cachedInputTokens - cacheWriteTokens;
	const cached = cachedInputTokens * (cachedInput ?? 0) + cacheWriteTokens * (cacheWrite ?? 0);
	return (plain * price.input + cached + outputTokens * price.output) / 1e6;
}
