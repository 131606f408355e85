import assert from 'node:assert/strict';
import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { isAppError } from '../../../src/common/errors.ts';
import { ownerEndpoint } from '../../../src/disk/ownerEndpoint.ts';
import { nodeFiles } from '../../../src/topics/nodeFiles.ts';
import { TopicFixture } from './topicFixture.ts';

describe('the file of the topic index', function () {
	this.timeout(10_000);
	let fixture: TopicFixture;

	beforeEach(async () => {
		fixture = await TopicFixture.create();
		await fixture.write({ 'a/1.md': '# One\n\nText.', 'a/2.md': '# Two\n\nText.' });
		const index = fixture.open();
		await index.import('A', fixture.path('a'));
		await index.dispose();
	});

	afterEach(() => fixture.dispose());

	const damages: [string, (bytes: Uint8Array) => Uint8Array | undefined][] = [
		['one bit flipped', (bytes) => bytes.with(5000, (bytes[5000] ?? 0) ^ 1)],
		['cut in half', (bytes) => bytes.slice(0, bytes.length / 2)],
		['emptied', () => new Uint8Array()],
		['text', () => new TextEncoder().encode('hello')],
		['missing', () => undefined],
	];
	for (const [name, damage] of damages) {
		it(`is rebuilt from its sources, with progress: ${name}`, async () => {
			const damaged = damage(new Uint8Array(await readFile(fixture.file)));
			await (damaged ? writeFile(fixture.file, damaged) : rm(fixture.file));
			const index = fixture.open();
			assert.equal((await index.list())[0]?.articles, 2);
			assert.equal((await index.search('A', 'two')).length, 1);
			assert.deepEqual([...new Set(fixture.rebuilt)], ['A', 'done']);
			if (damaged) {
				assert.equal(fixture.warnings.length, 1);
				assert.deepEqual(new Uint8Array(await readFile(`${fixture.file}.damaged`)), damaged);
			}
		});
	}

	it('keeps a topic whose source is gone, empty, and says so', async () => {
		await writeFile(fixture.file, 'damaged');
		await rm(fixture.path('a'), { recursive: true });
		const index = fixture.open();
		const [topic] = await index.list();
		assert.deepEqual([topic?.name, topic?.articles], ['A', 0]);
		assert.match(fixture.warnings.at(-1) ?? '', /could not be rebuilt/u);
	});

	it('is used without its record when SQLite finds it sound', async () => {
		await writeFile(`${fixture.file}.json`, '{ damaged');
		const index = fixture.open();
		assert.equal((await index.list())[0]?.articles, 2);
		assert.deepEqual(fixture.rebuilt, []);
	});

	for (const call of ['topics.db.json', 'topics.db']) {
		it(`stays as it was when writing ${call} fails`, async () => {
			const before = await readFile(fixture.file);
			let failing = true;
			const index = fixture.open({
				...nodeFiles,
				replace: async (path, bytes) => {
					if (failing && path.endsWith(call)) {
						throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
					}
					await nodeFiles.replace(path, bytes);
				},
			});
			await fixture.write({ 'a/3.md': '# Three\n\nText.' });
			await assert.rejects(
				index.refresh('A'),
				(error) => isAppError(error, 'storage') && /no space/u.test(error.message),
			);
			assert.deepEqual(await readFile(fixture.file), before);
			assert.equal((await index.list())[0]?.articles, 2);
			failing = false;
			assert.equal((await index.refresh('A')).added, 1);
			assert.deepEqual(fixture.rebuilt, []);
		});
	}

	it('stays as it was when the import is cancelled in its last step', async () => {
		const before = await readFile(fixture.file);
		const abort = new AbortController();
		let changes = 0;
		const index = fixture.open({
			...nodeFiles,
			stat: async (path) => {
				// Asked for when the change was made in memory and is about to be written.
				if (path.endsWith('.db.json') && ++changes === 2) {
					abort.abort();
				}
				return nodeFiles.stat(path);
			},
		});
		await fixture.write({ 'a/3.md': '# Three\n\nText.' });
		await assert.rejects(index.refresh('A', { signal: abort.signal }), (error) => isAppError(error, 'cancelled'));
		assert.equal((await index.list())[0]?.articles, 2);
		assert.deepEqual(await index.search('A', 'three'), []);
		assert.deepEqual(await readFile(fixture.file), before);
		assert.equal((await index.refresh('A')).added, 1);
		assert.deepEqual(fixture.rebuilt, []);
	});

	it('is read again when another window wrote it', async () => {
		const [one, other] = [fixture.open(), fixture.open()];
		assert.equal((await one.list()).length, 1);
		await other.import('B', fixture.path('a'));
		await Promise.all([one.list(), one.list(), one.search('A', 'one')]);
		assert.equal((await one.list()).length, 2);
		await one.import('C', fixture.path('a'));
		assert.equal((await other.list()).length, 3);
	});

	it('loses no topic when two windows import at once', async () => {
		const windows = [fixture.open(), fixture.open(), fixture.open()];
		await Promise.all(windows.map((window) => window.list()));
		await Promise.all(windows.map((window, number) => window.import(`New ${number}`, fixture.path('a'))));
		for (const window of windows) {
			assert.deepEqual(
				(await window.list()).map(({ name }) => name),
				['A', 'New 0', 'New 1', 'New 2'],
			);
		}
		assert.deepEqual(fixture.rebuilt, []);
	});

	it('takes over the lock of a process that died', async () => {
		const died = await ownerEndpoint.listen(() => Promise.resolve(false));
		await died.close();
		const claim = { token: 'died', endpoint: died.address, host: ownerEndpoint.host, boot: ownerEndpoint.boot };
		await writeFile(`${fixture.file}.lock.7`, JSON.stringify(claim));
		const index = fixture.open();
		await index.rename('A', 'B');
		assert.deepEqual(
			(await index.list()).map(({ name }) => name),
			['B'],
		);
	});

	it('is not written by reading, nor by a refresh that finds nothing new', async () => {
		const before = (await stat(fixture.file)).mtimeMs;
		const index = fixture.open();
		await index.list();
		await index.search('A', 'one');
		await index.refresh('A');
		assert.equal((await stat(fixture.file)).mtimeMs, before);
		await fixture.write({ 'a/3.md': '# Three\n\nText.' });
		await index.refresh('A');
		assert.notEqual((await stat(fixture.file)).mtimeMs, before);
	});
});
