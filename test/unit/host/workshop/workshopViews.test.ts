import assert from 'node:assert/strict';
import { isAppError } from '../../../../src/common/errors.ts';
import { foldParts } from '../../../../src/common/foldParts.ts';
import { turnText, turnThinking } from '../../../../src/common/turn.ts';
import type { Draft, Message, PromptVersion } from '../../../../src/common/model.ts';
import { shownLimit } from '../../../../src/common/shownTurn.ts';
import { chatPage, historyPage } from '../../../../src/common/workshopProtocol.ts';
import { textHash } from '../../../../src/disk/textHash.ts';
import { longestText } from '../../../../src/host/kit/messageShapes.ts';
import { workshopParsers } from '../../../../src/host/workshop/workshopMessages.ts';
import {
	draftView,
	messageFingerprint,
	messageTurn,
	messageView,
	newestPage,
	previousResult,
	recentQueries,
	resultRow,
} from '../../../../src/host/workshop/workshopViews.ts';
import { newIntent, noFilter } from '../../../../src/common/workshopIntent.ts';
import { resultFixture } from '../../../support/webview/workshopFixtures.ts';

const draft: Draft = {
	id: 1,
	userId: 'local',
	draftName: 'Name',
	draftDescription: null,
	draftContent: 'x'.repeat(120),
	status: 'draft',
	parentPromptName: null,
	workshopChatId: 2,
	revision: 1,
	metadata: {},
	contentLength: 120,
	testCount: 0,
	averageRating: null,
	createdAt: '2026-11-20T10:00:00.000Z',
	updatedAt: '2026-11-20T10:00:00.000Z',
};

function version(id: number, text: string): PromptVersion {
	return {
		id,
		ownerKind: 'draft',
		ownerId: 1,
		contentHash: textHash(text),
		reason: 'save',
		author: 'user',
		label: null,
		metadata: {},
		createdAt: '2026-11-20T10:00:00.000Z',
	};
}

const message: Message = {
	id: 7,
	chatId: 2,
	role: 'assistant',
	content: 'Half',
	thinking: 'Hm',
	parts: null,
	providerBlocks: null,
	model: 'a/b',
	answeredModel: null,
	status: 'streaming',
	usage: null,
	requestRef: null,
	createdAt: '2026-11-20T10:00:00.000Z',
};

const silent = { lastBlock: undefined, nextSteps: [], suggestedQuestion: undefined };

describe('what the Workshop page is shown', () => {
	it('says why a draft cannot be tested or committed', () => {
		const short = draftView({ ...draft, draftContent: 'x'.repeat(60) }, [], silent);
		assert.equal(short.testBlocked, null);
		assert.match(short.commitBlocked ?? '', /at least 100 characters.*has 60/);
		assert.match(draftView({ ...draft, draftContent: '' }, [], silent).testBlocked ?? '', /at least 50/);
		assert.equal(draftView(draft, [], silent).commitBlocked, null);
	});

	it('says of each tool what its calls are answered with', () => {
		const tools = [
			{ name: 'a', description: 'A', result: 'x' },
			{ name: 'b', result: 'x', isError: true, results: [{ when: {}, result: 'y' }] },
			{ name: 'c' },
		];
		const view = draftView({ ...draft, metadata: { tools, promptRole: 'user' } }, [], silent);
		assert.equal(view.promptRole, 'user');
		assert.deepEqual(view.tools, [
			{ name: 'a', description: 'A', results: 0, otherwise: 'result' },
			{ name: 'b', description: '', results: 1, otherwise: 'error' },
			{ name: 'c', description: '', results: 0, otherwise: 'none' },
		]);
	});

	it('calls a block new until it was once the text of the draft', () => {
		const isNew = (block: string | undefined, versions: PromptVersion[] = []) =>
			draftView(draft, versions, { ...silent, lastBlock: block }).newBlock;
		assert.equal(isNew(undefined), false);
		assert.equal(isNew('fresh'), true);
		assert.equal(isNew(draft.draftContent), false);
		assert.equal(isNew('fresh', [version(1, 'fresh')]), false);
	});

	it('shows an answer that a crash cut off from what was saved of it', () => {
		const { turn } = messageView({ ...message, status: 'interrupted' }, false);
		assert.equal(turnText(turn), 'Half');
		assert.equal(turnThinking(turn), 'Hm');
	});

	it('leaves a streaming answer to its run, and marks its end', () => {
		assert.deepEqual(messageView(message, true).turn, { blocks: [] });
		const grown = { ...message, content: 'Half and more' };
		assert.equal(messageFingerprint(message, true), messageFingerprint(grown, true));
		assert.notEqual(messageFingerprint(message, false), messageFingerprint(grown, false));
		assert.notEqual(
			messageFingerprint(message, true),
			messageFingerprint({ ...message, status: 'complete' }, false),
		);
		const parts = foldParts([{ type: 'text', id: 'a', text: 'All' }]);
		assert.equal(messageView({ ...message, parts, status: 'complete' }, false).turn, parts);
	});

	it('is of a long answer its beginning, while the whole of it stays to be opened', () => {
		const content = 'x'.repeat(10_000_000);
		const long = { ...message, content, thinking: content, status: 'complete' as const };
		const { turn } = messageView(long, false);
		assert.equal(turnText(turn).length, shownLimit);
		assert.equal(turnThinking(turn).length, shownLimit);
		assert.deepEqual(turn.omitted, { 0: content.length - shownLimit, 1: content.length - shownLimit });
		assert.equal(turnText(messageTurn(long)), content);
	});

	it('gets the newest messages together, and fewer where they are long', () => {
		const of = (length: number) =>
			Array.from({ length: 50 }, (_, id) => ({ ...message, id, content: 'x'.repeat(length) }));
		assert.deepEqual(
			newestPage(of(100)).map(({ id }) => id),
			Array.from({ length: chatPage }, (_, index) => 50 - chatPage + index),
		);
		assert.equal(newestPage(of(shownLimit / 4)).length, 4);
		assert.equal(newestPage(of(shownLimit * 2)).length, 1);
		assert.deepEqual(newestPage([]), []);
	});

	it('compares with an older result of the same question; the guide takes no part on either side', () => {
		const of = (testId: string, query: string, patch = {}) => resultFixture({ testId, query, ...patch });
		const newest = of('5', 'same');
		const results = [
			of('6', 'same'),
			newest,
			of('4', 'same', { model: 'scripted/guide', isModel: false }),
			of('3', 'other'),
			of('2', 'same', { fullResponseStored: false }),
			of('1', 'same'),
		];
		assert.equal(previousResult(results, newest)?.testId, '1');
		assert.equal(previousResult(results.slice(0, 5), newest)?.testId, '3');
		assert.equal(previousResult(results.slice(0, 3), newest), undefined);
		assert.equal(previousResult(results, results[2]!), undefined);
		assert.deepEqual(recentQueries(results), ['same', 'other']);
		assert.deepEqual(recentQueries(results, ['proposed', 'other']), ['same', 'other', 'proposed']);
	});

	it('numbers versions from the oldest', () => {
		const versions = [version(9, 'c'), version(4, 'b'), version(3, 'a')];
		assert.equal(resultRow(resultFixture({ versionId: 3 }), versions).version, 1);
		assert.equal(resultRow(resultFixture({ versionId: 9 }), versions).version, 3);
		assert.equal(resultRow(resultFixture({ versionId: 1 }), versions).version, null);
	});

	it('tells a test of another window from one of this and from one whose process ended', () => {
		const open = resultFixture({ testId: 'a', status: 'interrupted', stopReason: null });
		assert.equal(resultRow(open, []).elsewhere, true);
		assert.equal(resultRow(open, [], ['a']).elsewhere, false);
		assert.equal(resultRow({ ...open, stopReason: 'unknown' }, []).elsewhere, false);
		assert.equal(resultRow({ ...open, status: 'complete', stopReason: null }, []).elsewhere, false);
	});

	it('cuts a preview between characters, not inside one', () => {
		const { preview } = resultRow(resultFixture({ responsePreview: `x${'😀'.repeat(200)}` }), []);
		assert.ok(preview.length <= 200);
		assert.doesNotThrow(() => encodeURIComponent(preview));
	});
});

describe('requests of the Workshop page', () => {
	const refused = (work: () => unknown) => assert.throws(work, (error) => isAppError(error, 'validation'));

	it('are taken in their form', () => {
		assert.deepEqual(workshopParsers.rate({ testId: 'a', userRating: null }), { testId: 'a', userRating: null });
		assert.deepEqual(workshopParsers.update({ status: 'ready' }), { status: 'ready' });
		assert.equal(workshopParsers.snapshot(null), null);
	});

	it('are refused in any other [attack 8]', () => {
		refused(() => workshopParsers.send({ text: 7 }));
		refused(() => workshopParsers.send({ text: 'x'.repeat(longestText + 1) }));
		refused(() => workshopParsers.send({ text: 'x', draftId: 2 }));
		refused(() => workshopParsers.send(JSON.parse('{"text":"x","__proto__":{"a":1}}')));
		refused(() => workshopParsers.update({ status: 'published' }));
		refused(() => workshopParsers.action({ action: 'workbench.action.quit' }));
		refused(() => workshopParsers.action({ action: 'constructor' }));
		refused(() => workshopParsers.result({ testId: '../../secrets'.repeat(10) }));
		refused(() => workshopParsers.resend({ messageId: 1.5, text: 'x' }));
		refused(() => workshopParsers.earlier(null));
		const history = { offset: 0, count: historyPage, filter: noFilter };
		assert.deepEqual(workshopParsers.history(history), history);
		refused(() => workshopParsers.history({ ...history, count: historyPage + 1 }));
		refused(() => workshopParsers.history({ ...history, offset: -1 }));
		refused(() => workshopParsers.history({ ...history, filter: { ...noFilter, sql: '' } }));
	});

	it('keep of an intent what has its form, and nothing else', () => {
		const intent = { ...newIntent(1), composer: 'half a sen' };
		assert.deepEqual(workshopParsers.keepIntent({ intent: { ...intent, at: 'soon', evil: 'x' } }), { intent });
		refused(() => workshopParsers.keepIntent({ intent: 'x'.repeat(100) }));
		refused(() => workshopParsers.keepIntent({ intent: { composer: 'of no draft' } }));
	});

	it('say what was expected and nothing of what came', () => {
		try {
			workshopParsers.send({ text: { secret: 'canary' } });
			assert.fail('must be refused');
		} catch (thrown) {
			assert.ok(isAppError(thrown));
			assert.doesNotMatch(thrown.message, /canary/);
		}
	});
});
