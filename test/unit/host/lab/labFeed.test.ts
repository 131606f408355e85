import assert from 'node:assert/strict';
import { turnText, turnThinking } from '../../../../src/common/turn.ts';
import { reduceLab, type LabState, type ShownFixture } from '../../../../src/common/labState.ts';
import { recordedTurn } from '../../../../src/common/recordedTurn.ts';
import { shownLimit } from '../../../../src/common/shownTurn.ts';
import { feedChanges } from '../../../../src/host/lab/labFeed.ts';
import { requestedMessages, shownState, fullText } from '../../../../src/host/lab/labShown.ts';
import type { LabSession } from '../../../../src/lab/session.ts';
import type { RunPart } from '../../../../src/providers/provider.ts';
import { assistant, conversationFixture, openSession, scriptedModels, settled, user } from '../../lab/support.ts';

const piece = 'word '.repeat(20_000);
const recorded = piece.repeat(7);

function* pieces(): Generator<RunPart> {
	for (const type of ['thinking', 'text'] as const) {
		for (let index = 0; index < 20; index++) {
			yield { type, id: type, text: piece };
		}
	}
	yield { type: 'done', stopReason: 'stop' };
}

const open = (): LabSession =>
	openSession(
		scriptedModels(() => pieces()),
		conversationFixture([user('Go'), assistant('It is.'), user('On'), assistant(recorded)]),
	);

/** A page that follows a session while it answers; what it was sent, in characters and changes. */
async function follow(session: LabSession): Promise<{ page: LabState<ShownFixture>; sent: number; count: number }> {
	let page = shownState(session.state);
	let sent = 0;
	let count = 0;
	const feed = feedChanges(session, (changes) => {
		sent += JSON.stringify(changes).length;
		count += changes.length;
		page = changes.reduce(reduceLab, page);
	});
	await session.regenerate('0/0');
	await settled(session);
	feed.flush();
	feed.dispose();
	return { page, sent, count };
}

describe('what the page of the Lab is sent', () => {
	it('is the beginning of long texts, the same part by part and in a snapshot; the session keeps the whole [fault 13]', async () => {
		const session = open();
		const { page, sent } = await follow(session);
		assert.deepEqual(page, shownState(session.state));
		assert.ok(sent < 2 * shownLimit + 20_000, `${sent} characters`);
		const whole = 20 * piece.length;
		const turn = page.takes[0]!.steps[0]!.turn;
		assert.deepEqual(turn.omitted, { 0: whole - shownLimit, 1: whole - shownLimit });
		const kept = session.state.takes[0]!.steps[0]!.turn;
		assert.deepEqual([turnThinking(kept).length, turnText(kept).length], [whole, whole]);
		session.dispose();
	});

	it('is the same when a long text turns out to be thinking', async () => {
		const session = openSession(
			scriptedModels(function* (): Generator<RunPart> {
				yield* Array.from({ length: 10 }, (): RunPart => ({ type: 'text', id: 'a', text: piece }));
				yield { type: 'reclassify', id: 'a', as: 'thinking' };
				yield { type: 'text', id: 'b', text: 'Yes.' };
				yield { type: 'done', stopReason: 'stop' };
			}),
			conversationFixture([user('Go'), assistant('It is.')]),
		);
		const { page } = await follow(session);
		assert.deepEqual(page, shownState(session.state));
		const { id, steps } = session.state.takes[0]!;
		assert.deepEqual([turnThinking(steps[0]!.turn), turnText(steps[0]!.turn)], [piece.repeat(10), 'Yes.']);
		assert.equal(fullText(session.state, { of: id, index: 0, block: 0 }), piece.repeat(10));
		session.dispose();
	});

	it('is one change for the pieces of a text that came together', async () => {
		const session = openSession(
			scriptedModels(function* (): Generator<RunPart> {
				for (const [index, id] of ['a', 'a', 'b', 'b'].entries()) {
					yield* Array.from({ length: 500 }, (): RunPart => ({ type: 'text', id, text: 'word ', at: index }));
				}
				yield { type: 'done', stopReason: 'stop' };
			}),
			conversationFixture([user('Go'), assistant('It is.')]),
		);
		const { page, count } = await follow(session);
		assert.deepEqual(page, shownState(session.state));
		assert.ok(count < 100, `${count} changes`);
		session.dispose();
	});

	it('is no recorded message in a snapshot, and those that it asks for, of a long one the beginning', () => {
		const session = open();
		const { state } = session;
		const [conversation] = shownState(state).fixture.sections[0]!.conversations;
		assert.deepEqual(conversation, { label: 'c0', count: 4, tools: false, unanswered: false });
		const [recorded, long] = requestedMessages(state, { column: '0/0', indices: [1, 3] });
		assert.deepEqual(recorded, state.fixture.sections[0]!.conversations[0]!.messages[1]);
		assert.equal(recordedTurn(long!).omitted?.[0], piece.length * 7 - shownLimit);
		for (const [column, index] of [
			['0/0', 4],
			['0/1', 0],
			['x', 0],
		] as const) {
			assert.throws(() => requestedMessages(state, { column, indices: [index] }), { code: 'not-found' });
		}
		session.dispose();
	});

	it('is as many messages at once as make a bearable reply, one at least', () => {
		const half = 'x'.repeat(shownLimit);
		const session = openSession(
			scriptedModels(() => pieces()),
			conversationFixture([user(half), assistant(half), user(half), assistant('end')]),
		);
		const ask = (indices: number[]) => requestedMessages(session.state, { column: '0/0', indices }).length;
		assert.equal(ask([0, 1, 2, 3]), 2);
		assert.equal(ask([2, 3]), 2);
		assert.equal(ask([0]), 1);
		session.dispose();
	});

	it('leaves every whole text to be opened, new and recorded', async () => {
		const session = open();
		await follow(session);
		const { state } = session;
		assert.equal(fullText(state, { of: 'take1', index: 0, block: 1 }), piece.repeat(20));
		assert.equal(fullText(state, { of: '0/0', index: 3, block: 0 }), recorded);
		for (const gone of [
			{ of: 'dismissed', index: 0, block: 0 },
			{ of: 'take1', index: 1, block: 0 },
			{ of: 'take1', index: 0, block: 2 },
			{ of: '0/0', index: 4, block: 0 },
		]) {
			assert.throws(() => fullText(state, gone), { code: 'not-found' });
		}
		session.dispose();
	});
});
