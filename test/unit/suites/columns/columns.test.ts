import assert from 'node:assert/strict';
import { seededRandom } from '../../../../src/common/seededRandom.ts';
import { textHash } from '../../../../src/disk/textHash.ts';
import { HashNumbers } from '../../../../src/suites/columns/hashNumbers.ts';
import { IndexNumbers } from '../../../../src/suites/columns/indexNumbers.ts';
import { NumberColumn } from '../../../../src/suites/columns/numberColumn.ts';

describe('a column of numbers', () => {
	it('holds what a list does, over the ends of its pieces', () => {
		const column = new NumberColumn();
		const list: number[] = [];
		for (let index = 0; index < 10_000; index++) {
			column.push(index / 3);
			list.push(index / 3);
		}
		column.set(4096, NaN);
		column.set(12_000, 5);
		list[4096] = NaN;
		assert.equal(column.length, 12_001);
		assert.equal(column.at(11_999), 0);
		assert.equal(column.at(12_000), 5);
		assert.equal(column.at(12_001), undefined);
		assert.deepEqual(
			list.map((_, index) => column.at(index)),
			list,
		);
	});
});

describe('the numbers of hashes', () => {
	it('are those that a map gives in the order of first appearance', () => {
		const random = seededRandom(5);
		const numbers = new HashNumbers();
		const map = new Map<string, number>();
		for (let round = 0; round < 20_000; round++) {
			const key = `${Math.floor(random() * 9_000)}`;
			const hash = round % 2 === 0 ? textHash(key) : key;
			const known = map.get(textHash(key)) ?? map.size;
			map.set(textHash(key), known);
			assert.equal(numbers.numberOf(hash), known);
		}
	});

	it('differ for hashes that begin alike', () => {
		const numbers = new HashNumbers();
		const hashes = Array.from(
			{ length: 5_000 },
			(_, index) => `${'0'.repeat(8)}${index.toString(16).padStart(56, '0')}`,
		);
		const last = hashes.map((hash) => `${hash.slice(32)}${hash.slice(0, 32)}`);
		assert.deepEqual(
			last.map((hash) => numbers.numberOf(hash)),
			last.map((_, index) => index),
		);
	});
});

describe('the numbers of indexes', () => {
	it('are in the order of first appearance, also of one that no suite has', () => {
		const numbers = new IndexNumbers();
		const given = [7, 0, 7, Number.MAX_SAFE_INTEGER, 3, 0, Number.MAX_SAFE_INTEGER].map((one) =>
			numbers.numberOf(one),
		);
		assert.deepEqual(given, [0, 1, 0, 2, 3, 1, 2]);
		assert.equal(numbers.size, 4);
	});
});
