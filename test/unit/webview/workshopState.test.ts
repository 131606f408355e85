import assert from 'node:assert/strict';
import { foldParts } from '../../../src/common/foldParts.ts';
import { emptyTurn, turnText } from '../../../src/common/turn.ts';
import type { StreamPart } from '../../../src/common/streamParts.ts';
import type { RunView } from '../../../src/common/workshopProtocol.ts';
import { withPage } from '../../../src/webview/shared/pagedRows.ts';
import { noFilter } from '../../../src/common/workshopIntent.ts';
import {
	fromSnapshot,
	runOfKind,
	turnOf,
	withEarlier,
	withMessages,
	withParts,
	withResults,
	withRun,
} from '../../../src/webview/workshop/state.ts';
import {
	assistantMessage,
	detailsOf,
	resultFixture,
	snapshotFixture,
	userMessage,
} from '../../support/webview/workshopFixtures.ts';

const words = (...texts: string[]): StreamPart[] => texts.map((text) => ({ type: 'text', id: 'a', text }));

function run(patch: Partial<RunView> = {}): RunView {
	return {
		kind: 'chat',
		key: '2',
		model: 'scripted/model',
		isModel: true,
		query: '',
		topic: '',
		turn: emptyTurn,
		position: 0,
		elapsed: 500,
		...patch,
	};
}

const streaming = assistantMessage(2, emptyTurn, { status: 'streaming' });

describe('the page state of the Workshop', () => {
	it('follows a run whose parts come in batches', () => {
		let state = fromSnapshot(snapshotFixture({ messages: [userMessage(1, 'Hi'), streaming] }), 1000);
		state = withRun(state, run(), 1000);
		assert.equal(runOfKind(state, 'chat')?.since, 500);
		state = withParts(state, { key: '2', from: 0, parts: words('The ', 'answer') }) ?? state;
		const { turn, since } = turnOf(state, streaming);
		assert.equal(turnText(turn), 'The answer');
		assert.equal(since, 500);
	});

	it('skips parts that the snapshot had, and tells when parts are missing', () => {
		const turn = foldParts(words('a', 'b', 'c'));
		const state = fromSnapshot(snapshotFixture({ messages: [streaming], runs: [run({ turn, position: 3 })] }), 0);
		const overlapping = withParts(state, { key: '2', from: 1, parts: words('b', 'c', 'd') });
		assert.equal(overlapping && turnText(turnOf(overlapping, streaming).turn), 'abcd');
		const known = withParts(state, { key: '2', from: 0, parts: words('a', 'b') });
		assert.equal(known && turnText(turnOf(known, streaming).turn), 'abc');
		assert.equal(withParts(state, { key: '2', from: 4, parts: words('e') }), undefined);
		assert.equal(withParts(state, { key: '9', from: 0, parts: words('e') }), undefined);
	});

	it('shows the same turn before and after its message is stored', () => {
		const parts: StreamPart[] = [...words('The ', 'end'), { type: 'done', stopReason: 'stop' }];
		let state = fromSnapshot(snapshotFixture({ messages: [streaming], runs: [run()] }), 0);
		state = withParts(state, { key: '2', from: 0, parts }) ?? state;
		const live = turnOf(state, streaming);
		assert.equal(live.since, undefined);
		const stored = assistantMessage(2, foldParts(parts));
		state = withMessages(state, { changed: [stored], removed: [] });
		assert.equal(state.runs.size, 0);
		assert.deepEqual(turnOf(state, stored).turn, live.turn);
	});

	it('keeps messages in order, replaces changed ones and drops removed ones', () => {
		const messages = [1, 2, 3].map((id) => userMessage(id, `m${id}`));
		let state = fromSnapshot(snapshotFixture({ messages }), 0);
		state = withMessages(state, {
			changed: [userMessage(5, 'm5'), userMessage(2, 'new'), userMessage(4, 'm4')],
			removed: [3],
		});
		assert.deepEqual(
			state.messages.map(({ id, text }) => `${id}:${text}`),
			['1:m1', '2:new', '4:m4', '5:m5'],
		);
	});

	it('keeps earlier messages that were fetched when a new snapshot comes', () => {
		let state = fromSnapshot(snapshotFixture({ messages: [userMessage(9, 'm9')], earlier: 8 }), 0);
		state = withEarlier(state, { messages: [userMessage(7, 'm7'), userMessage(8, 'm8')], earlier: 6 });
		state = fromSnapshot(snapshotFixture({ messages: [userMessage(9, 'm9')], earlier: 8 }), 0, state);
		assert.deepEqual(
			state.messages.map(({ id }) => id),
			[7, 8, 9],
		);
		assert.equal(state.earlier, 6);
	});

	it('knows after a change of results, and after a gap, that the rows of the history may not hold', () => {
		const values = { topics: [], models: [], versions: [] };
		const page = { offset: 0, rows: [], matching: 0, total: 0, revision: 1, values };
		const history = withPage(undefined, noFilter, page);
		const state = { ...fromSnapshot(snapshotFixture(), 0), history };
		assert.equal(state.history.stale, false);
		const details = new Map([['a', detailsOf(resultFixture({ testId: 'a' }), null)]]);
		const event = { changed: ['c'], removed: ['a'], total: 2, recentQueries: ['q'] };
		const next = withResults({ ...state, details }, event);
		assert.equal(next.history?.stale, true);
		assert.equal(next.details.size, 0);
		assert.equal(next.resultCount, 2);
		assert.deepEqual(next.recentQueries, ['q']);
		assert.equal(fromSnapshot(snapshotFixture(), 0, state).history?.stale, true);
	});
});
