import assert from 'node:assert/strict';
import { isAppError } from '../../../src/common/errors.ts';
import type { Message } from '../../../src/common/model.ts';
import type { StreamPart } from '../../../src/common/streamParts.ts';
import { eventually } from '../../support/eventually.ts';
import { sleep } from '../../support/sleep.ts';
import { testWorkshop, type TestWorkshop } from '../../support/workshop/testWorkshop.ts';

async function started(t: TestWorkshop): Promise<{ draftId: number; chatId: number }> {
	t.models.says('What is it for?');
	const { draft, chatId, run } = await t.workshop.start({ draftName: 'Release analyst' });
	await run.finished;
	return { draftId: draft.id, chatId };
}

function messagesOf(t: TestWorkshop, chatId: number): Promise<Message[]> {
	return t.store.read(({ chats }) => chats.messages(chatId));
}

describe('chat', () => {
	let t: TestWorkshop;
	beforeEach(async () => {
		t = await testWorkshop();
	});
	afterEach(() => t.dispose());

	it('sends the chat so far, with the draft as it is now', async () => {
		const { draftId } = await started(t);
		await t.workshop.update(draftId, { draftContent: 'You answer questions about releases of Node.js.' });
		t.models.says('Good.');
		await (
			await t.workshop.send(draftId, 'Make it shorter')
		).finished;
		const request = t.models.requests.at(-1);
		assert.deepEqual(
			request?.messages.map(({ role }) => role),
			['user', 'assistant', 'user'],
		);
		assert.match(request?.system ?? '', /You answer questions about releases of Node\.js\./);
	});

	it('yields parts, then done exactly once and last, and stores what it yielded', async () => {
		const { draftId, chatId } = await started(t);
		t.models.says('Short now.', { type: 'thinking', id: 'a', text: 'Shorten.' });
		const run = await t.workshop.send(draftId, 'Make it shorter');
		const parts: StreamPart[] = [];
		for await (const part of run.parts()) {
			parts.push(part);
		}
		assert.deepEqual(
			parts.map(({ type }) => type),
			['thinking', 'text', 'done'],
		);
		assert.deepEqual((await messagesOf(t, chatId)).at(-1)?.parts?.blocks, run.turn.blocks);
	});

	it('stores text that turns out to be thinking as thinking, at once and in the end', async () => {
		const { draftId, chatId } = await started(t);
		let arrived = () => {};
		const turned = new Promise<void>((resolve) => {
			arrived = resolve;
		});
		let goOn = () => {};
		const held = new Promise<void>((resolve) => {
			goOn = resolve;
		});
		t.models.answer(
			{ type: 'text', id: 'a', text: 'They want it shorter.' },
			{ type: 'reclassify', id: 'a', as: 'thinking' },
			() => {
				arrived();
				return held;
			},
			{ type: 'text', id: 'b', text: 'Short now.' },
			{ type: 'done', stopReason: 'stop' },
		);
		const run = await t.workshop.send(draftId, 'Make it shorter');
		await turned;
		const streaming = (await messagesOf(t, chatId)).at(-1);
		assert.deepEqual(
			[streaming?.status, streaming?.content, streaming?.thinking],
			['streaming', '', 'They want it shorter.'],
		);
		goOn();
		await run.finished;
		const stored = (await messagesOf(t, chatId)).at(-1);
		assert.deepEqual([stored?.content, stored?.thinking], ['Short now.', 'They want it shorter.']);
		assert.deepEqual(stored?.parts?.blocks, run.turn.blocks);
		assert.deepEqual(
			run.turn.blocks.map(({ type }) => type),
			['thinking', 'text'],
		);
	});

	it('keeps what arrived when it is stopped', async () => {
		const { draftId, chatId } = await started(t);
		let arrived = () => {};
		const half = new Promise<void>((resolve) => {
			arrived = resolve;
		});
		t.models.answer({ type: 'text', id: 't', text: 'Half an' }, () => {
			arrived();
			return new Promise(() => undefined);
		});
		const run = await t.workshop.send(draftId, 'Write it');
		await half;
		run.stop();
		await run.finished;
		const last = (await messagesOf(t, chatId)).at(-1);
		assert.equal(last?.status, 'stopped');
		assert.equal(last?.content, 'Half an');
		assert.equal(last?.parts?.stopReason, 'cancelled');
		assert.equal(last?.parts?.error, undefined);
	});

	it('appends streamed text to the store before the end', async () => {
		const { draftId, chatId } = await started(t);
		let release = () => {};
		const held = new Promise<void>((resolve) => {
			release = resolve;
		});
		const pause = () => sleep(600, 'longer than the store waits between two pieces');
		t.models.answer(
			{ type: 'text', id: 't', text: 'One ' },
			pause,
			{ type: 'text', id: 't', text: 'two ' },
			() => held,
			{ type: 'text', id: 't', text: 'three' },
			{ type: 'done', stopReason: 'stop' },
		);
		const run = await t.workshop.send(draftId, 'Count');
		await eventually(async () => {
			const during = (await messagesOf(t, chatId)).at(-1);
			assert.deepEqual([during?.content, during?.status], ['One two ', 'streaming']);
		});
		release();
		await run.finished;
		assert.equal((await messagesOf(t, chatId)).at(-1)?.content, 'One two three');
	});

	it('stores a burst within a second, also when the model then falls silent', async () => {
		const { draftId, chatId } = await started(t);
		t.models.answer({ type: 'text', id: 't', text: 'One ' }, { type: 'text', id: 't', text: 'two ' }, () =>
			Promise.race([]),
		);
		const run = await t.workshop.send(draftId, 'Count');
		await eventually(async () => assert.equal((await messagesOf(t, chatId)).at(-1)?.content, 'One two '), 1_000);
		run.stop();
		await run.finished;
	});

	it('goes on with an answer that a new window took for interrupted', async () => {
		const { draftId, chatId } = await started(t);
		t.models.answer(
			{ type: 'text', id: 't', text: 'One ' },
			() => t.store.write(({ chats }) => chats.markInterrupted([])),
			{ type: 'text', id: 't', text: 'two ' },
			() => sleep(700, 'longer than the store waits between two pieces'),
			{ type: 'text', id: 't', text: 'three' },
			{ type: 'done', stopReason: 'stop' },
		);
		const run = await t.workshop.send(draftId, 'Count');
		await run.finished;
		const last = (await messagesOf(t, chatId)).at(-1);
		assert.deepEqual([last?.content, last?.status, run.turn.error], ['One two three', 'complete', undefined]);
	});

	it('edits and resends: later messages go', async () => {
		const { draftId, chatId } = await started(t);
		t.models.says('First answer');
		await (
			await t.workshop.send(draftId, 'First question')
		).finished;
		const question = (await messagesOf(t, chatId)).findLast(({ role }) => role === 'user');
		t.models.says('Second answer');
		await (
			await t.workshop.resend(draftId, question?.id ?? -1, 'Second question')
		).finished;
		const contents = (await messagesOf(t, chatId)).slice(2).map(({ content }) => content);
		assert.deepEqual(contents, ['What is it for?', 'Second question', 'Second answer']);
	});

	it('takes a message right after an answer whose claim is still being given back', async () => {
		const { draftId, chatId } = await started(t);
		const taken = new Set<string>();
		let giveBack = () => undefined as void;
		t.store.claims.take = async (name) => {
			if (taken.has(name)) {
				return undefined;
			}
			taken.add(name);
			return () =>
				new Promise((resolve) => {
					giveBack = () => {
						taken.delete(name);
						resolve();
					};
				});
		};
		t.models.says('First answer');
		await (
			await t.workshop.send(draftId, 'First question')
		).finished;
		t.models.says('Second answer');
		const second = t.workshop.send(draftId, 'Second question');
		// Long enough for a claim that is not waited for to be refused.
		for (let turn = 0; turn < 100; turn++) {
			await new Promise((resolve) => setImmediate(resolve));
		}
		giveBack();
		await (
			await second
		).finished;
		assert.equal((await messagesOf(t, chatId)).at(-1)?.content, 'Second answer');
	});

	it('gives native blocks back to the model they came from', async () => {
		const { draftId } = await started(t);
		const native = { provider: 'scripted', model: 'model', blocks: [{ type: 'thinking', signature: 'abc' }] };
		t.models.says('Signed', { type: 'native', native });
		await (
			await t.workshop.send(draftId, 'Think')
		).finished;
		t.models.says('Again');
		await (
			await t.workshop.send(draftId, 'More')
		).finished;
		const sent = t.models.requests.at(-1)?.messages ?? [];
		assert.deepEqual(sent.at(-2)?.native, native);
	});

	it('gives nobody the native blocks of another model than the one that the chat shows [attack 19]', async () => {
		const { draftId } = await started(t);
		const native = { provider: 'scripted', model: 'other', blocks: [{ type: 'text', text: 'CANARY' }] };
		t.models.says('Answer', { type: 'native', native });
		await (
			await t.workshop.send(draftId, 'Think')
		).finished;
		t.models.says('Again');
		await (
			await t.workshop.send(draftId, 'More')
		).finished;
		assert.ok(!JSON.stringify(t.models.requests.at(-1)).includes('CANARY'));
	});

	it('refuses an empty message, a second answer at a time, and a retry of a complete one', async () => {
		const { draftId } = await started(t);
		const refusal = (error: unknown) => isAppError(error, 'validation');
		await assert.rejects(() => t.workshop.send(draftId, '  \n'), refusal);
		await assert.rejects(() => t.workshop.retry(draftId), refusal);
		t.models.answer(() => new Promise(() => undefined));
		const run = await t.workshop.send(draftId, 'Wait');
		await assert.rejects(() => t.workshop.send(draftId, 'And now?'), refusal);
		run.stop();
		await run.finished;
	});

	it('refuses the second of two messages that are sent at once, and stores nothing of it', async () => {
		const { draftId, chatId } = await started(t);
		const before = (await messagesOf(t, chatId)).length;
		t.models.says('Heard');
		t.models.says('Heard twice');
		const sent = await Promise.allSettled([t.workshop.send(draftId, 'One'), t.workshop.send(draftId, 'Two')]);
		assert.deepEqual(
			sent.map(({ status }) => status),
			['fulfilled', 'rejected'],
		);
		const [first, second] = sent;
		assert.ok(second?.status === 'rejected' && isAppError(second.reason, 'validation'));
		assert.ok(first?.status === 'fulfilled');
		await first.value.finished;
		assert.deepEqual(
			(await messagesOf(t, chatId)).slice(before).map(({ content }) => content),
			['One', 'Heard'],
		);
		await (
			await t.workshop.send(draftId, 'Two')
		).finished;
		assert.equal((await messagesOf(t, chatId)).at(-1)?.content, 'Heard twice');
	});

	it('refuses a message while the first answer of its chat waits for a model', async () => {
		let choose: (model: string) => void = () => {};
		const chosen = new Promise<string>((resolve) => {
			choose = resolve;
		});
		const waiting = await testWorkshop({ chooseModel: () => chosen });
		try {
			waiting.models.says('Hello');
			const starting = waiting.workshop.start({ draftName: 'Release analyst' });
			const drafts = await eventually(async () => {
				const listed = await waiting.store.read((repositories) => repositories.drafts.list());
				assert.ok(listed.length > 0);
				return listed;
			});
			await assert.rejects(
				() => waiting.workshop.send(drafts[0]?.id ?? 0, 'Me too'),
				(error) => isAppError(error, 'validation'),
			);
			choose('scripted/model');
			await (
				await starting
			).run.finished;
		} finally {
			await waiting.dispose();
		}
	});

	it('is free for a message again after one that could not be sent', async () => {
		const { draftId } = await started(t);
		const other = await t.store.write(({ drafts }) =>
			drafts.create({ draftName: null, draftContent: '', now: new Date().toISOString() }),
		);
		await assert.rejects(() => t.workshop.send(other.id, 'No chat'), /has no workshop chat/);
		await assert.rejects(() => t.workshop.send(other.id, 'No chat'), /has no workshop chat/);
		t.models.says('Still here');
		await (
			await t.workshop.send(draftId, 'And this one?')
		).finished;
	});

	for (const [stopReason, status] of [
		['length', 'truncated'],
		['refusal', 'refused'],
		['tools', 'tools'],
	] as const) {
		it(`stores an answer that ends with ${stopReason} as ${status}, which can be retried`, async () => {
			const { draftId, chatId } = await started(t);
			t.models.answer(
				{ type: 'answered', model: 'scripted/fallback' },
				{ type: 'text', id: 't', text: 'Some' },
				{ type: 'done', stopReason },
			);
			await (
				await t.workshop.send(draftId, 'Write it')
			).finished;
			const last = (await messagesOf(t, chatId)).at(-1);
			assert.deepEqual([last?.status, last?.answeredModel], [status, 'scripted/fallback']);
			t.models.says('All of it');
			await (
				await t.workshop.retry(draftId)
			).finished;
			const retried = (await messagesOf(t, chatId)).at(-1);
			assert.deepEqual(
				[retried?.content, retried?.status, retried?.answeredModel],
				['All of it', 'complete', null],
			);
		});
	}

	it('marks an answer as interrupted whose process ended, and keeps one that still runs [fault 7]', async () => {
		const { draftId, chatId } = await started(t);
		const now = new Date().toISOString();
		const lost = await t.store.write(({ chats }) => {
			const message = chats.addMessage({ chatId, role: 'assistant', content: '', status: 'streaming', now });
			chats.appendToMessage(message.id, { content: 'Half an ans' });
			return message.id;
		});
		t.models.answer(() => new Promise(() => undefined));
		const run = await t.workshop.send(draftId, 'Still there?');
		await t.workshop.tidy();
		const messages = await messagesOf(t, chatId);
		assert.deepEqual(
			[lost, Number(run.key)].map((id) => messages.find((message) => message.id === id)?.status),
			['interrupted', 'streaming'],
		);
		assert.equal(messages.find(({ id }) => id === lost)?.content, 'Half an ans');
		run.stop();
		await run.finished;
	});
});
