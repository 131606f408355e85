import assert from 'node:assert/strict';
import { isAppError } from '../../../src/common/errors.ts';
import type { Repositories, StoreChange } from '../../../src/storage/contract.ts';
import type { MaintainedStore } from '../../../src/storage/maintainedStore.ts';
import { testResult } from '../../support/storage/everyMethod.ts';
import { SimulatedFiles } from '../../support/storage/simulatedFiles.ts';
import { type TestStore, openTestStore, time } from '../../support/storage/testStore.ts';

const later = '2026-01-02T03:05:00.000Z';

describe('the trash of the repositories', () => {
	let store: TestStore;
	let changes: StoreChange[];

	const write = <T>(work: (repositories: Repositories) => T) => store.write(work);
	const createDraft = (draftContent = 'Text') =>
		write(({ drafts }) => drafts.create({ draftName: 'One', draftContent, now: time }));

	beforeEach(async () => {
		store = await openTestStore('/store', new SimulatedFiles());
		changes = [];
		store.onDidChange((change) => changes.push(change));
	});

	const everything = () =>
		store.read(({ drafts, chats, results, versions }) => ({
			draft: drafts.get(1),
			messages: chats.messages(1),
			results: results.list(1),
			versions: versions.list('draft', 1),
		}));

	it('takes a draft with its chat, results and versions, and gives all of it back under the old ids', async () => {
		await write(({ drafts, chats, results, versions }) => {
			chats.create({ topic: 't', title: 'Chat', now: time });
			chats.addMessage({ chatId: 1, role: 'user', content: 'hi', status: 'complete', now: time });
			drafts.create({ draftName: 'One', draftContent: 'Text', workshopChatId: 1, now: time });
			versions.record({
				ownerKind: 'draft',
				ownerId: 1,
				content: 'Text',
				reason: 'save',
				author: 'user',
				now: time,
			});
			results.put(testResult({ testId: 'a', draftId: 1, versionId: 2 }));
		});
		const before = await everything();
		const trashId = await write(({ trash }) => trash.removeDraft(1, later));
		assert.deepEqual(await store.read(({ trash }) => trash.list()), [
			{ id: trashId, kind: 'draft', label: 'One', deletedAt: later },
		]);
		await assert.rejects(
			store.read(({ chats }) => chats.get(1)),
			(error) => isAppError(error, 'not-found'),
		);
		await assert.rejects(
			store.read(({ results }) => results.get('a')),
			(error) => isAppError(error, 'not-found'),
		);
		const second = await createDraft();
		assert.equal(second.id, 2, 'an id is never given twice');
		await write(({ trash }) => trash.restore(trashId));
		assert.deepEqual(await everything(), before);
		await assert.rejects(
			write(({ trash }) => trash.restore(trashId)),
			(error) => isAppError(error, 'not-found'),
		);
	});

	it('never takes a chat that another draft has, and no draft gets one that is taken', async () => {
		const chatId = await write(({ chats }) => chats.create({ topic: 'x', title: null, now: time }).id);
		const [a, b] = await write(({ drafts }) => [
			drafts.create({ draftName: 'A', draftContent: 'x', now: time }).id,
			drafts.create({ draftName: 'B', draftContent: 'x', workshopChatId: chatId, now: time }).id,
		]);
		const isRefused = (error: unknown) => isAppError(error, 'validation') && error.info.field === 'workshopChatId';
		await assert.rejects(
			write(({ drafts }) => drafts.update(a, { workshopChatId: chatId }, time)),
			isRefused,
		);
		await assert.rejects(
			write(({ drafts }) =>
				drafts.create({ draftName: null, draftContent: 'x', workshopChatId: chatId, now: time }),
			),
			isRefused,
		);
		await write(({ drafts }) => drafts.update(b, { workshopChatId: chatId }, time));
		// As an older version, or a file that was imported by one, may have left it.
		await (store as MaintainedStore).change(({ database }) =>
			database.run('UPDATE auspex_prompt_drafts SET workshop_chat_id = ? WHERE id = ?', [chatId, a]),
		);
		await write(({ trash }) => trash.removeDraft(a, time));
		assert.equal(await store.read(({ chats }) => chats.get(chatId).id), chatId);
		assert.equal(await store.read(({ drafts }) => drafts.get(b).workshopChatId), chatId);
		await write(({ trash }) => trash.removeDraft(b, time));
		await assert.rejects(
			store.read(({ chats }) => chats.get(chatId)),
			(error) => isAppError(error, 'not-found'),
		);
	});

	it('gives a draft back without the parent that is gone', async () => {
		await write(({ prompts, drafts }) => {
			prompts.create({ name: 'two', title: 'Two', content: 'x', description: null, now: time });
			drafts.create({ draftName: null, draftContent: 'x', parentPromptName: 'two', now: time });
		});
		const trashId = await write(({ trash }) => trash.removeDraft(1, time));
		await write(({ trash }) => trash.removePrompt('two', time));
		await write(({ trash }) => trash.restore(trashId));
		assert.equal(await store.read(({ drafts }) => drafts.get(1).parentPromptName), null);
	});

	it('refuses the default prompt and the one that comes with the product', async () => {
		const remove = (name: string) => write(({ trash }) => trash.removePrompt(name, time));
		await assert.rejects(remove('auspex_default'), (error) => isAppError(error, 'validation'));
		await write(({ prompts }) => {
			prompts.create({ name: 'two', title: 'Two', content: 'x', description: null, now: time });
			prompts.setDefault('two', time);
		});
		await assert.rejects(remove('two'), (error) => isAppError(error, 'validation'));
		await assert.rejects(remove('auspex_default'), (error) => isAppError(error, 'validation'));
	});

	it('gives a prompt back to the drafts made from it, unless its name has been taken', async () => {
		const create = () =>
			write(({ prompts }) =>
				prompts.create({ name: 'two', title: 'Two', content: 'x', description: null, now: time }),
			);
		await create();
		await write(({ drafts }) =>
			drafts.create({ draftName: null, draftContent: 'x', parentPromptName: 'two', now: time }),
		);
		const trashId = await write(({ trash }) => trash.removePrompt('two', time));
		assert.equal(await store.read(({ drafts }) => drafts.get(1).parentPromptName), null);
		await create();
		await assert.rejects(
			write(({ trash }) => trash.restore(trashId)),
			(error) => isAppError(error, 'validation') && error.message.includes("'two'"),
		);
		const second = await write(({ trash }) => trash.removePrompt('two', time));
		await write(({ trash }) => trash.restore(trashId));
		assert.equal(await store.read(({ drafts }) => drafts.get(1).parentPromptName), 'two');
		assert.ok(second > trashId);
	});

	it('forgets what is older than asked', async () => {
		await createDraft();
		const trashId = await write(({ trash }) => trash.removeDraft(1, time));
		assert.equal(await write(({ trash }) => trash.purge(time)), 0);
		assert.equal(await write(({ trash }) => trash.purge(later)), 1);
		await assert.rejects(
			write(({ trash }) => trash.restore(trashId)),
			(error) => isAppError(error, 'not-found'),
		);
	});
});
