import assert from 'node:assert/strict';
import { createFormatter } from '../../../src/webview/shared/format.ts';
import { describeToolInput } from '../../../src/webview/shared/toolInput.ts';

describe('numbers in a webview', () => {
	const format = createFormatter('en');

	it('says how long something took', () => {
		assert.equal(format.duration(0), '0.0 s');
		assert.equal(format.duration(940), '0.9 s');
		assert.equal(format.duration(12_300), '12.3 s');
		assert.equal(format.duration(59_990), '60.0 s');
		assert.equal(format.duration(125_000), '2 min 5 s');
		assert.equal(format.seconds(4_999), '4 s');
		assert.equal(format.seconds(-5), '0 s');
	});

	it('shortens tokens and shows small costs', () => {
		assert.equal(format.tokens(813), '813');
		assert.equal(format.tokens(5_100), '5.1k');
		assert.equal(format.cost(0.0213), '$0.021');
		assert.equal(format.cost(0.0000123), '$0.000012');
		assert.equal(format.cost(0), '$0.00');
		assert.equal(format.cost(2.5), '$2.50');
	});

	it('follows the language', () => {
		assert.equal(createFormatter('de').number(1240), '1.240');
		assert.equal(createFormatter('de').tokens(5_100), '5,1k');
	});

	it('shows a date that cannot be read as it is stored', () => {
		assert.equal(format.dateTime('soon\n'), 'soon\\n');
	});
});

describe('describeToolInput', () => {
	it('puts the query first and leaves the pinned topic out', () => {
		assert.equal(describeToolInput({ topic: 't', limit: 20, query: 'a b' }), '"a b" · limit 20');
		assert.equal(describeToolInput({ days_back: 365, tags: ['x'] }), 'days_back 365 · tags ["x"]');
		assert.equal(describeToolInput({ query: '', limit: null }), '');
	});
	it('takes what is no object, and stays on one line', () => {
		assert.equal(describeToolInput('{"query": broken'), '{"query": broken');
		assert.equal(describeToolInput(undefined), '');
		const long = describeToolInput({ query: `line\n${'x'.repeat(500)}` });
		assert.ok(long.length <= 120 && !long.includes('\n') && long.endsWith('…'));
	});
});
