import assert from 'node:assert/strict';
import { isAppError } from '../../../src/common/errors.ts';
import { until } from '../../support/eventually.ts';
import { testWorkshop, type TestWorkshop } from '../../support/workshop/testWorkshop.ts';

const block = 'You are a release analyst. Cite every claim.';

async function draftAnswered(t: TestWorkshop, answer: string, startingPrompt?: string): Promise<number> {
	t.models.says(answer);
	const { draft, run } = await t.workshop.start({
		draftName: 'Release analyst',
		...(startingPrompt !== undefined && { startingPrompt }),
	});
	await run.finished;
	return draft.id;
}

describe('drafts', () => {
	let t: TestWorkshop;
	beforeEach(async () => {
		t = await testWorkshop();
	});
	afterEach(() => t.dispose());

	it('lists the draft that was changed last first', async () => {
		const first = await draftAnswered(t, 'Hm.');
		const second = await draftAnswered(t, 'Hm.');
		const listed = () => t.store.read(({ drafts }) => drafts.list().map(({ id }) => id));
		assert.deepEqual(await listed(), [second, first]);
		const { updatedAt } = await t.store.read(({ drafts }) => drafts.get(second));
		await until(() => new Date().toISOString() > updatedAt, 'the clock to go on');
		await t.workshop.update(first, { draftContent: block });
		assert.deepEqual(await listed(), [first, second]);
	});

	it('extracts the last block, or the one asked for, as a version of the assistant', async () => {
		const id = await draftAnswered(t, `Two:\n\n~~~\nfirst\n~~~\n\n\`\`\`text\n${block}\n\`\`\`\n`);
		assert.equal((await t.workshop.extract(id)).draftContent.trim(), block);
		assert.equal((await t.workshop.extract(id, { block: 0 })).draftContent.trim(), 'first');
		const versions = await t.store.read(({ versions }) => versions.list('draft', id));
		assert.deepEqual(
			versions.map(({ reason, author }) => [reason, author]),
			[
				['extract', 'assistant'],
				['extract', 'assistant'],
			],
		);
		await assert.rejects(
			() => t.workshop.extract(id, { block: 2 }),
			(error) => isAppError(error, 'validation'),
		);
	});

	it('takes an unclosed block behind a closed one only when asked for it', async () => {
		const id = await draftAnswered(t, `\`\`\`text\n${block}\n\`\`\`\n\nAnd then:\n\`\`\`\nI kept the tone.`);
		assert.equal((await t.workshop.extract(id)).draftContent, block);
		assert.equal((await t.workshop.extract(id, { block: 1 })).draftContent, 'I kept the tone.');
	});

	it('takes an unclosed block where there is no other', async () => {
		const id = await draftAnswered(t, `\`\`\`text\n${block}`);
		assert.equal((await t.workshop.extract(id)).draftContent, block);
	});

	it('refuses while an answer arrives, and takes the whole block after it', async () => {
		const id = await draftAnswered(t, `\`\`\`\nThe first prompt.\n\`\`\``);
		let release = () => {};
		const held = new Promise<void>((resolve) => (release = resolve));
		t.models.answer(
			{ type: 'text', id: 't', text: '```\nYou are a release' },
			() => held,
			{ type: 'text', id: 't', text: ' analyst.\n```' },
			{ type: 'done', stopReason: 'stop' },
		);
		const run = await t.workshop.send(id, 'Write it anew');
		await assert.rejects(
			() => t.workshop.extract(id),
			(error) => isAppError(error, 'validation') && /still answering/.test(error.message),
		);
		release();
		await run.finished;
		assert.equal((await t.workshop.extract(id)).draftContent, 'You are a release analyst.');
	});

	it('says so when there is no block', async () => {
		const id = await draftAnswered(t, 'No block here');
		await assert.rejects(
			() => t.workshop.extract(id),
			(error) => isAppError(error, 'not-found') && /fenced block/.test(error.message),
		);
	});

	it('goes through the open document where there is one', async () => {
		const id = await draftAnswered(t, `\`\`\`\n${block}\n\`\`\``);
		const edits: string[] = [];
		t.context.documents = {
			save: () => Promise.resolve(),
			replace: async (draftId, content) => {
				edits.push(content);
				await t.workshop.saveText(draftId, content, { explicit: false });
				return true;
			},
		};
		await t.workshop.extract(id);
		assert.deepEqual(
			edits.map((text) => text.trim()),
			[block],
		);
	});

	describe('a text that is replaced', () => {
		const stored = 'What was typed and saved by itself.';
		const texts = (id: number) =>
			t.store.read(({ versions }) =>
				versions.list('draft', id).map((version) => versions.get(version.id).content.trim()),
			);
		const ways: Record<string, (id: number) => Promise<unknown>> = {
			'a program’s update': (id) => t.workshop.update(id, { draftContent: block }),
			'an extracted block': (id) => t.workshop.extract(id),
			'a restored version': async (id) => {
				const [version] = await t.store.read(({ versions }) => versions.list('draft', id));
				await t.workshop.restore(version?.id ?? -1);
			},
		};

		for (const [way, replace] of Object.entries(ways)) {
			it(`by ${way} is a version, and so is the new one`, async () => {
				const id = await draftAnswered(t, `\`\`\`\n${block}\n\`\`\``, block);
				await t.workshop.saveText(id, stored, { explicit: false });
				await replace(id);
				assert.deepEqual(await texts(id), [block, stored, block]);
			});

			it(`by ${way} in an open document is a version, saved or not`, async () => {
				const id = await draftAnswered(t, `\`\`\`\n${block}\n\`\`\``, block);
				await t.workshop.saveText(id, stored, { explicit: false });
				t.context.documents = {
					save: () => Promise.resolve(),
					replace: async (draftId, content, keep) => {
						await keep('Typed, not saved.');
						await t.workshop.saveText(draftId, content, { explicit: false });
						return true;
					},
				};
				await replace(id);
				assert.deepEqual(await texts(id), [block, 'Typed, not saved.', stored, block]);
			});
		}

		it('is kept once, and an empty one not at all', async () => {
			const id = await draftAnswered(t, 'Hello');
			for (const draftContent of ['one', 'two', 'one', 'two', '']) {
				await t.workshop.update(id, { draftContent });
			}
			await t.workshop.saveText(id, 'one', { explicit: false });
			await t.workshop.update(id, { draftContent: 'three' });
			assert.deepEqual(await texts(id), ['three', 'two', 'one', 'two', 'one']);
		});

		it('waits for the change before it', async () => {
			const id = await draftAnswered(t, 'Hello');
			let inside = 0;
			t.context.documents = {
				save: () => Promise.resolve(),
				replace: async (draftId, content) => {
					assert.equal(inside++, 0);
					await t.workshop.saveText(draftId, content, { explicit: false });
					inside--;
					return true;
				},
			};
			const wanted = Array.from({ length: 10 }, (_, index) => `text ${index}`);
			await Promise.all(wanted.map((draftContent) => t.workshop.update(id, { draftContent })));
			assert.deepEqual((await texts(id)).reverse(), wanted);
		});
	});

	it('refuses to make a draft committed, with a text and without one', async () => {
		const id = await draftAnswered(t, 'Hello', 'x'.repeat(100));
		await t.workshop.commit(id, { name: 'committed_once', title: 'Committed once' });
		for (const patch of [{}, { draftContent: 'y'.repeat(100) }]) {
			await assert.rejects(
				() => t.workshop.update(id, { ...patch, status: 'committed' }),
				(error) => isAppError(error, 'validation') && error.info.field === 'status',
			);
		}
		const { draftContent, status } = await t.store.read(({ drafts }) => drafts.get(id));
		assert.deepEqual([draftContent, status], ['x'.repeat(100), 'committed']);
	});

	it('stores no field that it does not know', async () => {
		const id = await draftAnswered(t, 'Hello');
		const before = await t.store.read(({ drafts }) => drafts.get(id));
		const more = { workshopChatId: 99, parentPromptName: 'auspex_default', metadata: { a: 1 }, revision: 7 };
		const after = await t.workshop.update(id, { draftName: 'Another name', ...more });
		const { workshopChatId, parentPromptName, metadata } = after;
		assert.deepEqual(
			{ workshopChatId, parentPromptName, metadata },
			{ workshopChatId: before.workshopChatId, parentPromptName: null, metadata: before.metadata },
		);
	});

	it('makes a draft of a text that became too short for its status', async () => {
		const id = await draftAnswered(t, 'Hello', 'x'.repeat(60));
		for (const status of ['testing', 'ready'] as const) {
			await t.workshop.update(id, { draftContent: 'x'.repeat(60), status });
			const still = await t.workshop.saveText(id, 'x'.repeat(50), { explicit: false });
			assert.equal(still.status, status);
			const { status: fallen } = await t.workshop.saveText(id, 'x'.repeat(49), { explicit: false });
			assert.equal(fallen, 'draft');
		}
		await t.workshop.update(id, { draftContent: 'x'.repeat(60), status: 'ready' });
		assert.equal((await t.workshop.update(id, { draftContent: ' '.repeat(60) })).status, 'draft');
	});

	it('names the field of a bad description', async () => {
		const id = await draftAnswered(t, 'Hello');
		await assert.rejects(
			() => t.workshop.update(id, { draftDescription: 'x'.repeat(501) }),
			(error) => isAppError(error, 'validation') && error.info.field === 'draftDescription',
		);
	});

	it('makes a version of an explicit save and none of an autosave', async () => {
		const id = await draftAnswered(t, 'Hello');
		await t.workshop.saveText(id, 'one', { explicit: false });
		await t.workshop.saveText(id, 'two', { explicit: true });
		await t.workshop.saveText(id, 'two', { explicit: true });
		const texts = await t.store.read(({ versions }) =>
			versions.list('draft', id).map((version) => versions.get(version.id).content),
		);
		assert.deepEqual(texts, ['two']);
	});

	it('holds the status rules', async () => {
		const id = await draftAnswered(t, 'Hello');
		await assert.rejects(
			() => t.workshop.update(id, { status: 'ready' }),
			(error) => isAppError(error, 'validation') && /50/.test(error.message),
		);
		await assert.rejects(
			() => t.workshop.update(id, { status: 'committed' }),
			(error) => isAppError(error, 'validation'),
		);
		const draft = await t.workshop.update(id, { draftContent: 'x'.repeat(50), status: 'ready' });
		assert.equal(draft.status, 'ready');
	});

	it('deletes a draft with its chat and results and puts all of it back', async () => {
		const id = await draftAnswered(t, 'Hello', 'x'.repeat(60));
		t.models.says('Answer');
		const run = await t.workshop.test(id, { testQuery: 'What changed lately?', topic: 'General' });
		await run.finished;
		const before = await t.store.read(({ drafts, chats, results }) => {
			const draft = drafts.get(id);
			return { draft, messages: chats.messages(draft.workshopChatId ?? -1), results: results.list(id) };
		});
		const trashId = await t.workshop.remove(id);
		await assert.rejects(
			() => t.store.read(({ drafts }) => drafts.get(id)),
			(error) => isAppError(error, 'not-found') && error.message === 'Draft not found or access denied',
		);
		await t.workshop.undoDelete(trashId);
		const after = await t.store.read(({ drafts, chats, results }) => {
			const draft = drafts.get(id);
			return { draft, messages: chats.messages(draft.workshopChatId ?? -1), results: results.list(id) };
		});
		assert.deepEqual(after, before);
	});

	it('restores a version and keeps the text before it', async () => {
		const id = await draftAnswered(t, 'Hello');
		await t.workshop.saveText(id, 'first text', { explicit: true });
		await t.workshop.saveText(id, 'second text', { explicit: false });
		const [version] = await t.store.read(({ versions }) => versions.list('draft', id));
		await t.workshop.restore(version?.id ?? -1);
		const state = await t.store.read(({ drafts, versions }) => ({
			text: drafts.get(id).draftContent,
			versions: versions.list('draft', id).map((one) => [one.reason, versions.get(one.id).content]),
		}));
		assert.deepEqual(state, {
			text: 'first text',
			versions: [
				['restore', 'first text'],
				['save', 'second text'],
				['save', 'first text'],
			],
		});
	});

	it('never deletes the default prompt', async () => {
		await assert.rejects(
			() => t.workshop.removePrompt('auspex_default'),
			(error) => isAppError(error, 'validation') && /default/.test(error.message),
		);
	});
});
