import assert from 'node:assert/strict';
import { isAppError } from '../../../src/common/errors.ts';
import type { Repositories, StoreChange } from '../../../src/storage/contract.ts';
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
			assert.deepEqual(changes, [
				{ drafts: [1], chats: [], prompts: [], results: [], suites: [], runs: [], all: false },
			]);
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
