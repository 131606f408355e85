import assert from 'node:assert/strict';
import type { TestResult } from '../../../../src/common/model.ts';
import type { HistoryFilter } from '../../../../src/common/workshopProtocol.ts';
import { filterResults, filterValues } from '../../../../src/host/workshop/historyFilter.ts';
import { noFilter } from '../../../../src/common/workshopIntent.ts';
import { resultFixture } from '../../../support/webview/workshopFixtures.ts';

const result = (testId: string, patch: Partial<TestResult>) => resultFixture({ testId, ...patch });
const results = [
	result('a', {
		userRating: 5,
		topic: 'nodejs',
		model: 'x/one',
		versionId: 30,
		query: 'What breaks?',
		notes: 'needs Dates',
	}),
	result('b', {
		userRating: 2,
		topic: 'grid',
		model: 'x/two',
		versionId: 30,
		query: 'Who builds?',
		responsePreview: 'Batteries are built',
	}),
	result('c', {
		userRating: null,
		topic: 'nodejs',
		model: 'x/two',
		versionId: 10,
		query: 'What is new in ÉTÉ?',
	}),
	result('d', { userRating: 1, topic: 'grid', model: 'x/one', versionId: null, query: 'Nothing' }),
];
const numbers = new Map([
	[30, 3],
	[10, 1],
]);
const found = (filter: Partial<HistoryFilter>) =>
	filterResults(results, { ...noFilter, ...filter }, numbers)
		.map(({ testId }) => testId)
		.join('');

describe('the filter of the history', () => {
	it('lets everything through when it is empty', () => assert.equal(found({}), 'abcd'));
	it('filters by least rating, and by none', () => {
		assert.equal(found({ rating: 5 }), 'a');
		assert.equal(found({ rating: 2 }), 'ab');
		assert.equal(found({ rating: -1 }), 'c');
	});
	it('filters by topic, model and version together', () => {
		assert.equal(found({ topic: 'nodejs' }), 'ac');
		assert.equal(found({ topic: 'nodejs', model: 'x/two' }), 'c');
		assert.equal(found({ version: 3, model: 'x/two' }), 'b');
		assert.equal(found({ version: 1 }), 'c');
	});
	it('finds a result by the model that was asked and by the one that answered', () => {
		const fallback = [result('e', { model: 'x/one', answeredModel: 'x/other' })];
		for (const model of ['x/one', 'x/other']) {
			assert.equal(filterResults(fallback, { ...noFilter, model }, numbers).length, 1, model);
		}
		assert.deepEqual(filterValues(fallback, numbers).models, ['x/one', 'x/other']);
	});
	it('finds every word in question, answer or notes, whatever its case', () => {
		assert.equal(found({ text: 'WHAT' }), 'ac');
		assert.equal(found({ text: 'breaks dates' }), 'a');
		assert.equal(found({ text: 'batteries' }), 'b');
		assert.equal(found({ text: 'été' }), 'c');
		assert.equal(found({ text: 'breaks batteries' }), '');
	});
	it('offers the values that occur', () => {
		assert.deepEqual(filterValues(results, numbers), {
			topics: ['grid', 'nodejs'],
			models: ['x/one', 'x/two'],
			versions: [3, 1],
		});
	});
});
