import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { isAppError } from '../../../src/common/errors.ts';
import { textHash } from '../../../src/disk/textHash.ts';
import { randomNumbers } from '../../support/random.ts';
import { testResult } from '../../support/storage/everyMethod.ts';
import { SimulatedFiles } from '../../support/storage/simulatedFiles.ts';
import { SimulatedOwners, openTestStore, time } from '../../support/storage/testStore.ts';

const path = (reference: string) => `/store/answers/${reference}.gz`;

describe('answers beside the store', () => {
	it('come back, are compressed, and equal texts are stored once', async () => {
		const files = new SimulatedFiles();
		const { blobs } = await openTestStore('/store', files);
		const text = 'The answer, \u{1f600}. '.repeat(1000);
		const reference = await blobs.put(text);
		assert.equal(await blobs.put(text), reference);
		assert.match(reference, /^[0-9a-f]{64}$/);
		assert.equal(await blobs.get(reference), text);
		assert.equal(files.paths.filter((one) => one.startsWith('/store/answers/')).length, 1);
		assert.ok(((await files.read(path(reference)))?.length ?? Infinity) < text.length / 20);
	});

	it('that are equal and put at the same moment are written once', async () => {
		const files = new SimulatedFiles();
		const { blobs } = await openTestStore('/store', files);
		let placed = 0;
		files.onOperation = (operation, name) => void (operation === 'rename' && name.endsWith('.gz') && placed++);
		await Promise.all(Array.from({ length: 10 }, () => blobs.put('text')));
		assert.equal(placed, 1);
	});

	it('are durable before the reference is known', async () => {
		const files = new SimulatedFiles();
		const { blobs } = await openTestStore('/store', files);
		const reference = await blobs.put('text');
		for (const seed of [1, 2, 3, 4, 5, 6, 7, 8]) {
			const after = await openTestStore('/store', files.crash(randomNumbers(seed)));
			assert.equal(await after.blobs.get(reference), 'text');
		}
	});

	it('lie in a folder whose name each window makes durable, whoever made it', async () => {
		const files = new SimulatedFiles();
		const owners = new SimulatedOwners();
		await files.createFolder('/store/answers');
		const made: string[] = [];
		const { blobs } = await openTestStore('/store', files, owners);
		files.onOperation = (operation, name) => void (operation === 'createFolder' && made.push(name));
		await blobs.put('one');
		await blobs.put('two');
		assert.deepEqual(made, ['/store/answers']);
		for (const name of files.paths) {
			files.damage(name, () => undefined);
		}
		files.folders.delete('/store/answers');
		await blobs.put('three');
		assert.deepEqual(made, ['/store/answers', '/store/answers']);
	});

	it('that are damaged or lost, or asked for by a strange name, are not there', async () => {
		const files = new SimulatedFiles();
		const { blobs } = await openTestStore('/store', files);
		const reference = await blobs.put('text');
		const other = await blobs.put('other');
		files.damage(path(reference), (bytes) => bytes.with(12, (bytes[12] ?? 0) ^ 1));
		assert.equal(await blobs.get(reference), undefined);
		files.damage(path(other), () => undefined);
		assert.equal(await blobs.get(other), undefined);
		assert.equal(await blobs.get('../snapshot-1.db'), undefined);
	});

	it('that inflate without end, or are too large to be put, are not there [attack 23]', async () => {
		const files = new SimulatedFiles();
		const { blobs } = await openTestStore('/store', files);
		const text = '0'.repeat(64 * 1024 * 1024 + 1);
		await assert.rejects(
			blobs.put(text),
			(error) => isAppError(error, 'storage') && /larger than 64 MB/.test(error.message),
		);
		const reference = textHash(text);
		const file = await files.open(path(reference), 'create');
		await file.write(gzipSync(text), 0);
		assert.equal(await blobs.get(reference), undefined);
	});

	it('are pruned by age, and young ones only where no row names them', async () => {
		const files = new SimulatedFiles();
		const store = await openTestStore('/store', files);
		const { blobs } = store;
		const [named, trashed, unnamed] = [
			await blobs.put('named'),
			await blobs.put('trashed'),
			await blobs.put('unnamed'),
		];
		await store.write(({ drafts, results, trash }) => {
			const { id } = drafts.create({ draftName: null, draftContent: 'x', now: time });
			results.put(testResult({ testId: 'a', draftId: id, responseRef: named, fullResponseStored: true }));
			results.put(testResult({ testId: 'b', draftId: id, requestRef: trashed }));
			trash.removeResult('b', time);
		});
		// The simulated files carry the time 0, an hour and more before the store's clock.
		await files.open('/store/answers/unfinished.tmp', 'create');
		await files.open('/store/answers/readme.txt', 'create');
		assert.equal(await blobs.prune(new Date(0)), 2);
		assert.ok(files.paths.includes('/store/answers/readme.txt'));
		assert.deepEqual(await Promise.all([named, trashed, unnamed].map((reference) => blobs.get(reference))), [
			'named',
			'trashed',
			undefined,
		]);
		assert.equal(await blobs.prune(new Date(1)), 2);
		assert.equal(await blobs.get(named), undefined);
	});
});
