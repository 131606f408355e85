import assert from 'node:assert/strict';
import { modelDescriber } from '../../../src/providers/modelDescriber.ts';

describe('The line about a model', () => {
	const model = { id: 'a/b', name: 'b' };
	const english = modelDescriber('en');

	it('is empty if nothing is known', () => {
		assert.equal(english(model), '');
	});

	it('starts with the day on which the provider ends the model', () => {
		const known = { ...model, contextTokens: 1000, shutsDown: '2027-01-14', isDeprecated: true } as const;
		assert.equal(english(known), 'shuts down on 2027-01-14 · 1K tokens of context');
		assert.equal(english({ ...model, isDeprecated: true }), 'deprecated');
	});

	it('has the context and the price, in the form of the language', () => {
		const known = { ...model, contextTokens: 131_072, price: { input: 0.075, output: 3 } };
		assert.equal(english(known), '131K tokens of context · $0.075 in and $3 out per million tokens');
		assert.match(modelDescriber('de')(known), /0,075\s\$ in and 3\s\$ out/);
		assert.equal(english({ ...model, contextTokens: 1_048_576 }), '1M tokens of context');
		assert.equal(
			english({ ...model, price: { input: 0.5, output: 12.25 } }),
			'$0.50 in and $12.25 out per million tokens',
		);
	});

	it('says what is free, and begins with what the provider says', () => {
		const free = { ...model, detail: 'from the editor', price: { input: 0, output: 0 } };
		assert.equal(english(free), 'from the editor · free');
	});
});
