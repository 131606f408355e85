import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { isAppError } from '../../../src/common/errors.ts';
import { readFiling } from '../../../src/prompts/promptMetadata.ts';
import { eventually } from '../../support/eventually.ts';
import { testWorkshop, type TestWorkshop } from '../../support/workshop/testWorkshop.ts';

const content = 'You answer questions about orders and say where you found each of your answers. '.repeat(2);

describe('where drafts and prompts are filed', () => {
	let t: TestWorkshop;
	let draftId: number;
	beforeEach(async () => {
		t = await testWorkshop();
		draftId = await draftOf('Orders');
		await t.workshop.addPrompt({ name: 'orders', title: 'Orders of today', content, metadata: { kind: 'agent' } });
	});
	afterEach(() => t.dispose());

	async function draftOf(draftName: string): Promise<number> {
		t.models.says('Hello');
		const { draft, run } = await t.workshop.start({ draftName, startingPrompt: content });
		await run.finished;
		return draft.id;
	}

	const draft = (id = draftId) => t.store.read(({ drafts }) => drafts.get(id));
	const prompt = (name = 'orders') => t.store.read(({ prompts }) => prompts.get(name));
	const folderOf = async (id: number) => readFiling((await draft(id)).metadata).folder;

	it('is changed field by field, without a new version and without a new time of change', async () => {
		const before = { draft: await draft(), prompt: await prompt() };
		const versions = () =>
			t.store.read((all) => [
				...all.versions.list('draft', draftId),
				...all.versions.list('prompt', before.prompt.id),
			]);
		const versionsBefore = await versions();
		await eventually(() => assert.ok(new Date().toISOString() > before.prompt.updatedAt));
		await t.workshop.setTags({ draftId }, { tags: [' billing ', 'Billing'], folder: 'Support/ Billing' });
		await t.workshop.setTags({ draftId }, { favourite: true });
		const record = await t.workshop.setTags({ promptName: 'orders' }, { folder: 'Support' });
		assert.deepEqual(record, await prompt());
		const filed = { kind: 'research', tags: ['billing'], folder: 'Support/Billing', favourite: true };
		assert.deepEqual(readFiling((await draft()).metadata), filed);
		assert.deepEqual(readFiling((await prompt()).metadata), {
			kind: 'agent',
			tags: [],
			folder: 'Support',
			favourite: false,
		});
		const same = ({ updatedAt, revision }: { updatedAt: string; revision?: number }) => ({ updatedAt, revision });
		assert.deepEqual(same(await draft()), same(before.draft));
		assert.equal((await prompt()).updatedAt, before.prompt.updatedAt);
		assert.deepEqual(await versions(), versionsBefore);
	});

	it('is refused as a whole if one field breaks a rule, or if there is no such record', async () => {
		const { metadata } = await draft();
		await assert.rejects(t.workshop.setTags({ draftId }, { tags: ['fine'], folder: 'a//b' }), (error) =>
			isAppError(error, 'validation'),
		);
		await assert.rejects(t.workshop.file([{ owner: { draftId }, filing: { tags: ['a,b'] } }]));
		assert.deepEqual((await draft()).metadata, metadata);
		await assert.rejects(t.workshop.setTags({ draftId: 999 }, {}), (error) => isAppError(error, 'not-found'));
		await assert.rejects(t.workshop.setTags({ promptName: 'nobody' }, {}), (error) =>
			isAppError(error, 'not-found'),
		);
	});

	it('is changed for many at once, and undone', async () => {
		const other = await draftOf('Returns');
		await t.workshop.setTags({ draftId: other }, { tags: ['old'], folder: 'Archive' });
		const owners = [{ draftId }, { draftId: other }, { promptName: 'orders' }, { draftId: 999 }];
		const undo = await t.workshop.file(owners.map((owner) => ({ owner, filing: { folder: 'New' } })));
		assert.deepEqual([await folderOf(draftId), await folderOf(other)], ['New', 'New']);
		assert.equal(undo.length, 3);
		await t.workshop.file(undo);
		assert.deepEqual([await folderOf(draftId), await folderOf(other)], ['', 'Archive']);
		assert.deepEqual(readFiling((await draft(other)).metadata).tags, ['old']);
	});

	it('follows a folder that is renamed or removed, with all that is below it, and undoes it', async () => {
		const [inner, similar] = [await draftOf('Inner'), await draftOf('Similar')];
		const folders = { [draftId]: 'a/b', [inner]: 'a/b/c', [similar]: 'a/bc' };
		for (const [id, folder] of Object.entries(folders)) {
			await t.workshop.setTags({ draftId: Number(id) }, { folder });
		}
		await t.workshop.setTags({ promptName: 'orders' }, { folder: 'a/b' });
		const shown = async () => Promise.all([draftId, inner, similar].map(folderOf));

		const undoRename = await t.workshop.moveFolder({ of: 'drafts', from: 'a/b', to: 'x/ y' });
		assert.deepEqual(await shown(), ['x/y', 'x/y/c', 'a/bc']);
		assert.equal(readFiling((await prompt()).metadata).folder, 'a/b');
		await t.workshop.file(undoRename);
		assert.deepEqual(await shown(), ['a/b', 'a/b/c', 'a/bc']);

		await t.workshop.moveFolder({ of: 'drafts', from: 'a/b', to: 'a' });
		assert.deepEqual(await shown(), ['a', 'a/c', 'a/bc']);
		await t.workshop.moveFolder({ of: 'prompts', from: 'a', to: '' });
		assert.equal(readFiling((await prompt()).metadata).folder, 'b');
	});

	it('is not moved to where something would be nested too deep', async () => {
		await t.workshop.setTags({ draftId }, { folder: 'a/b/c/d/e/f/g/h' });
		await assert.rejects(t.workshop.moveFolder({ of: 'drafts', from: 'a', to: 'x/y' }), /8 deep/);
		assert.equal(await folderOf(draftId), 'a/b/c/d/e/f/g/h');
	});

	describe('goes along', () => {
		const filed = { kind: 'research', tags: ['billing'], folder: 'Support/Billing' };
		beforeEach(async () => {
			await t.workshop.setTags({ draftId }, { tags: filed.tags, folder: filed.folder, favourite: true });
			await t.workshop.setTags({ promptName: 'orders' }, { tags: ['Daily'], folder: 'Shop', favourite: true });
		});

		it('with a commit and a clone, but not as a favourite', async () => {
			const { metadata } = await t.workshop.commit(draftId, { name: 'billing', title: 'Billing orders' });
			assert.deepEqual(readFiling(metadata), { ...filed, favourite: false });
			t.models.says('Hello');
			const { draft: clone, run } = await t.workshop.clone('orders');
			await run.finished;
			const expected = { kind: 'agent', tags: ['Daily'], folder: 'Shop', favourite: false };
			assert.deepEqual(readFiling(clone.metadata), expected);
			const [version] = await t.store.read(({ versions }) => versions.list('draft', clone.id));
			assert.deepEqual(version?.metadata, { kind: 'agent' });
		});

		it('not with a commit that updates the prompt: it stays where it is', async () => {
			t.models.says('Hello');
			const { draft: clone, run } = await t.workshop.clone('orders');
			await run.finished;
			await t.workshop.setTags({ draftId: clone.id }, { tags: [], folder: '' });
			const options = { name: 'orders', title: 'Orders of today', updateParent: true };
			const { metadata } = await t.workshop.commit(clone.id, options);
			assert.deepEqual(readFiling(metadata), { kind: 'agent', tags: ['Daily'], folder: 'Shop', favourite: true });
		});

		it('with an export of everything and its import, and with an exported database', async () => {
			const files = await t.store.exportAll();
			const json = files.find(({ path }) => path === 'workshop.json')?.text ?? '';
			const other = await testWorkshop();
			try {
				await other.store.importAll(json);
				const { drafts, prompts } = await other.store.read((all) => ({
					drafts: all.drafts.list(),
					prompts: all.prompts.list(),
				}));
				assert.deepEqual(readFiling(drafts[0]?.metadata ?? {}), { ...filed, favourite: true });
				const prompt = prompts.find(({ name }) => name === 'orders');
				const expected = { kind: 'agent', tags: ['Daily'], folder: 'Shop', favourite: true };
				assert.deepEqual(readFiling(prompt?.metadata ?? {}), expected);
			} finally {
				await other.dispose();
			}

			const file = join(t.folder, 'exported.db');
			await t.store.exportDatabase(file);
			const database = new DatabaseSync(file, { readOnly: true });
			const row = database.prepare('SELECT metadata FROM auspex_prompt_drafts WHERE id = ?').get(draftId);
			database.close();
			assert.deepEqual(readFiling(JSON.parse(String(row?.['metadata'])) as Record<string, unknown>), {
				...filed,
				favourite: true,
			});
		});
	});
});
