import assert from 'node:assert/strict';
import { isAppError } from '../../../../src/common/errors.ts';
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
