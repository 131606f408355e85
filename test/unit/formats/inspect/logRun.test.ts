import assert from 'node:assert/strict';
import type { ImportedTrial } from '../../../../src/formats/imported.ts';
import { importText, reportOf } from '../../../support/formats/importText.ts';

type Fields = Record<string, unknown>;

const sample = (id: number | string, more: Fields = {}): Fields => ({
	id,
	epoch: 1,
	input: `Question ${id}?`,
	target: 'x',
	messages: [{ role: 'user', content: `Question ${id}?`, source: 'input' }],
	output: { choices: [{ message: { role: 'assistant', content: `Answer ${id}` } }] },
	...more,
});
const scored = (id: number | string, value: unknown, more: Fields = {}) =>
	sample(id, { scores: { match: { value } }, ...more });

async function imported(samples: readonly Fields[], more: Fields = {}) {
	const log = { version: 2, status: 'success', eval: { task: 'sums', model: 'openai/gpt-5-mini' }, samples, ...more };
	const { runs = [], report, suites } = await importText('log.json', JSON.stringify(log));
	return { run: runs[0], runs, report: reportOf({ report }), suites };
}
async function onlyTrial(row: Fields): Promise<ImportedTrial> {
	const { run } = await imported([row]);
	return run?.trials[0] ?? assert.fail('there is no run');
}
const metrics = (values: Fields, more: Fields = {}) => ({
	results: {
		scores: [
			{
				name: 'match',
				scorer: 'match',
				metrics: Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value }])),
				...more,
			},
		],
	},
});

describe('the run that a log of Inspect records', () => {
	const values: [value: unknown, verdict: string, score: number][] = [
		['C', 'pass', 1],
		[1, 'pass', 1],
		[1.0, 'pass', 1],
		[true, 'pass', 1],
		['yes', 'pass', 1],
		['True', 'pass', 1],
		['1', 'pass', 1],
		['1.0', 'pass', 1],
		['I', 'fail', 0],
		[0, 'fail', 0],
		[false, 'fail', 0],
		['no', 'fail', 0],
		['0', 'fail', 0],
		['N', 'fail', 0],
		['P', 'fail', 0.5],
		[0.999, 'fail', 0.999],
		['0.25', 'fail', 0.25],
		[-1, 'error', 0],
		[7, 'error', 0],
		['1e400', 'error', 0],
		['NaN', 'error', 0],
		['Infinity', 'error', 0],
		['c', 'error', 0],
		['constructor', 'error', 0],
		['', 'error', 0],
		[null, 'error', 0],
		[[1, 1], 'error', 0],
		[{}, 'error', 0],
	];
	for (const [value, verdict, score] of values) {
		it(`takes the score ${JSON.stringify(value)} for ${verdict}`, async () => {
			const trial = await onlyTrial(scored(1, value));
			assert.deepEqual([trial.verdict, trial.score], [verdict, score]);
			const [assertion] = trial.assertions;
			assert.equal(assertion?.error === true, verdict === 'error');
			assert.match(assertion?.reason ?? '', /^Graded by Inspect with match: /);
		});
	}

	it('is an error where a sample has one, or no score, and is no run without any of both', async () => {
		const failed = await onlyTrial(scored(1, 'C', { error: { message: 'The sandbox broke', traceback: 'long' } }));
		assert.equal(failed.verdict, 'error');
		assert.equal(failed.error?.message, 'Inspect reports an error: The sandbox broke');
		for (const scores of [undefined, null, {}, [], 'C']) {
			const { run } = await imported([scored(1, 'C'), sample(2, { scores })]);
			assert.deepEqual(
				run?.trials.map(({ verdict, error }) => [verdict, error?.message]),
				[
					['pass', undefined],
					['error', 'Inspect has no score for this sample'],
				],
			);
			const { runs, suites } = await imported([sample(2, { scores })]);
			assert.deepEqual([runs.length, suites.length], [0, 1]);
		}
		for (const score of [null, {}, 'nothing', 3, [1]]) {
			const { assertions } = await onlyTrial(sample(1, { scores: { match: score }, error: 'x' }));
			assert.equal(assertions[0]?.error, true, JSON.stringify(score));
		}
	});

	it('passes a sample only if all scorers do, and names each with answer and explanation', async () => {
		const { run, report } = await imported([
			sample(1, { scores: { match: { value: 'C', answer: '42', explanation: 'Right' }, style: { value: 0.5 } } }),
			sample(2, { scores: { match: { value: 'C' }, style: { value: 1 } } }),
			sample(3, { scores: { both: { value: { form: 'C', tone: 'I' } } } }),
		]);
		assert.deepEqual(
			run?.trials.map(({ verdict, score }) => [verdict, score]),
			[
				['fail', 0.75],
				['pass', 1],
				['fail', 0.5],
			],
		);
		assert.deepEqual(
			run.trials.flatMap(({ assertions }) =>
				assertions.map(({ metric, reason }) => `${metric ?? ''} | ${reason}`),
			),
			[
				'match | Graded by Inspect with match: C; answer: 42; explanation: Right',
				'style | Graded by Inspect with style: 0.5; only 1 is a pass',
				'match | Graded by Inspect with match: C',
				'style | Graded by Inspect with style: 1',
				'both.form | Graded by Inspect with both.form: C',
				'both.tone | Graded by Inspect with both.tone: I',
			],
		);
		assert.ok(report.some((line) => line.includes('Scores between 0 and 1 count as failed')));
	});

	it('has the epochs of a sample as repeats of one case, and a result that is there twice once', async () => {
		const { run, report } = await imported([
			scored('a', 'C'),
			scored('b', 'C'),
			scored('a', 'I', { epoch: 2 }),
			scored('a', 'C', { epoch: 1_000_000_000 }),
			scored('b', 'I'),
			scored('b', 'I', { epoch: 'x' }),
		]);
		assert.deepEqual(
			run?.trials.map(({ case: position, repeat, verdict }) => [position, repeat, verdict]),
			[
				[0, 1, 'pass'],
				[1, 1, 'pass'],
				[0, 2, 'fail'],
				[0, 3, 'pass'],
			],
		);
		assert.equal(report.filter((line) => line.includes('b: The log has this sample twice')).length, 2);
	});

	it('refers to the cases of the suite, where samples that ask nothing are none', async () => {
		const { run } = await imported([sample(1, { input: [], messages: [] }), scored(2, 'C')]);
		assert.deepEqual(
			run?.trials.map(({ case: position, output }) => [position, output]),
			[[0, 'Answer 2']],
		);
	});

	it('keeps how the run ended, with its error and how many samples are missing', async () => {
		const kinds: [status: unknown, kept: string][] = [
			['success', 'complete'],
			['cancelled', 'stopped'],
			['error', 'failed'],
			['started', 'interrupted'],
			['toString', 'interrupted'],
			[7, 'interrupted'],
			[undefined, 'interrupted'],
		];
		for (const [status, kept] of kinds) {
			const { run } = await imported([scored(1, 'C')], { status });
			assert.equal(run?.status, kept, String(status));
		}
		const { run, report } = await imported([scored(1, 'C')], {
			status: 'error',
			results: { total_samples: 20 },
			error: { message: 'The server is gone' },
		});
		assert.equal(
			run?.reason,
			'Imported from a log of Inspect, with its own grades. The run is "error", and the log has 1 of its 20 samples. Inspect reports an error: The server is gone',
		);
		assert.ok(report.includes('- kept status: The run is "error", and the log has 1 of its 20 samples'));
	});

	it('takes over time and tokens of the model under test, and nothing that is no amount', async () => {
		const usage = { input_tokens: 20, output_tokens: 3, reasoning_tokens: 1 };
		const one = await onlyTrial(
			scored(1, 'C', {
				working_time: 0.5461,
				total_time: 9,
				model_usage: { judge: {}, 'openai/gpt-5-mini': usage },
			}),
		);
		assert.deepEqual([one.latencyMs, one.usage], [546, { inputTokens: 20, outputTokens: 3, thinkingTokens: 1 }]);
		for (const wrong of [-1, '3', null, {}, [5]]) {
			const trial = await onlyTrial(
				scored(1, 'C', {
					working_time: wrong,
					total_time: wrong,
					model_usage: { 'openai/gpt-5-mini': { input_tokens: wrong } },
				}),
			);
			assert.deepEqual([trial.latencyMs, trial.usage], [null, null], JSON.stringify(wrong));
		}
		const { run } = await imported([scored(1, 'C')], {
			stats: { started_at: '2025-05-12T20:28:13-04:00', completed_at: 'yesterday' },
		});
		assert.deepEqual([run?.startedAt, run?.endedAt], ['2025-05-13T00:28:13.000Z', undefined]);
	});

	it('compares the metrics of the log with what its samples give', async () => {
		const samples = [scored(1, 'C'), scored(2, 'C'), scored(3, 'I')];
		const line = async (rows: Fields[], more: Fields) =>
			(await imported(rows, more)).report.filter((one) => one.includes('The log says'));
		assert.deepEqual(await line(samples, metrics({ accuracy: 2 / 3, stderr: 1 / 3 })), [
			'- kept match: The log says accuracy 0.6667 (the same here), stderr 0.3333 (the same here)',
		]);
		assert.deepEqual(await line(samples, metrics({ accuracy: 0.9, f1: 0.3, mean: NaN })), [
			'- kept match: The log says accuracy 0.9 (here 0.6667), f1 0.3',
		]);
		assert.deepEqual(await line([...samples, scored(3, 'C', { epoch: 2 })], metrics({ accuracy: 2.5 / 3 })), [
			'- kept match: The log says accuracy 0.8333 (the same here)',
		]);
		assert.deepEqual(await line(samples, metrics({ accuracy: 1 }, { reducer: 'pass_at_2' })), [
			'- kept match: The log says accuracy 1',
		]);
		for (const results of [null, 3, { scores: 'x' }, { scores: [null, { metrics: [] }] }]) {
			assert.deepEqual(await line(samples, { results }), []);
		}
	});
});
