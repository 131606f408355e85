import assert from 'node:assert/strict';
import { isAppError } from '../../../src/common/errors.ts';
import { testWorkshop, type TestWorkshop } from '../../support/workshop/testWorkshop.ts';

describe('versions', () => {
	let t: TestWorkshop;
	let draftId: number;

	beforeEach(async () => {
		t = await testWorkshop();
		const now = new Date().toISOString();
		({ id: draftId } = await t.store.write(({ drafts }) =>
			drafts.create({ draftName: 'Versioned', draftContent: '', now }),
		));
	});
	afterEach(() => t.dispose());

	const save = (content: string, explicit: boolean) => t.workshop.saveText(draftId, content, { explicit });
	const listed = () => t.store.read(({ versions }) => versions.overview('draft', draftId, 50).versions);
	const newest = async () => (await listed())[0]?.id ?? -1;

	it('are made by a save that was asked for, and not by autosaves', async () => {
		for (const text of ['t', 'te', 'tex', 'text']) {
			await save(text, false);
		}
		assert.deepEqual(await listed(), []);
		await save('text', true);
		await save('text', true);
		await save('text, later', false);
		const versions = await listed();
		assert.deepEqual(
			versions.map(({ characters, author, reason }) => [characters, author, reason]),
			[[4, 'user', 'save']],
		);
	});

	it('are labelled, and the label is removed by an empty one', async () => {
		await save('one', true);
		const id = await newest();
		assert.equal((await t.workshop.labelVersion(id, '  Short and good ')).label, 'Short and good');
		assert.equal((await t.workshop.labelVersion(id, 'short and good')).label, 'short and good');
		for (const nothing of [null, '', '  ']) {
			await t.workshop.labelVersion(id, 'again');
			assert.equal((await t.workshop.labelVersion(id, nothing)).label, null);
		}
	});

	it('refuse a label that another version has, and name that version', async () => {
		await save('one', true);
		await t.workshop.labelVersion(await newest(), 'Good');
		await save('two', true);
		const id = await newest();
		await assert.rejects(
			() => t.workshop.labelVersion(id, 'good'),
			(error) =>
				isAppError(error, 'validation') &&
				error.info.field === 'label' &&
				/^Version 1 is already labelled "Good"\. Choose another label/.test(error.message),
		);
		assert.equal((await listed())[0]?.label, null);
	});

	it('take a label that looks the same for the same, however its accents are written', async () => {
		await save('one', true);
		assert.equal((await t.workshop.labelVersion(await newest(), 'Cafe\u0301')).label, 'Caf\u00e9');
		await save('two', true);
		const id = await newest();
		await assert.rejects(() => t.workshop.labelVersion(id, 'cafe\u0301'), /already labelled/);
	});

	it('bring back their kind and variables where they have none, and nothing else', async () => {
		await save('one', true);
		const id = await newest();
		const variables = [{ name: 'a', type: 'text' as const }];
		await t.workshop.update(draftId, { draftContent: 'two {{a}}', kind: 'agent', variables });
		await t.workshop.setTags({ draftId }, { folder: 'Mine' });
		await t.workshop.restore(id);
		const { metadata } = await t.store.read(({ drafts }) => drafts.get(draftId));
		assert.deepEqual(metadata, { folder: 'Mine', testForm: { vars: {} } });
		assert.deepEqual(
			(await listed()).map(({ reason, metadata: kept }) => [reason, kept]),
			[
				['restore', {}],
				['save', { kind: 'agent', variables }],
				['save', {}],
			],
		);

		const now = new Date().toISOString();
		const foreign = { kind: 'agent', folder: 'Elsewhere', favourite: true, committed_as: 'x' };
		const version = { ownerKind: 'draft', ownerId: draftId, reason: 'save', author: 'user', now } as const;
		const { id: imported } = await t.store.write(({ versions }) =>
			versions.record({ ...version, content: 'three', metadata: foreign }),
		);
		await t.workshop.restore(imported);
		assert.deepEqual((await t.store.read(({ drafts }) => drafts.get(draftId))).metadata, {
			folder: 'Mine',
			testForm: { vars: {} },
			kind: 'agent',
		});
	});

	it('refuse a label that is too long or has several lines', async () => {
		await save('one', true);
		const id = await newest();
		await t.workshop.labelVersion(id, 'x'.repeat(60));
		for (const [label, message] of [
			['x'.repeat(61), /label must have 1 to 60 characters, and has 61/],
			['two\nlines', /label must be on one line/],
		] as const) {
			await assert.rejects(() => t.workshop.labelVersion(id, label), message);
		}
		await assert.rejects(() => t.workshop.labelVersion(999, 'label'), /Version not found/);
	});
});
