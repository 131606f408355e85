import assert from 'node:assert/strict';
import { fixed, marked } from '../../../../support/lintCase.ts';

describe('double-negation', () => {
	it('mentions two negations in one rule', () => {
		const text =
			"Don't forget to name the source. Never fail to greet. Give no fewer than two options. It is not uncommon.";
		assert.deepEqual(marked('double-negation', text), [
			"Don't forget to",
			'Never fail to',
			'no fewer than',
			'not uncommon',
		]);
	});

	it('leaves one negation alone', () => {
		assert.deepEqual(
			marked(
				'double-negation',
				'Do not guess. Never answer without a source. Do not understate costs. No more than two.',
			),
			[],
		);
	});

	it('replaces "no fewer than"', () => {
		assert.equal(fixed('double-negation', 'Give no fewer than two.'), 'Give at least two.');
		assert.equal(fixed('double-negation', 'Do not forget to greet.'), undefined);
	});
});
