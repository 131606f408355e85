import assert from 'node:assert/strict';
import { trialSummary } from '../../../../src/suites/runLog/trialSummary.ts';
import { storedTrial } from '../../../support/suites/storedTrial.ts';

describe('trialSummary', () => {
	it('leaves out the answer, what was sent and what a judge was asked, in sets too', () => {
		const judged = [{ model: 'a/b', request: 'long', answer: 'long' }];
		const inner = { type: 'llm-rubric', pass: true, score: 1, reason: 'Fine.', weight: 1 };
		const trial = storedTrial(1, {
			assertions: [
				{ ...inner, type: 'assert-set', components: [{ ...inner, judged }] },
				{ ...inner, judged },
			],
			earlier: [{ query: 'Hello', turn: { blocks: [] } }],
			citations: [],
		});
		const summary = trialSummary(trial);
		assert.deepEqual(summary.assertions, [{ ...inner, type: 'assert-set', components: [inner] }, inner]);
		assert.deepEqual(
			['turn', 'earlier', 'requests', 'citations', 'output'].filter((field) => field in summary),
			[],
		);
		assert.equal(summary.preview, trial.output);
		assert.deepEqual(trial.assertions[1]?.judged, judged);
	});

	it('has the beginning of question and answer', () => {
		const summary = trialSummary(storedTrial(1, { output: 'x'.repeat(900), query: 'y'.repeat(900) }));
		assert.deepEqual([summary.preview.length, summary.query.length], [500, 500]);
	});
});
