import assert from 'node:assert/strict';
import { isAppError } from '../../../../src/common/errors.ts';
import { importFile } from '../../../../src/formats/importFile.ts';
import { evalLogText } from '../../../../src/formats/inspect/evalLog.ts';
import { fileText } from '../../../../src/formats/reading/fileText.ts';
import { memoryFolder } from '../../../support/formats/folders.ts';
import { zipFile, type ZipPart } from '../../../support/formats/zipFile.ts';

const start = { version: 2, eval: { task: 'rivers', model: 'openai/gpt-5-mini' } };
const json = (name: string, content: unknown): ZipPart => ({ name, content: JSON.stringify(content) });
const sample = (id: number | string, epoch = 1, more: object = {}) =>
	json(`samples/${id}_epoch_${epoch}.json`, {
		id,
		epoch,
		input: `Question ${id}?`,
		target: 'x',
		messages: [],
		...more,
	});
const refusal = (message: RegExp) => (error: unknown) => isAppError(error, 'validation') && message.test(error.message);

interface Log {
	status: string;
	samples: Record<string, unknown>[];
}
const logOf = async (parts: readonly ZipPart[]) => JSON.parse(await evalLogText(zipFile(parts))) as Log;

describe('logs of Inspect that are packed', () => {
	const header = json('header.json', { ...start, status: 'success' });

	it('are read sample by sample, in the order of their epochs and ids, without their events', async () => {
		const events = [{ event: 'model' }];
		const log = await logOf([sample(10), sample(2, 1, { events }), sample('a'), sample(2, 2), header]);
		assert.equal(log.status, 'success');
		assert.deepEqual(
			log.samples.map(({ id, epoch }) => [id, epoch]),
			[
				[2, 1],
				[10, 1],
				['a', 1],
				[2, 2],
			],
		);
		assert.ok(log.samples.every((one) => !('events' in one)));
	});

	it('keep the scores, times and errors that become a run', async () => {
		const stats = { started_at: '2026-01-02T03:04:05Z', completed_at: '2026-01-02T03:05:05Z' };
		const failed = json('header.json', { ...start, status: 'error', stats, error: { message: 'It broke' } });
		const text = await evalLogText(
			zipFile([
				failed,
				sample(1, 1, { scores: { match: { value: 'C' } }, working_time: 0.5, total_time: 2 }),
				sample(2, 1, { scores: { match: { value: 'C' } }, total_time: 2 }),
				sample(3, 1, { error: { message: 'Time limit' } }),
			]),
		);
		const { runs } = await importFile('rivers.eval', text, memoryFolder());
		const [run = assert.fail('there is no run')] = runs ?? [];
		assert.deepEqual(
			[run.status, run.startedAt, run.endedAt],
			['failed', '2026-01-02T03:04:05.000Z', '2026-01-02T03:05:05.000Z'],
		);
		assert.match(run.reason, /It broke$/);
		assert.deepEqual(
			run.trials.map(({ verdict, latencyMs, error }) => [verdict, latencyMs, error?.message]),
			[
				['pass', 500, undefined],
				['pass', 2000, undefined],
				['error', null, 'Inspect reports an error: Time limit'],
			],
		);
	});

	it('are read while their run goes on, and say so', async () => {
		const log = await logOf([json('_journal/start.json', start), sample(1)]);
		assert.equal(log.status, 'started');
		const imported = await importFile('rivers.eval', JSON.stringify(log), memoryFolder());
		assert.match(JSON.stringify(imported.report), /The run is \\"started\\"/);
		assert.deepEqual(
			imported.suites.map(({ name }) => name),
			['rivers'],
		);
	});

	it('are recognised by their content, whatever their name', async () => {
		const bytes = zipFile([header, sample(1)]);
		assert.equal((await importFile('log.bin', await fileText('log.bin', bytes), memoryFolder())).format, 'inspect');
	});

	it('are refused if they are another archive', async () => {
		await assert.rejects(evalLogText(zipFile([json('data.json', {})])), refusal(/no log of Inspect/));
	});

	it('are refused if an entry is no JSON, or an archive in the archive, which is not unpacked [attack 9]', async () => {
		const inner = { name: 'samples/1_epoch_1.json', content: zipFile([header, sample(1)]) };
		await assert.rejects(logOf([header, inner]), refusal(/samples\/1_epoch_1\.json.*no JSON object/));
		await assert.rejects(logOf([{ name: 'header.json', content: '[1]' }]), refusal(/header\.json.*no JSON object/));
		const deep = { name: 'samples/1_epoch_1.json', content: '['.repeat(200_000) };
		await assert.rejects(logOf([header, deep]), refusal(/no JSON object/));
		// What is not part of a log is left alone, even if it could not be read.
		const bomb = { name: 'other.zip', content: 'x', declared: 3_000_000_000 };
		assert.equal((await logOf([header, sample(1), bomb])).samples.length, 1);
	});

	it('are refused if their samples are longer than an import may be [attack 9]', async () => {
		const long = { metadata: { text: 'x'.repeat(4 * 1024 * 1024) } };
		const parts = Array.from({ length: 6 }, (_, index) => sample(index, 1, long));
		await assert.rejects(
			logOf([header, ...parts]),
			refusal(/first 5 samples.*more than 20 MB.*a part of its samples/),
		);
		const unread = { events: ['x'.repeat(10 * 1024 * 1024)] };
		const withEvents = Array.from({ length: 6 }, (_, index) => sample(index, 1, unread));
		assert.equal((await logOf([header, ...withEvents])).samples.length, 6);
	}).timeout(20_000);
});
