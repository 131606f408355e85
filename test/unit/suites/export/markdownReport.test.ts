import assert from 'node:assert/strict';
import { markdownReport } from '../../../../src/suites/export/markdownReport.ts';
import { RunCounts } from '../../../../src/suites/export/runCounts.ts';
import type { StoredTrial, SuiteRun, Trial } from '../../../../src/common/suiteModel.ts';
import { joined } from '../../../support/suites/joined.ts';
import { runFixture, trialFixture } from '../../../support/suites/runFixture.ts';

const listed = (patch: Parameters<typeof trialFixture>[0], output = 'The answer') => ({
	...trialFixture(patch),
	output,
});

/** Counts the row's own trials, so that the texts of both agree. */
const runMarkdown = (run: SuiteRun, trials: Trial[]) => {
	const counts = new RunCounts();
	trials.forEach((trial, index) => counts.add({ ...trial, trialId: `a-${index}` }));
	const pinsText = async function* () {
		yield JSON.stringify({ plan: { cases: [] } });
	};
	const read = async function* () {
		yield* trials as StoredTrial[];
	};
	return joined(markdownReport({ run: counts.report(run), pinsText, trials: read }));
};

describe('a run as a document', () => {
	it('has the counts of each variant, and the answers that did not pass with their reasons', async () => {
		const run = runFixture({ passed: 1, failed: 1, errors: 1, status: 'capped', reason: 'the limit was reached' });
		const text = await runMarkdown(run, [
			listed({
				case: { name: 'second', hash: 'd', index: 1 },
				verdict: 'error',
				error: { code: 'network', message: 'No connection', retryable: true },
			}),
			listed({ verdict: 'fail' }),
			listed({ verdict: 'pass', case: { name: 'fine', hash: 'e', index: 2 } }),
		]);
		assert.match(text, /^# Support triage\n/);
		assert.match(text, /- Result: 1 of 2, 9 to 91 %, 1 error/);
		assert.match(text, /limit reached: the limit was reached/);
		assert.match(text, /\| claude-sonnet \| anthropic\/claude-sonnet \| 1 \| 1 \| 1 \|/);
		assert.ok(text.indexOf('### lost parcel') < text.indexOf('### second'));
		assert.match(text, /- not-contains: /);
		assert.doesNotMatch(text, /- contains: /);
		assert.match(text, /- No connection/);
		assert.doesNotMatch(text, /### fine/);
	});

	it('shows answers and names as text, not as Markdown', async () => {
		const text = await runMarkdown(runFixture({ failed: 1 }), [
			listed({ verdict: 'fail', case: { name: 'a\n# b', hash: 'd', index: 0 } }, '# heading\n[x](command:y)'),
		]);
		assert.match(text, /### a\\\\n# b/);
		assert.match(text, /\n```text\n# heading\n\[x\]\(command:y\)\n```\n/);
	});

	it('lists at most 200 answers and counts the others', async () => {
		const trials = Array.from({ length: 203 }, (_one, index) =>
			listed({ verdict: 'fail', case: { name: `n${index}`, hash: 'd', index } }),
		);
		const text = await runMarkdown(runFixture({ failed: 203 }), trials);
		assert.equal(text.match(/^### /gm)?.length, 200);
		assert.match(text, /and 3 more/);
	});
});
