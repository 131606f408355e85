import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isAppError } from '../../../src/common/errors.ts';
import type { TopicChange, TopicIndex } from '../../../src/topics/contract.ts';
import { openTopicIndex } from '../../../src/topics/openTopicIndex.ts';
import { startTopicWorker } from '../../../src/host/topics/startTopicWorker.ts';
import type { WorkerPort } from '../../../src/topics/remoteTopicService.ts';

describe('the topic index in a worker', function () {
	this.timeout(10_000);
	let folder: string;
	let index: TopicIndex;
	let workers: WorkerPort[];

	beforeEach(async () => {
		folder = await mkdtemp(join(tmpdir(), 'topics-'));
		workers = [];
		const wasm = createRequire(import.meta.url).resolve('sql.js/dist/sql-wasm.wasm');
		index = openTopicIndex({
			file: join(folder, 'index', 'topics.db'),
			createWorker: async (file) => {
				const worker = startTopicWorker({ wasm: await readFile(wasm), file });
				workers.push(worker);
				return worker;
			},
		});
		await writeFile(join(folder, 'rows.csv'), 'what,when\nA storm on the coast,2026-03-01\nCalm,2026-03-02\n');
	});

	afterEach(async () => {
		await index.dispose();
		await rm(folder, { recursive: true });
	});

	it('imports with progress and a mapping chosen by the caller, and searches', async () => {
		const progress: number[] = [];
		const changes: TopicChange[] = [];
		index.onDidChange((change) => changes.push(change));
		const report = await index.import('Weather', join(folder, 'rows.csv'), {
			onProgress: ({ done }) => progress.push(done),
			chooseMapping: async (columns, sample) => {
				assert.deepEqual(columns, ['what', 'when']);
				assert.equal(sample.what, 'A storm on the coast');
				return { body: 'what', publicationDate: 'when' };
			},
		});
		assert.equal(report.added, 2);
		assert.equal(progress.at(-1), 2);
		assert.deepEqual(changes, [{ topics: ['Weather'], all: false }]);
		const hits = await index.search('Weather', 'storm');
		assert.deepEqual(
			hits.map(({ article }) => article.publicationDate),
			['2026-03-01'],
		);
		const { updated } = await index.refresh('Weather');
		assert.equal(updated, 0, 'the mapping was remembered');
	});

	it('tells what went wrong with its code', async () => {
		await assert.rejects(index.import('Weather', join(folder, 'none')), (error) => isAppError(error, 'not-found'));
		await assert.rejects(index.refresh('Nothing'), (error) => isAppError(error, 'not-found'));
		await assert.rejects(index.import('Weather', join(folder, 'rows.csv')), /Rename one of its columns/u);
	});

	it('is cancelled without a trace', async () => {
		const abort = new AbortController();
		await assert.rejects(
			index.import('Weather', join(folder, 'rows.csv'), {
				signal: abort.signal,
				chooseMapping: async () => {
					abort.abort();
					return { body: 'what' };
				},
			}),
			(error) => isAppError(error, 'cancelled'),
		);
		assert.deepEqual(await index.list(), []);
	});

	it('rejects what was under way when the worker dies, and starts another one', async () => {
		await index.list();
		const waiting = index.import('Weather', join(folder, 'rows.csv'), {
			chooseMapping: () => new Promise(() => undefined),
		});
		const rejected = assert.rejects(waiting, (error) => isAppError(error) && error.info.retryable === true);
		await workers[0]?.terminate();
		await rejected;
		assert.deepEqual(await index.list(), []);
		assert.equal(workers.length, 2);
	});

	it('ends its thread when it is disposed', async () => {
		await index.list();
		const worker = workers[0] as unknown as NodeJS.EventEmitter;
		const ended = once(worker, 'exit');
		await index.dispose();
		await ended;
		await assert.rejects(index.list(), (error) => isAppError(error, 'cancelled'));
		assert.equal(workers.length, 1);
	});
});
