import assert from 'node:assert/strict';
import { isAppError } from '../../../src/common/errors.ts';
import type { Repositories, StoreChange } from '../../../src/storage/contract.ts';
import type { MaintainedStore } from '../../../src/storage/maintainedStore.ts';
import { testResult } from '../../support/storage/everyMethod.ts';
import { SimulatedFiles } from '../../support/storage/simulatedFiles.ts';
import { type TestStore, openTestStore, time } from '../../support/storage/testStore.ts';

const later = '2026-01-02T03:05:00.000Z';

describe('the repositories', () => {
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

	describe('drafts', () => {
		it('are created with the defaults of the schema', async () => {
			const draft = await createDraft('Ünï 😀');
			assert.deepEqual(draft, {
				id: 1,
				userId: 'local',
				draftName: 'One',
				draftContent: 'Ünï 😀',
				draftDescription: null,
				workshopChatId: null,
				parentPromptName: null,
				status: 'draft',
				revision: 1,
				contentLength: 6,
				testCount: 0,
				averageRating: null,
				metadata: {},
				createdAt: time,
				updatedAt: time,
			});
			assert.deepEqual(changes, [{ drafts: [1], chats: [], prompts: [], results: [], all: false }]);
		});

		it('grow their revision with the text or the name only', async () => {
			await createDraft();
			const revision = (patch: Parameters<Repositories['drafts']['update']>[1]) =>
				write(({ drafts }) => drafts.update(1, patch, later).revision);
			assert.equal(await revision({ draftContent: 'Text' }), 1);
			assert.equal(await revision({ status: 'ready', draftDescription: 'd' }), 1);
			assert.equal(await revision({ draftContent: 'Text 2' }), 2);
			assert.equal(await revision({ draftName: null }), 3);
			assert.equal(await store.read(({ drafts }) => drafts.get(1).updatedAt), later);
		});

		it('answer "not found or access denied" for a missing one', async () => {
			await assert.rejects(
				store.read(({ drafts }) => drafts.get(7)),
				(error) => isAppError(error, 'not-found') && error.message === 'Draft not found or access denied',
			);
		});

		it('count tests, and rate by real models only; the one changed last first', async () => {
			await createDraft();
			await createDraft();
			await write(({ results }) => {
				results.put(testResult({ testId: 'a', draftId: 1, userRating: 2 }));
				results.put(testResult({ testId: 'b', draftId: 1, userRating: 5 }));
				results.put(testResult({ testId: 'c', draftId: 1, userRating: 1, isModel: false }));
			});
			const list = await store.read(({ drafts }) => drafts.list());
			assert.deepEqual(
				list.map(({ id, testCount, averageRating }) => ({ id, testCount, averageRating })),
				[
					{ id: 2, testCount: 0, averageRating: null },
					{ id: 1, testCount: 3, averageRating: 3.5 },
				],
			);
			assert.deepEqual(await store.read(({ drafts }) => drafts.list({ status: 'ready' })), []);
			await write(({ drafts }) => drafts.update(1, { draftDescription: 'changed' }, later));
			assert.deepEqual(await store.read(({ drafts }) => drafts.list().map(({ id }) => id)), [1, 2]);
		});
	});

	describe('chats', () => {
		it('append to a streaming message only', async () => {
			const chat = await write(({ chats }) => chats.create({ topic: 't', title: null, now: time }));
			const message = await write(({ chats }) =>
				chats.addMessage({ chatId: chat.id, role: 'assistant', content: '', status: 'streaming', now: later }),
			);
			await write(({ chats }) => chats.appendToMessage(message.id, { content: 'Hel' }));
			await write(({ chats }) => chats.appendToMessage(message.id, { content: 'lo', thinking: 'hm' }));
			const stored = await store.read(({ chats }) => chats.message(message.id));
			assert.equal(stored.content, 'Hello');
			assert.equal(stored.thinking, 'hm');
			assert.equal(await store.read(({ chats }) => chats.get(chat.id).updatedAt), later);
			await write(({ chats }) => chats.updateMessage(message.id, { status: 'complete' }));
			await assert.rejects(
				write(({ chats }) => chats.appendToMessage(message.id, { content: '!' })),
				(error) => isAppError(error, 'not-found'),
			);
		});

		it('mark as interrupted what nobody streams any more', async () => {
			const ids = await write(({ chats }) => {
				const chat = chats.create({ topic: 't', title: null, now: time });
				return [1, 2].map(
					() =>
						chats.addMessage({
							chatId: chat.id,
							role: 'assistant',
							content: '',
							status: 'streaming',
							now: time,
						}).id,
				);
			});
			assert.deepEqual(await write(({ chats }) => chats.markInterrupted([ids[1] ?? 0])), [ids[0]]);
			assert.equal(await store.read(({ chats }) => chats.message(ids[0] ?? 0).status), 'interrupted');
			assert.equal(await store.read(({ chats }) => chats.message(ids[1] ?? 0).status), 'streaming');
		});

		it('remove a message and all later ones', async () => {
			const chat = await write(({ chats }) => {
				const created = chats.create({ topic: 't', title: null, now: time });
				for (const content of ['a', 'b', 'c']) {
					chats.addMessage({ chatId: created.id, role: 'user', content, status: 'complete', now: time });
				}
				return created;
			});
			await write(({ chats }) => chats.removeMessagesFrom(chat.id, 2));
			const left = await store.read(({ chats }) => chats.messages(chat.id));
			assert.deepEqual(
				left.map(({ content }) => content),
				['a'],
			);
		});
	});

	describe('prompts', () => {
		it('refuse a taken name, naming it', async () => {
			await assert.rejects(
				write(({ prompts }) =>
					prompts.create({ name: 'auspex_default', title: 'x', content: 'x', description: null, now: time }),
				),
				(error) => isAppError(error, 'validation') && error.message.includes("'auspex_default'"),
			);
		});

		it('have exactly one default', async () => {
			await write(({ prompts }) => {
				prompts.create({ name: 'two', title: 'Two', content: 'x', description: null, now: time });
				prompts.setDefault('two', later);
			});
			const list = await store.read(({ prompts }) => prompts.list());
			assert.deepEqual(
				list.filter(({ isDefault }) => isDefault).map(({ name }) => name),
				['two'],
			);
			assert.equal(await store.read(({ prompts }) => prompts.getDefault().name), 'two');
			const id = await store.read(({ prompts }) => prompts.get('two').id);
			assert.equal(await store.read(({ prompts }) => prompts.getById(id).name), 'two');
		});

		it('count the drafts made from them and their versions', async () => {
			await write(({ drafts }) =>
				drafts.create({ draftName: null, draftContent: 'x', parentPromptName: 'auspex_default', now: time }),
			);
			const [prompt] = await store.read(({ prompts }) => prompts.list());
			assert.deepEqual({ usedBy: prompt?.usedBy, versions: prompt?.versionCount }, { usedBy: 1, versions: 1 });
		});
	});

	describe('versions', () => {
		const record = (content: string) =>
			write(({ versions }) =>
				versions.record({ ownerKind: 'draft', ownerId: 1, content, reason: 'save', author: 'user', now: time }),
			);

		it('are added only when the text is not the newest one already', async () => {
			await createDraft();
			const first = await record('a');
			assert.equal((await record('a')).id, first.id);
			await record('b');
			await record('a');
			const list = await store.read(({ versions }) => versions.list('draft', 1));
			assert.deepEqual(
				list.map(({ id }) => id),
				[first.id + 2, first.id + 1, first.id],
			);
			assert.equal(await store.read(({ versions }) => versions.get(first.id).content), 'a');
			assert.match(first.contentHash, /^[0-9a-f]{64}$/);
		});
	});

	describe('results', () => {
		it('are listed newest first by arrival, whatever the clock says [fault 6]', async () => {
			await createDraft();
			const put = (testId: string, timestamp: string) =>
				write(({ results }) => results.put(testResult({ testId, draftId: 1, timestamp })));
			await put('a', '2026-01-02T00:00:00.000Z');
			await put('b', '2026-01-01T00:00:00.000Z');
			await put('a', '2026-01-02T00:00:00.000Z');
			const list = await store.read(({ results }) => results.list(1));
			assert.deepEqual(
				list.map(({ testId }) => testId),
				['b', 'a'],
			);
			const newest = await store.read(({ results }) => results.list(1, 1));
			assert.deepEqual(
				newest.map(({ testId }) => testId),
				['b'],
			);
		});

		it('stand in their old place when they are put back, or last where another has that', async () => {
			await createDraft();
			const put = (testId: string) =>
				write(({ results }) => results.put(testResult({ testId, draftId: 1, timestamp: time })));
			const remove = (testId: string) => write(({ trash }) => trash.removeResult(testId, time));
			const order = async () =>
				(await store.read(({ results }) => results.list(1))).map(({ testId }) => testId).join('');
			await put('a');
			await put('b');
			const older = await remove('a');
			const newer = await remove('b');
			await put('c');
			await put('d');
			await write(({ trash }) => trash.restore(newer));
			await write(({ trash }) => trash.restore(older));
			assert.equal(await order(), 'abdc');
			const middle = await remove('d');
			await write(({ trash }) => trash.restore(middle));
			assert.equal(await order(), 'abdc');
		});

		it('come back as they were put', async () => {
			await createDraft();
			const result = testResult({ testId: 'a', draftId: 1, error: { code: 'network', message: 'm' } });
			await write(({ results }) => results.put(result));
			assert.deepEqual(await store.read(({ results }) => results.get('a')), result);
			const rated = await write(({ results }) => results.rate('a', { userRating: 5, notes: 'fine' }));
			assert.deepEqual(rated, { ...result, userRating: 5, notes: 'fine' });
			await assert.rejects(
				write(({ results }) => results.rate('a', { userRating: 6 })),
				/CHECK/,
			);
		});

		it('of a draft that is gone are refused by name', async () => {
			await assert.rejects(
				write(({ results }) => results.put(testResult({ testId: 'a', draftId: 9 }))),
				(error) => isAppError(error, 'not-found'),
			);
		});

		it('take as ended what ran when it was stored and runs no more', async () => {
			const open = { status: 'interrupted', stopReason: null } as const;
			const ended = await write(({ drafts, results }) => {
				const draftId = drafts.create({ draftName: null, draftContent: '', now: time }).id;
				results.put(testResult({ testId: 'lost', draftId, ...open }));
				results.put(testResult({ testId: 'runs', draftId, ...open }));
				results.put(testResult({ testId: 'complete', draftId }));
				return results.markInterrupted(['runs']);
			});
			assert.deepEqual(ended, ['lost']);
			const reasons = await store.read(({ results }) =>
				['lost', 'runs', 'complete'].map((id) => results.get(id).stopReason),
			);
			assert.deepEqual(reasons, ['unknown', null, 'stop']);
		});
	});

	describe('trash', () => {
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
			const isRefused = (error: unknown) =>
				isAppError(error, 'validation') && error.info.field === 'workshopChatId';
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

	it('change nothing when the work throws', async () => {
		await assert.rejects(
			write(({ drafts }) => {
				drafts.create({ draftName: null, draftContent: 'x', now: time });
				throw new Error('no');
			}),
			/^Error: no$/,
		);
		assert.deepEqual(await store.read(({ drafts }) => drafts.list()), []);
		assert.deepEqual(changes, []);
		assert.equal((await createDraft()).id, 1);
	});
});
