import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { kindAt } from '../../../src/providers/all.ts';
import { costOf, listPrice, pricesReadOn } from '../../../src/providers/prices.ts';

describe('Prices', () => {
	const price = { input: 2, output: 10, cachedInput: 0.2, cacheWrite: 2.5 };

	it('count cached tokens and cache writes at their own price, inside the input', () => {
		const usage = { inputTokens: 1000, outputTokens: 100, cachedInputTokens: 600, cacheWriteTokens: 100 };
		assert.equal(costOf(price, usage), (300 * 2 + 600 * 0.2 + 100 * 2.5 + 100 * 10) / 1e6);
	});

	it('give no cost where a price or a count is unknown', () => {
		const usage = { inputTokens: 1000, outputTokens: 100 };
		assert.equal(costOf(undefined, usage), undefined);
		assert.equal(costOf(price, { outputTokens: 100 }), undefined);
		assert.equal(costOf(price, { inputTokens: 100 }), undefined);
		assert.equal(costOf({ input: 2, output: 10 }, { ...usage, cachedInputTokens: 5 }), undefined);
		assert.equal(costOf({ input: 2, output: 10 }, { ...usage, cachedInputTokens: 0 }), 0.003);
		assert.equal(costOf({ ...price, maxInput: 999 }, usage), undefined);
	});

	it('that the user wrote wrongly give no cost, instead of one that is no number', () => {
		const usage = { inputTokens: 1000, outputTokens: 100 };
		for (const wrong of [{ input: 2 }, { input: '2', output: 10 }, { input: -1, output: 10 }, null, 'free']) {
			assert.equal(costOf(wrong as unknown as typeof price, usage), undefined, JSON.stringify(wrong));
		}
		assert.equal(costOf({ input: 0, output: 0 }, usage), 0, 'a free model costs nothing');
	});

	it('are dated, where the user is told that they can be overridden', () => {
		const texts = readFileSync(join(import.meta.dirname, '../../../package.nls.json'), 'utf8');
		const { 'setting.prices': setting } = JSON.parse(texts) as Record<string, string>;
		assert.ok(setting?.includes(`read on ${pricesReadOn}`), setting);
	});

	it('hold for the address of the provider only, and for dated names of a model', () => {
		const priceAt = (origin: string, model: string) => listPrice(kindAt(origin)?.prices, model);
		assert.equal(priceAt('https://api.anthropic.com', 'claude-haiku-4-5-20251001')?.output, 5);
		assert.equal(priceAt('https://api.openai.com', 'gpt-5.4-mini-2026-03-17')?.input, 0.75);
		assert.equal(priceAt('https://api.openai.com', 'gpt-5.4-mini-turbo'), undefined);
		assert.equal(priceAt('https://proxy.example', 'gpt-5.4-mini'), undefined);
		assert.equal(priceAt('https://api.openai.com', 'constructor'), undefined);
	});
});
