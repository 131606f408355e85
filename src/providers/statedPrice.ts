import { isRecord, numberAt, recordAt, textAt } from './json.ts';
import type { ListPrice } from './prices.ts';

/** US dollars per million tokens; no model has ever cost a tenth of it. */
const maxPrice = 10_000;

/** A price from a server, in US dollars per million tokens; undefined if it is negative, absurd or no number. */
function stated(value: number): number | undefined {
	const rounded = Number(value.toPrecision(12));
	return rounded >= 0 && rounded <= maxPrice ? rounded : undefined;
}

function price(
	input: number | undefined,
	output: number | undefined,
	other: Partial<ListPrice>,
): ListPrice | undefined {
	return input === undefined || output === undefined ? undefined : { input, output, ...other };
}

/** One price of OpenRouter: US dollars per token, as text. `-1` stands for a price that depends on the request. */
function perToken(pricing: unknown, key: string): number | undefined {
	const text = textAt(pricing, key);
	return text.trim() === '' ? undefined : stated(Number(text) * 1e6);
}

/** https://openrouter.ai/docs/models */
function openRouterPrice(pricing: unknown): ListPrice | undefined {
	if (Number(textAt(pricing, 'request') || '0') !== 0) {
		// Each request costs extra, so the tokens alone are not its price.
		return undefined;
	}
	const cachedInput = perToken(pricing, 'input_cache_read');
	const cacheWrite = perToken(pricing, 'input_cache_write');
	return price(perToken(pricing, 'prompt'), perToken(pricing, 'completion'), {
		...(cachedInput !== undefined && { cachedInput }),
		...(cacheWrite !== undefined && { cacheWrite }),
	});
}

/** US dollars per million tokens: https://docs.together.ai/reference/models. Models that are paid by the hour have zeros. */
function togetherPrice(pricing: unknown): ListPrice | undefined {
	const input = numberAt(pricing, 'input');
	const output = numberAt(pricing, 'output');
	return input === undefined || output === undefined || (input === 0 && output === 0)
		? undefined
		: price(stated(input), stated(output), {});
}

/** US cents per 100 million tokens: https://docs.x.ai/docs/api-reference#list-language-models */
function xaiPrice(entry: unknown): ListPrice | undefined {
	const dollars = (key: string) => {
		const value = numberAt(entry, key);
		return value === undefined ? undefined : stated(value / 10_000);
	};
	const cachedInput = dollars('cached_prompt_text_token_price');
	const maxInput = numberAt(entry, 'long_context_threshold');
	return price(dollars('prompt_text_token_price'), dollars('completion_text_token_price'), {
		...(cachedInput !== undefined && { cachedInput }),
		...(maxInput !== undefined && maxInput > 0 && { maxInput }),
	});
}

/** The price that a server's list states for a model, if it does so in a form that is known here. */
export function statedPrice(entry: unknown): ListPrice | undefined {
	if (!isRecord(entry)) {
		return undefined;
	}
	const pricing = recordAt(entry, 'pricing');
	return openRouterPrice(pricing) ?? togetherPrice(pricing) ?? xaiPrice(entry);
}
