import assert from 'node:assert/strict';
import { StatedPrices } from '../../../src/providers/statedPrices.ts';

const owner = { id: 'mine', origin: 'https://models.example' };
const price = { input: 1, output: 2 };

describe('Prices that servers state', () => {
	it('count for the provider and the origin that stated them only', () => {
		const stated = new StatedPrices();
		stated.keep(owner, [{ id: 'mine/a', price }]);
		assert.deepEqual(stated.of(owner, 'a'), price);
		assert.equal(stated.of(owner, 'constructor'), undefined);
		assert.equal(stated.of({ ...owner, id: 'other' }, 'a'), undefined);
		assert.equal(stated.of({ ...owner, origin: 'https://models.example:8443' }, 'a'), undefined);
	});

	it('are stored when they change, and read again', () => {
		const saved: unknown[] = [];
		const stated = new StatedPrices({}, (all) => saved.push(structuredClone(all)));
		stated.keep(owner, []);
		stated.keep(owner, [{ id: 'mine/a', price }]);
		stated.keep(owner, [{ id: 'mine/a', price }]);
		assert.equal(saved.length, 1);
		assert.deepEqual(new StatedPrices(saved[0]).of(owner, 'a'), price);
		stated.keep(owner, [{ id: 'mine/b', price }]);
		assert.equal(new StatedPrices(saved[1]).of(owner, 'a'), undefined, 'a model that is gone');
	});

	it('are limited in number, and survive a stored value of another form', () => {
		let saved: Record<string, object> = {};
		const stated = new StatedPrices('broken', (all) => (saved = all));
		stated.keep(
			owner,
			Array.from({ length: 5_000 }, (_, index) => ({ id: `mine/m${index}`, price })),
		);
		assert.equal(Object.keys(Object.values(saved)[0]!).length, 2_000);
		for (let index = 0; index < 80; index++) {
			stated.keep({ id: `p${index}`, origin: owner.origin }, [{ id: `p${index}/a`, price }]);
		}
		assert.equal(Object.keys(saved).length, 50);
		assert.equal(new StatedPrices({ x: 5, [`${owner.id} ${owner.origin}`]: null }).of(owner, 'a'), undefined);
	});
});
