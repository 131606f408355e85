import assert from 'node:assert/strict';
import { isAppError } from '../../../../src/common/errors.ts';
import { BlindSession } from '../../../../src/suites/blind/blindSession.ts';
import { readRunDocument } from '../../../../src/suites/export/readRunDocument.ts';
import { documentSource, storedSource } from '../../../../src/suites/report/reportSource.ts';
import { RunReport } from '../../../../src/suites/report/runReport.ts';
import { reportedRuns } from '../../../support/suites/reportedRuns.ts';
import { opened, runDocumentOf } from '../../../support/suites/runDocumentOf.ts';

async function exported() {
	const runs = reportedRuns((_prompt, question) => (question % 4 === 0 ? 'No' : 'Yes'));
	const { runId } = await runs.run({ prompts: ['old', 'new'], cases: 9 });
	return { ...runs, runId, text: await runDocumentOf(runs.context, runId) };
}

describe('the report of a file', () => {
	it('has the numbers, cases and answers of the stored run', async () => {
		const { context, runId, text } = await exported();
		const stored = new RunReport(storedSource(context, runId), context);
		const read = new RunReport(documentSource(await readRunDocument(opened(text))));
		const { revision: _one, ...ofStore } = await stored.view(null);
		const { revision: _other, ...ofFile } = await read.view(null);
		// The row of the store knows what a rate is worth; the file is counted again.
		const plain = (view: typeof ofStore) => ({
			...view,
			run: { ...view.run, variants: view.run.variants.map((variant) => ({ ...variant })) },
		});
		assert.deepEqual(plain(ofFile), plain(ofStore));
		const asked = { against: null, index: 4, repeat: 1 } as const;
		assert.deepEqual((await read.case(asked)).sides, (await stored.case(asked)).sides);
	});

	it('reads complete answers in the order in which they are asked for', async () => {
		const { runId, text } = await exported();
		const source = documentSource(await readRunDocument(opened(text)));
		const ids = [`${runId}-11`, `${runId}-2`];
		assert.deepEqual(
			(await source.trials(ids)).map(({ trialId }) => trialId),
			ids,
		);
		assert.deepEqual(await source.trials([]), []);
	});

	it('shows the blind ratings and the answers of the user to questions', async () => {
		const { context, runId } = await exported();
		const session = await BlindSession.open(context, { runId, variant: 'old' }, { runId, variant: 'new' });
		for (let { pair } = await session.view(); pair; { pair } = await session.rate(pair.key, 'left')) {
			// Each pair is rated.
		}
		await session.dispose();
		const [first] = context.runs.trials(runId);
		assert.ok(first);
		const human = { type: 'human', pass: true, score: 1, weight: 1, reason: 'You rated the answer as good' };
		context.runs.runs.get(runId)?.trials.push(JSON.stringify({ ...first, verdict: 'pass', assertions: [human] }));
		const text = await runDocumentOf(context, runId);
		const source = documentSource(await readRunDocument(opened(text)));
		const [answered] = await source.trials([first.trialId]);
		assert.deepEqual(answered?.assertions, [human]);
		const stored = await new RunReport(storedSource(context, runId), context).view(null);
		const read = await new RunReport(source).view(null);
		assert.match(read.comparisons[0]?.notes.join() ?? '', /Blind ratings .* points/);
		assert.deepEqual(read.comparisons, stored.comparisons);
		assert.equal('ratings' in read.run, false);
		await assert.rejects(
			readRunDocument(opened(text.replace('"choice":"', '"choice":"x'))),
			(error) => isAppError(error, 'validation') && error.message.includes('ratings'),
		);
	});

	it('with parts that a page could not draw is refused', async () => {
		const { text } = await exported();
		const assertion = '"assertions":[{"type":"icontains",';
		assert.ok(text.includes(assertion));
		for (const part of ['"judged":7', '"components":{"0":1}', '"metric":{}', '"judged":[{"model":"m"}]']) {
			const changed = text.replace(assertion, `${assertion}${part},`);
			await assert.rejects(
				readRunDocument(opened(changed)),
				(error) => isAppError(error, 'validation') && error.message.includes('assertions'),
				part,
			);
		}
	});
});
