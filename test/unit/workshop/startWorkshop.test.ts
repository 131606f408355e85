import assert from 'node:assert/strict';
import { AppError, isAppError } from '../../../src/common/errors.ts';
import type { LiveRun } from '../../../src/workshop/liveRuns.ts';
import { defaultPromptName } from '../../../src/common/model.ts';
import { readPromptMetadata } from '../../../src/prompts/promptMetadata.ts';
import { testWorkshop, type TestWorkshop } from '../../support/workshop/testWorkshop.ts';

describe('startWorkshop', () => {
	let t: TestWorkshop;
	beforeEach(async () => {
		t = await testWorkshop();
	});
	afterEach(() => t.dispose());

	it('makes a draft and a chat with meta-prompt, opening message and the streamed answer', async () => {
		t.models.says('Who reads the answers?', { type: 'thinking', id: 'a', text: 'Audience is open.' });
		const { draft, chatId, run } = await t.workshop.start({
			draftName: 'Release analyst',
			requirements: 'Tell managers what a release breaks',
		});
		await run.finished;
		const messages = await t.store.read(({ chats }) => chats.messages(chatId));
		assert.deepEqual(
			messages.map(({ role, status }) => [role, status]),
			[
				['system', 'complete'],
				['user', 'complete'],
				['assistant', 'complete'],
			],
		);
		assert.match(messages[1]?.content ?? '', /Tell managers what a release breaks/);
		assert.equal(messages[2]?.content, 'Who reads the answers?');
		assert.equal(messages[2]?.thinking, 'Audience is open.');
		assert.deepEqual(
			messages[2]?.parts?.blocks.map(({ type }) => type),
			['thinking', 'text'],
		);
		assert.equal(draft.workshopChatId, chatId);
		assert.equal(draft.status, 'draft');
		assert.equal(draft.draftContent, '');
	});

	it('begins with a template: its text, kind and metadata are those of the draft and of its first version', async () => {
		t.models.says('What should change?');
		const variables = [{ name: 'team', type: 'text', default: 'Platform' }];
		const { draft, chatId, run } = await t.workshop.start({
			draftName: 'Our reviewer',
			startingPrompt: 'You review changes of the team {{team}} and report defects only.',
			templateTitle: 'Code\nreviewer',
			kind: 'assistant',
			metadata: { kind: 'agent', variables, questions: ['What is wrong here?'] },
		});
		await run.finished;
		const { kind, questions, variables: kept } = readPromptMetadata(draft.metadata);
		assert.deepEqual([kind, questions, kept], ['assistant', ['What is wrong here?'], variables]);
		assert.equal(draft.parentPromptName, null);
		const [version] = await t.store.read(({ versions }) => versions.list('draft', draft.id));
		assert.deepEqual(version?.metadata, { kind: 'assistant', variables });
		const [system, opening] = await t.store.read(({ chats }) => chats.messages(chatId));
		assert.match(opening?.content ?? '', /^Modify the existing 'Code reviewer' prompt\./);
		assert.match(system?.content ?? '', /began as a copy of the prompt "Code reviewer"/);
	});

	it('keeps draft and chat when no model is chosen, and Retry asks again', async () => {
		let refuse = true;
		t.context.chooseModel = () =>
			refuse ? Promise.reject(new AppError('cancelled', 'closed')) : Promise.resolve('scripted/model');
		const { draft, chatId, run } = await t.workshop.start({ draftName: 'Release analyst' });
		await run.finished;
		const failed = (await t.store.read(({ chats }) => chats.messages(chatId))).at(-1);
		assert.equal(failed?.status, 'failed');
		assert.match(failed?.parts?.error?.message ?? '', /No model was chosen/);
		assert.equal(t.models.requests.length, 0, 'nothing may be sent before the choice');

		refuse = false;
		t.models.says('Hello');
		const retried = await t.workshop.retry(draft.id);
		await retried.finished;
		const messages = await t.store.read(({ chats }) => chats.messages(chatId));
		assert.deepEqual(
			messages.map(({ role }) => role),
			['system', 'user', 'assistant'],
		);
		assert.equal(messages.at(-1)?.content, 'Hello');
	});

	it('goes on with the model that the chat was begun with, until a message names another', async () => {
		const models = async (work: Promise<LiveRun>) => {
			const run = await work;
			await run.finished;
			return run.model;
		};
		for (let count = 0; count < 5; count++) {
			t.models.says('Hello');
		}
		const { draft, run } = await t.workshop.start({ draftName: 'Sample', model: 'offline/guide' });
		await run.finished;
		assert.equal(await models(t.workshop.send(draft.id, 'Go on')), 'offline/guide');
		assert.equal(await models(t.workshop.send(draft.id, 'Go on', { model: 'other/model' })), 'other/model');
		assert.equal(await models(t.workshop.send(draft.id, 'Go on')), 'offline/guide');

		const plain = await t.workshop.start({ draftName: 'Plain' });
		await plain.run.finished;
		assert.equal(await models(t.workshop.send(plain.draft.id, 'Go on')), 'scripted/model');
	});

	it('stores the error of a model that fails', async () => {
		t.models.answer(
			{ type: 'text', id: 't', text: 'Half' },
			{ type: 'error', code: 'overloaded', message: 'Overloaded', retryable: true },
			{ type: 'done', stopReason: 'error' },
		);
		const { chatId, run } = await t.workshop.start({ draftName: 'Release analyst' });
		await run.finished;
		const last = (await t.store.read(({ chats }) => chats.messages(chatId))).at(-1);
		assert.equal(last?.status, 'failed');
		assert.equal(last?.content, 'Half');
		assert.equal(last?.parts?.error?.code, 'overloaded');
	});

	it('refuses a short name and changes nothing', async () => {
		await assert.rejects(
			() => t.workshop.start({ draftName: 'ab' }),
			(error) => isAppError(error, 'validation') && /2/.test(error.message),
		);
		assert.equal((await t.store.read(({ drafts }) => drafts.list())).length, 0);
	});

	it('refuses a model that is not written as one before anything is stored', async () => {
		for (const model of ['no slash', 'noslash', '/model', 'a/b c']) {
			await assert.rejects(
				() => t.workshop.start({ draftName: 'Release analyst', model }),
				(error) => isAppError(error, 'validation') && error.info.field === 'model',
			);
		}
		assert.equal((await t.store.read(({ drafts }) => drafts.list())).length, 0);
	});

	it('clones a prompt as "Modified <title>" with its text and its parent', async () => {
		t.models.says('What shall change?');
		const { draft, chatId, run } = await t.workshop.clone(defaultPromptName);
		await run.finished;
		const parent = await t.store.read(({ prompts }) => prompts.get(defaultPromptName));
		assert.equal(draft.draftName, `Modified ${parent.title}`);
		assert.equal(draft.draftContent, parent.content);
		assert.equal(draft.parentPromptName, defaultPromptName);
		const opening = (await t.store.read(({ chats }) => chats.messages(chatId)))[1];
		assert.match(opening?.content ?? '', new RegExp(`Modify the existing '${parent.title}' prompt`));
	});

	it('names a draft that is started from a prompt as a clone is named, cut to what a name may have', async () => {
		const title = `${'A long title '.repeat(7)}end`;
		const content = 'x'.repeat(100);
		await t.workshop.addPrompt({ name: 'long_title', title, content });
		t.models.says('What shall change?');
		t.models.says('What shall change?');
		const { draft, run } = await t.workshop.start({ parentPromptName: 'long_title' });
		const named = await t.workshop.start({ parentPromptName: 'long_title', draftName: 'My own name' });
		await Promise.all([run.finished, named.run.finished]);
		assert.equal(draft.draftName, `Modified ${title}`.slice(0, 100));
		assert.equal(named.draft.draftName, 'My own name');
	});
});
