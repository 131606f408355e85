import assert from 'node:assert/strict';
import { isAppError } from '../../../src/common/errors.ts';
import { testWorkshop, type TestWorkshop } from '../../support/workshop/testWorkshop.ts';

const draft = (draftName: string) => ({
	draftName,
	draftContent: `You are the assistant called ${draftName}.`,
	metadata: { kind: 'assistant', imported: { model: 'openai/gpt-5' } },
});

describe('drafts that are imported', () => {
	let t: TestWorkshop;
	beforeEach(async () => {
		t = await testWorkshop();
	});
	afterEach(() => t.dispose());

	it('are stored together with their suites, and ask no model', async () => {
		const [one = 0, two = 0] = await t.workshop.importDrafts([
			{ ...draft('Sorter'), draftDescription: 'Sorts', suite: (ids) => `prompt: [${ids.join()}]` },
			draft('Writer'),
		]);
		await t.store.read(({ drafts, suites, versions, chats }) => {
			const stored = drafts.get(one);
			assert.equal(stored.draftDescription, 'Sorts');
			assert.equal(stored.metadata['kind'], 'assistant');
			assert.equal(suites.get('draft', one), `prompt: [${one},${two}]`);
			assert.equal(suites.get('draft', two), undefined);
			assert.deepEqual(
				versions.list('draft', one).map(({ reason, author }) => [reason, author]),
				[['import', 'import']],
			);
			assert.deepEqual(chats.messages(stored.workshopChatId ?? 0), []);
		});
	});

	it('can be talked about in their chat', async () => {
		const [id = 0] = await t.workshop.importDrafts([draft('Sorter')]);
		t.models.says('It is short.');
		const run = await t.workshop.send(id, 'What do you think of it?');
		await run.finished;
		await t.store.read(({ drafts, chats }) => {
			const messages = chats.messages(drafts.get(id).workshopChatId ?? 0);
			assert.deepEqual(
				messages.map(({ content }) => content),
				['What do you think of it?', 'It is short.'],
			);
		});
	});

	it('are all refused if one of them cannot be stored', async () => {
		await assert.rejects(
			t.workshop.importDrafts([draft('Sorter'), draft('x')]),
			(error) => isAppError(error, 'validation') && error.info.field === 'draftName',
		);
		assert.deepEqual(await t.store.read(({ drafts }) => drafts.list()), []);
	});

	it('are removed together to the trash, from which each can be restored', async () => {
		const ids = await t.workshop.importDrafts([draft('Sorter'), draft('Writer'), draft('Third')]);
		await t.workshop.remove(ids[1] ?? 0);
		await t.workshop.removeAll(ids);
		assert.deepEqual(await t.store.read(({ drafts }) => drafts.list()), []);
		const [{ id: trashId } = { id: 0 }] = await t.store.read(({ trash }) => trash.list());
		await t.workshop.undoDelete(trashId);
		assert.deepEqual(await t.store.read(({ drafts }) => drafts.list().map(({ draftName }) => draftName)), [
			'Third',
		]);
	});

	it('keep the notes of their file when they are committed', async () => {
		const [id = 0] = await t.workshop.importDrafts([
			{ ...draft('Sorter'), draftContent: 'You sort the mail of the team. '.repeat(5) },
		]);
		const prompt = await t.workshop.commit(id, { name: 'sorter', title: 'Sorter of mail' });
		assert.deepEqual(prompt.metadata['imported'], { model: 'openai/gpt-5' });
	});
});
