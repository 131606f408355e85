import assert from 'node:assert/strict';
import { AppError, isAppError } from '../../../src/common/errors.ts';
import { readFileLink } from '../../../src/prompts/linkedFile.ts';
import { testWorkshop, type TestWorkshop } from '../../support/workshop/testWorkshop.ts';

const text = 'You sort the mail of the team. '.repeat(5).trim();
const uri = 'file:///work/prompt.md';

describe('a draft that is linked to a file', () => {
	let t: TestWorkshop;
	let draftId = 0;
	const written: string[] = [];
	let refusal: AppError | undefined;
	let isGone = false;
	let duringWrite = () => Promise.resolve();

	beforeEach(async () => {
		written.length = 0;
		refusal = undefined;
		isGone = false;
		duringWrite = () => Promise.resolve();
		t = await testWorkshop({
			linkedFiles: {
				write: async ({ draftContent }) => {
					if (refusal) {
						throw refusal;
					}
					if (isGone) {
						return false;
					}
					written.push(draftContent);
					await duringWrite();
					return true;
				},
			},
		});
		[draftId = 0] = await t.workshop.importDrafts([{ draftName: 'Sorter', draftContent: text, metadata: {} }]);
	});
	afterEach(() => t.dispose());

	const stored = () => t.store.read(({ drafts }) => drafts.get(draftId));
	const link = async () => readFileLink((await stored()).metadata);
	const versions = () => t.store.read((all) => all.versions.list('draft', draftId));

	it('remembers the text in which both agree, as a version', async () => {
		await t.workshop.linkFile(draftId, { uri, text });
		assert.equal((await link())?.uri, uri);
		assert.equal((await versions()).length, 1, 'its own text is a version already');
		await t.workshop.linkFile(draftId, { uri, text: 'Another text of the file' });
		const id = (await link())?.versionId ?? 0;
		assert.equal(await t.store.read((all) => all.versions.get(id).content), 'Another text of the file');
		assert.equal((await stored()).draftContent, text);
	});

	it('is written when it is committed, and nothing is committed if that is refused', async () => {
		await t.workshop.linkFile(draftId, { uri, text: 'Old' });
		refusal = new AppError('validation', 'The file was changed');
		await assert.rejects(t.workshop.commit(draftId, { name: 'sorter', title: 'Sorter of mail' }), (error) =>
			isAppError(error, 'validation'),
		);
		assert.ok(!(await t.store.read(({ prompts }) => prompts.has('sorter'))));
		refusal = undefined;
		await t.workshop.commit(draftId, { name: 'sorter', title: 'Sorter of mail' });
		assert.deepEqual(written, [text]);
		const id = (await link())?.versionId ?? 0;
		assert.equal(await t.store.read((all) => all.versions.get(id).content), text);
	});

	it('agrees with its file only in what was written', async () => {
		await t.workshop.linkFile(draftId, { uri, text: 'Old' });
		const before = await link();
		isGone = true;
		await t.workshop.commit(draftId, { name: 'sorter', title: 'Sorter of mail' });
		assert.deepEqual(await link(), before);
	});

	it('keeps the address that its file got while it was written, and a link that ended', async () => {
		await t.workshop.linkFile(draftId, { uri, text: 'Old' });
		duringWrite = () => t.workshop.moveLink(draftId, 'file:///work/moved.md');
		await t.workshop.commit(draftId, { name: 'sorter', title: 'Sorter of mail' });
		assert.equal((await link())?.uri, 'file:///work/moved.md');
		duringWrite = () => t.workshop.unlinkFile(draftId);
		await t.workshop.commit(draftId, { name: 'sorter_2', title: 'Sorter of mail' });
		assert.equal(await link(), undefined);
	});

	it('hands its file over to a clone of the prompt that it became', async () => {
		await t.workshop.linkFile(draftId, { uri, text });
		await t.workshop.commit(draftId, { name: 'sorter', title: 'Sorter of mail' });
		const { draft, run } = await t.workshop.clone('sorter');
		await run.finished.catch(() => undefined);
		assert.equal(await link(), undefined);
		const taken = readFileLink(draft.metadata);
		assert.equal(taken?.uri, uri);
		assert.equal(await t.store.read(({ versions: all }) => all.get(taken.versionId).content), text);
		await t.workshop.update(draft.id, { draftContent: `${text} Be brief.` });
		await t.workshop.commit(draft.id, { name: 'sorter', title: 'Sorter of mail', updateParent: true });
		assert.deepEqual(written, [text, `${text} Be brief.`]);
		const second = await t.workshop.clone('sorter');
		await second.run.finished.catch(() => undefined);
		assert.equal(readFileLink(second.draft.metadata)?.uri, uri);
		assert.equal(readFileLink((await t.store.read(({ drafts }) => drafts.get(draft.id))).metadata), undefined);
	});

	it('is not written any more after its link ended', async () => {
		await t.workshop.linkFile(draftId, { uri, text });
		await t.workshop.unlinkFile(draftId);
		assert.equal(await link(), undefined);
		await t.workshop.commit(draftId, { name: 'sorter', title: 'Sorter of mail' });
		assert.deepEqual(written, []);
	});

	it('follows its file to another address', async () => {
		await t.workshop.linkFile(draftId, { uri, text });
		const before = await link();
		await t.workshop.moveLink(draftId, 'file:///work/other.md');
		assert.deepEqual(await link(), { ...before, uri: 'file:///work/other.md' });
		await t.workshop.unlinkFile(draftId);
		await t.workshop.moveLink(draftId, uri);
		assert.equal(await link(), undefined);
	});

	it('reads no link that is broken', () => {
		for (const broken of [{}, { link: 'x' }, { link: { uri: 3, versionId: 1 } }, { link: { uri } }]) {
			assert.equal(readFileLink(broken), undefined);
		}
	});
});
