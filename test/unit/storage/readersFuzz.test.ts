import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isAppError } from '../../../src/common/errors.ts';
import { fuzz } from '../../support/fuzz.ts';
import { SimulatedFiles } from '../../support/storage/simulatedFiles.ts';
import { openTestStore, time, type TestStore } from '../../support/storage/testStore.ts';

const folder = '/store';
const count = 4;

const write = (store: TestStore, draftContent: string) =>
	store.write(({ drafts }) => drafts.create({ draftName: null, draftContent, now: time }));

const texts = async (store: TestStore): Promise<string[]> =>
	store.read(({ drafts }) =>
		drafts
			.list()
			.map(({ id }) => drafts.get(id).draftContent)
			.reverse(),
	);

/** What happens to a file: bytes at a place are replaced by others. */
const damage = fc.record({
	at: fc.nat(),
	dropped: fc.nat(40),
	inserted: fc.oneof(
		fc.uint8Array({ maxLength: 20 }),
		fc
			.constantFrom('\n', '{}\n', '"seq":1,', '\u0000', '{"sql":', ']', '9'.repeat(20))
			.map((text) => new Uint8Array(Buffer.from(text))),
	),
});

const damaged = (
	bytes: Uint8Array,
	{ at, dropped, inserted }: { at: number; dropped: number; inserted: Uint8Array },
) => {
	const place = at % (bytes.length + 1);
	return Buffer.concat([bytes.subarray(0, place), inserted, bytes.subarray(place + dropped)]);
};

describe('A store whose files were changed at random', () => {
	let written: SimulatedFiles;
	const expected: string[] = [];

	before(async () => {
		written = new SimulatedFiles();
		const store = await openTestStore(folder, written);
		for (let index = 1; index <= count; index++) {
			await write(store, `text ${index}`);
			expected.push(`text ${index}`);
			if (index === 2) {
				await store.checkpoint();
			}
		}
		written = written.copy();
		await store.close();
	});

	for (const file of ['log-2.jsonl', 'snapshot-2.json', 'snapshot-2.db']) {
		fuzz(
			`${file}: opens with a beginning of what was written, and takes a new text [fault 4]`,
			fc.asyncProperty(damage, async (change) => {
				const files = written.copy();
				files.damage(`${folder}/${file}`, (bytes) => damaged(bytes, change));
				let store: TestStore;
				try {
					store = await openTestStore(folder, files);
				} catch (error) {
					assert.ok(isAppError(error, 'storage'), String(error));
					return;
				}
				const found = await texts(store);
				assert.deepEqual(found, expected.slice(0, found.length));
				assert.ok(found.length >= (file.startsWith('log') ? 2 : count), `only ${found.length} texts are left`);
				await write(store, 'new');
				assert.deepEqual(await texts(store), [...found, 'new']);
				await store.close();
			}),
		);
	}
});
