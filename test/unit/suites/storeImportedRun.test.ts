import assert from 'node:assert/strict';
import { isAppError } from '../../../src/common/errors.ts';
import { isResumable } from '../../../src/common/runStatus.ts';
import type { ImportedRun } from '../../../src/formats/imported.ts';
import { removeRuns, storeRuns } from '../../../src/host/exchange/importedRuns.ts';
import { readRunDocument } from '../../../src/suites/export/readRunDocument.ts';
import { resumeRun } from '../../../src/suites/runSuite.ts';
import { storeImportedRun } from '../../../src/suites/storeImportedRun.ts';
import { importText } from '../../support/formats/importText.ts';
import { AnsweringModels } from '../../support/suites/answeringModels.ts';
import { opened, runDocumentOf } from '../../support/suites/runDocumentOf.ts';
import { runToEnd, suiteContext } from '../../support/suites/suiteContext.ts';

const sample = (id: number, epoch: number, value: string) => ({
	id,
	epoch,
	input: `Question ${id} with {{braces}}?`,
	target: 'x',
	messages: [],
	output: { choices: [{ message: { role: 'assistant', content: `Answer ${id}, ${epoch}` } }] },
	scores: { match: { value } },
});
const log = {
	status: 'cancelled',
	eval: { task: 'sums', model: 'openai/gpt-5-mini' },
	stats: { started_at: '2026-01-02T03:04:05Z', completed_at: '2026-01-02T03:05:05Z' },
	samples: [sample(1, 1, 'C'), sample(2, 1, 'C'), sample(1, 2, 'I'), sample(2, 2, 'C'), sample(3, 1, '?')],
};

async function fromLog(): Promise<{ run: ImportedRun; text: string }> {
	const { runs, suites } = await importText('log.json', JSON.stringify(log));
	return { run: runs?.[0] ?? assert.fail(), text: suites[0]?.text ?? assert.fail() };
}
const contextHere = () => suiteContext(new AnsweringModels(() => assert.fail('no model may be asked')));

describe('a run of another tool', () => {
	it('is stored with its own verdicts, and asks no model', async () => {
		const context = contextHere();
		const { run, text } = await fromLog();
		const runId = await storeImportedRun(context, run, { uri: 'file:///s.prompttest.yaml', name: 'sums', text });
		const { variants, ...record } = await context.records.get(runId);
		assert.deepEqual(
			[record.status, record.trials, record.done, record.calls, record.costUsd, record.startedAt, record.endedAt],
			['stopped', 5, 5, 0, null, '2026-01-02T03:04:05.000Z', '2026-01-02T03:05:05.000Z'],
		);
		assert.match(record.reason ?? '', /log of Inspect.*"cancelled"/);
		// Its error is not offered to be asked again.
		assert.deepEqual([variants[0]?.errors, isResumable({ ...record, variants })], [1, false]);
		assert.equal(isResumable({ ...record, variants, isImported: false }), true);
		// No model: statistics of models leave out answers that were recorded elsewhere.
		assert.deepEqual(
			variants.map(({ label, model, prompt, passed, failed, errors, rate, worth }) => [
				[label, model, prompt],
				[passed, failed, errors],
				[rate, worth !== undefined && worth < 3],
			]),
			[
				[
					['openai/gpt-5-mini (graded by Inspect)', null, null],
					[3, 1, 1],
					[0.75, true],
				],
			],
		);
		const trials = await context.files.trials(runId);
		assert.equal(new Set(trials.map(({ trialId }) => trialId)).size, 5);
		assert.deepEqual(
			trials.map((one) => [one.case.name, one.repeat, one.verdict, one.query, one.preview]),
			[
				['1', 1, 'pass', 'Question 1 with {{braces}}?', 'Answer 1, 1'],
				['2', 1, 'pass', 'Question 2 with {{braces}}?', 'Answer 2, 1'],
				['1', 2, 'fail', 'Question 1 with {{braces}}?', 'Answer 1, 2'],
				['2', 2, 'pass', 'Question 2 with {{braces}}?', 'Answer 2, 2'],
				['3', 1, 'error', 'Question 3 with {{braces}}?', 'Answer 3, 1'],
			],
		);
		assert.equal(context.runs.open, 0);
	});

	it('can be exported and opened as a report, with its repeats', async () => {
		const context = contextHere();
		const { run, text } = await fromLog();
		const runId = await storeImportedRun(context, run, { uri: 'file:///s.prompttest.yaml', name: 'sums', text });
		const document = await readRunDocument(opened(await runDocumentOf(context, runId)));
		assert.deepEqual(
			document.run.variants.map(({ passed, failed, errors, unit }) => [passed, failed, errors, unit]),
			[[3, 1, 1, 'case']],
		);
		assert.equal(document.run.status, 'stopped');
	});

	it('has the cases of the suite, as a run of the suite itself has them', async () => {
		const context = contextHere();
		const { run, text } = await fromLog();
		const runId = await storeImportedRun(context, run, { uri: 'file:///s.prompttest.yaml', name: 'sums', text });
		const own = await runToEnd(context, text);
		const hashes = async (id: string) => new Set((await context.files.trials(id)).map((one) => one.case.hash));
		const all = await hashes(own.plan.runId);
		assert.ok([...(await hashes(runId))].every((hash) => all.has(hash)));
	});

	it('cannot be gone on with', async () => {
		const context = contextHere();
		const { run, text } = await fromLog();
		const runId = await storeImportedRun(context, run, { uri: 'file:///s.prompttest.yaml', name: 'sums', text });
		await assert.rejects(resumeRun(context, runId).next(), (error) => isAppError(error, 'validation'));
		assert.equal(context.claimed.size, 0);
	});

	it('leaves nothing behind if it cannot be stored', async () => {
		const { run, text } = await fromLog();
		const suite = { uri: 'file:///s.prompttest.yaml', name: 'sums', text };
		const fewer = contextHere();
		await assert.rejects(storeImportedRun(fewer, run, { ...suite, text: 'cases: []' }), (error) =>
			isAppError(error, 'validation'),
		);
		const full = contextHere();
		full.runs.beforeAppend = ({ case: { index } }) => {
			if (index === 1) {
				throw new Error('The disk is full');
			}
		};
		await assert.rejects(storeImportedRun(full, run, suite), /disk is full/);
		const noRow = contextHere();
		noRow.runs.beforePut = () => {
			throw new Error('The store is closed');
		};
		await assert.rejects(storeImportedRun(noRow, run, suite), /store is closed/);
		for (const { runs } of [fewer, full, noRow]) {
			assert.deepEqual([runs.runs.size, runs.rows.size, runs.open], [0, 0, 0]);
		}
	});

	it('is removed by Undo, with its trials', async () => {
		const context = contextHere();
		const { run, text } = await fromLog();
		const suite = { uri: 'file:///s.prompttest.yaml', name: 'sums', text };
		const suiteRuns = { context: async () => context };
		const stored: string[] = [];
		await storeRuns({ suiteRuns }, [{ run, suite }], stored);
		const kept = await storeImportedRun(context, run, suite);
		assert.equal(stored.length, 1);
		const repositories = { runs: { remove: (runId: string) => void context.runs.rows.delete(runId) } };
		const store = { write: async (work: (all: typeof repositories) => void) => work(repositories) };
		await removeRuns({ suiteRuns, openStore: async () => store as never }, stored);
		assert.deepEqual([[...context.runs.runs.keys()], [...context.runs.rows.keys()]], [[kept], [kept]]);
	});
});
