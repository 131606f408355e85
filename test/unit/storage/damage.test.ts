import assert from 'node:assert/strict';
import { isAppError } from '../../../src/common/errors.ts';
import { randomNumbers } from '../../support/random.ts';
import { SimulatedFiles } from '../../support/storage/simulatedFiles.ts';
import { markTexts, unmarkTexts } from '../../support/texts.ts';
import { type TestStore, dump, openTestStore, time } from '../../support/storage/testStore.ts';

const folder = '/store';

const write = (store: TestStore, draftContent: string) =>
	store.write(({ drafts }) => drafts.create({ draftName: null, draftContent, now: time }));

async function texts(store: TestStore): Promise<string[]> {
	return store.read(({ drafts }) =>
		drafts
			.list()
			.map(({ id }) => drafts.get(id).draftContent)
			.reverse(),
	);
}

/** A store with two snapshots and records behind each; nine texts. `clean` closes it as a window does. */
async function filledStore(clean: boolean): Promise<{ files: SimulatedFiles; expected: string }> {
	const files = new SimulatedFiles();
	const store = await openTestStore(folder, files);
	for (let count = 1; count <= 9; count++) {
		await write(store, `text ${count}`);
		if (count === 3 || count === 6) {
			await store.checkpoint();
		}
	}
	const expected = await dump(store);
	if (clean) {
		await store.close();
	}
	return { files: clean ? files : files.copy(), expected };
}

const random = randomNumbers(73);

const damages: Record<string, (bytes: Uint8Array) => Uint8Array | undefined> = {
	missing: () => undefined,
	'0 bytes': () => new Uint8Array(),
	zeros: (bytes) => new Uint8Array(bytes.length),
	text: () => new TextEncoder().encode('This is not what you expect here.\n'),
	'truncated to 1 %': (bytes) => bytes.slice(0, Math.ceil(bytes.length / 100)),
	'truncated to 50 %': (bytes) => bytes.slice(0, Math.floor(bytes.length / 2)),
	'truncated to 99 %': (bytes) => bytes.slice(0, Math.floor(bytes.length * 0.99)),
	'a flipped bit': (bytes) => {
		const place = Math.floor(random() * bytes.length);
		return bytes.with(place, (bytes[place] ?? 0) ^ (1 << Math.floor(random() * 8)));
	},
};

describe('a damaged file [fault 4]', () => {
	for (const [name, damage] of Object.entries(damages)) {
		for (const file of ['snapshot-3.db', 'snapshot-3.json', 'snapshot-2.db', 'snapshot-2.json']) {
			it(`${file} ${name}: nothing is lost`, async () => {
				const { files, expected } = await filledStore(false);
				files.damage(`${folder}/${file}`, damage);
				const store = await openTestStore(folder, files);
				assert.equal(await dump(store), expected);
				await write(store, 'next');
				const after = await dump(store);
				const again = await openTestStore(folder, files.copy());
				assert.equal(await dump(again), after);
				assert.deepEqual(again.status.damage, [], 'told once');
			});
		}

		it(`log-3.jsonl ${name}: a prefix is left, and it is told`, async () => {
			const { files } = await filledStore(true);
			files.damage(`${folder}/log-3.jsonl`, damage);
			const logged: string[] = [];
			const store = await openTestStore(folder, files, undefined, (level, message) =>
				logged.push(`${level} ${message}`),
			);
			const found = await texts(store);
			const all = Array.from({ length: 9 }, (_, index) => `text ${index + 1}`);
			assert.deepEqual(found, all.slice(0, found.length), 'a prefix');
			assert.ok(found.length >= 6, 'the snapshot is untouched');
			assert.equal(store.status.damage.length, 1, `found ${found.length}`);
			const [told] = store.status.damage;
			assert.equal(told?.file, 'log-3.jsonl');
			if (found.length < 9) {
				const lost = 9 - found.length;
				assert.ok(
					told.lost.startsWith(`${lost} saved change`) || told.lost.startsWith('all changes'),
					told.lost,
				);
			}
			assert.equal(logged.filter((line) => line.startsWith('error')).length, 1);
			if (name !== 'missing') {
				assert.equal(told.setAsideAs, 'log-3.jsonl.damaged');
				assert.ok(files.paths.includes(`${folder}/log-3.jsonl.damaged`));
			}
			await write(store, 'next');
			const again = await openTestStore(folder, files.copy());
			assert.deepEqual(await texts(again), [...found, 'next']);
			assert.deepEqual(again.status.damage, [], 'told once');
		});
	}

	it('a broken line with intact ones behind it: nothing behind it is applied, all are counted, the file is kept', async () => {
		const { files } = await filledStore(false);
		files.damage(`${folder}/log-3.jsonl`, (bytes) => {
			const second = bytes.indexOf(10, bytes.indexOf(10) + 1);
			return bytes.with(second + 40, 63);
		});
		const store = await openTestStore(folder, files);
		assert.deepEqual((await texts(store)).length, 7);
		const [told] = store.status.damage;
		assert.match(told?.lost ?? '', /^2 saved changes after change \d+/);
		await store.checkpoint();
		await store.checkpoint();
		await store.checkpoint();
		assert.ok(files.paths.includes(`${folder}/log-3.jsonl.damaged`), 'never deleted');
	});

	const lines = (bytes: Uint8Array) => new TextDecoder().decode(bytes).split('\n');
	const bytesOf = (text: readonly string[]) => new TextEncoder().encode(text.join('\n'));

	it('a letter changed in the last record: it is not applied', async () => {
		const { files } = await filledStore(false);
		files.damage(`${folder}/log-3.jsonl`, (bytes) =>
			bytesOf(lines(bytes).map((line) => line.replace('text 9', 'tixt 9'))),
		);
		const store = await openTestStore(folder, files);
		assert.equal((await texts(store)).length, 8);
		assert.match(store.status.damage[0]?.lost ?? '', /^the last line, after change 9, cannot be read/);
	});

	it('a record that is missing or stands twice ends what is applied', async () => {
		for (const change of [
			(all: string[]) => all.toSpliced(2, 1),
			(all: string[]) => all.toSpliced(2, 0, all[1] ?? ''),
		]) {
			const { files } = await filledStore(false);
			files.damage(`${folder}/log-3.jsonl`, (bytes) => bytesOf(change(lines(bytes))));
			const store = await openTestStore(folder, files);
			assert.equal((await texts(store)).length, 7);
			assert.match(store.status.damage[0]?.lost ?? '', /^2 saved changes after change 8/);
		}
	});

	it('a gap between two logs: the records behind it are not applied', async () => {
		const { files } = await filledStore(false);
		files.damage(`${folder}/snapshot-3.db`, () => undefined);
		files.damage(`${folder}/log-2.jsonl`, (bytes) => bytes.slice(0, bytes.length - 30));
		const store = await openTestStore(folder, files);
		assert.deepEqual(await texts(store), ['text 1', 'text 2', 'text 3', 'text 4', 'text 5']);
		assert.match(store.status.damage.find(({ file }) => file === 'log-2.jsonl')?.lost ?? '', /^4 saved changes/);
		await write(store, 'next');
		const again = await openTestStore(folder, files.copy());
		assert.deepEqual((await texts(again)).at(-1), 'next');
		assert.deepEqual(again.status.damage, []);
	});

	it('every snapshot damaged: the newest that SQLite still reads is used and it is told', async () => {
		const { files } = await filledStore(false);
		for (const file of ['snapshot-2.json', 'snapshot-3.json']) {
			files.damage(`${folder}/${file}`, () => undefined);
		}
		const store = await openTestStore(folder, files);
		assert.equal((await texts(store)).length, 6);
		assert.match(store.status.damage.at(-1)?.lost ?? '', /checksum is unknown or wrong/);
		await write(store, 'next');
		const again = await openTestStore(folder, files.copy());
		assert.equal((await texts(again)).length, 7);
	});

	it('what was lost is told in the display language', async () => {
		const changes: Record<string, RegExp> = {
			'snapshot-3.db': /./,
			'snapshot-3.json': /./,
			'snapshot-[23].json': /./,
			'snapshot|log-1': /./,
			'log-3': /log-3/,
		};
		const told: string[] = [];
		for (const [damaged, file] of Object.entries(changes)) {
			for (const [name, damage] of Object.entries(damages)) {
				const { files } = await filledStore(true);
				for (const path of files.paths.filter((one) => new RegExp(damaged).test(one))) {
					files.damage(path, damage);
				}
				markTexts();
				const store = await openTestStore(folder, files).finally(unmarkTexts);
				const lost = store.status.damage.filter((one) => file.test(one.file)).map((one) => one.lost);
				told.push(...lost);
				assert.deepEqual(
					lost.filter((text) => !/^«[^«]*»$|\(«[^«]*»\)»$/.test(text) || /older .*\([^«]*\)»$/.test(text)),
					[],
					`${damaged} ${name}`,
				);
			}
		}
		assert.ok(new Set(told.map((text) => text.replace(/\d+/g, ''))).size >= 7, told.join('\n'));
	});

	it('logs without any snapshot are damage, never a silently empty store', async () => {
		const { files } = await filledStore(false);
		for (const file of files.paths.filter((path) => /snapshot|log-1/.test(path))) {
			files.damage(file, () => undefined);
		}
		const store = await openTestStore(folder, files);
		assert.deepEqual(await texts(store), []);
		assert.match(store.status.damage[0]?.lost ?? '', /^everything in the store/);
		await write(store, 'next');
		const again = await openTestStore(folder, files.copy());
		assert.deepEqual(await texts(again), ['next']);
		assert.ok(files.paths.some((path) => path.endsWith('.damaged')));
	});

	it('one change that cannot be read is told as one', async () => {
		const { files } = await filledStore(true);
		files.damage(`${folder}/log-3.jsonl`, (bytes) => bytes.with(bytes.lastIndexOf(10, bytes.length - 2) + 40, 63));
		const store = await openTestStore(folder, files);
		assert.match(store.status.damage[0]?.lost ?? '', /^1 saved change after change \d+ cannot be read$/);
	});

	it('all files gone behind a clean closing: it is told', async () => {
		const { files } = await filledStore(true);
		for (const file of files.paths.filter((path) => !path.includes('owner'))) {
			files.damage(file, () => undefined);
		}
		const store = await openTestStore(folder, files);
		assert.match(store.status.damage[0]?.lost ?? '', /^10 saved changes/);
	});

	it('an unreadable claim is followed by another', async () => {
		const { files, expected } = await filledStore(true);
		const claim = files.paths.find((path) => path.includes('owner')) ?? '';
		files.damage(claim, () => new Uint8Array());
		const store = await openTestStore(folder, files);
		assert.equal(store.status.mode, 'owner');
		assert.equal(await dump(store), expected);
	});

	it('a log of a newer format is refused, not judged as damage', async () => {
		const { files } = await filledStore(true);
		const { crc32 } = await import('../../../src/disk/checksum.ts');
		const body = '"format":2,"generation":3,"sequence":7,"prev":"00000000"}';
		const line = `{"crc":"${crc32(new TextEncoder().encode(body))}",${body}\n`;
		files.damage(`${folder}/log-3.jsonl`, () => new TextEncoder().encode(line));
		await assert.rejects(
			openTestStore(folder, files),
			(error) => isAppError(error, 'storage') && error.message.includes('newer version'),
		);
	});
});
