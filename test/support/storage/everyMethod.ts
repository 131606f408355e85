import type { TestResult } from '../../../src/common/model.ts';
import type { SuiteRun } from '../../../src/common/suiteModel.ts';
import type { Store } from '../../../src/storage/contract.ts';
import { time } from './testStore.ts';

/** A complete result; tests change what matters to them. */
export function testResult(changes: Partial<TestResult> & Pick<TestResult, 'testId' | 'draftId'>): TestResult {
	return {
		versionId: null,
		query: 'What changed last week?',
		topic: 'Storage',
		responsePreview: 'Prices fell.',
		responseLength: 12,
		fullResponseStored: false,
		responseRef: null,
		requestRef: null,
		toolsUsed: ['enhanced_database_search'],
		articleCount: 3,
		citations: [{ url: 'https://example.com/1', label: 'One', support: 'supported' }],
		executionTimeMs: 1234,
		timeToFirstTokenMs: 321,
		model: 'anthropic/model-1',
		answeredModel: null,
		isModel: true,
		provider: 'anthropic',
		thinking: 'low',
		parameters: { limit: 50 },
		usage: { inputTokens: 10, outputTokens: 20 },
		costUsd: 0.0125,
		stopReason: 'stop',
		status: 'complete',
		error: null,
		userRating: null,
		notes: null,
		timestamp: time,
		...changes,
	};
}

/** A complete run with two variants; tests change what matters to them. */
export function suiteRun(changes: Partial<SuiteRun> & Pick<SuiteRun, 'runId'>): SuiteRun {
	return {
		suite: 'file:///triage.prompttest.yaml',
		suiteName: 'Triage',
		suiteHash: 'c'.repeat(64),
		startedAt: time,
		endedAt: null,
		status: 'running',
		trials: 4,
		done: 3,
		calls: 5,
		costUsd: 0.0125,
		maxCostUsd: 1,
		maxCalls: null,
		variants: [
			{
				label: 'Triage, model-1',
				prompt: 'draft:1',
				promptHash: 'd'.repeat(64),
				model: 'anthropic/model-1',
				isModel: true,
				thinking: 'low',
				passed: 1,
				failed: 0,
				errors: 1,
				reused: 0,
				costUsd: 0.0125,
			},
			{
				label: 'recorded',
				prompt: null,
				promptHash: null,
				model: null,
				isModel: true,
				thinking: null,
				passed: 0,
				failed: 1,
				errors: 0,
				reused: 1,
				costUsd: null,
			},
		],
		...changes,
	};
}

/** Calls every writing method of every repository at least once. */
export async function callEveryMethod(store: Store): Promise<void> {
	const { draftId, chatId } = await store.write(({ drafts, chats, versions }) => {
		const chat = chats.create({ topic: '__prompt_workshop__', title: 'First', metadata: { a: 1 }, now: time });
		const draft = drafts.create({
			draftName: 'First',
			draftContent: 'Ä text\u0000with \ud83d\ude00',
			workshopChatId: chat.id,
			now: time,
		});
		const version = versions.record({
			ownerKind: 'draft',
			ownerId: draft.id,
			content: 'Ä text',
			reason: 'created',
			author: 'user',
			now: time,
		});
		versions.setLabel(version.id, 'The first');
		return { draftId: draft.id, chatId: chat.id };
	});
	const messageId = await store.write(({ chats }) => {
		chats.addMessage({ chatId, role: 'user', content: 'Hello', status: 'complete', now: time });
		return chats.addMessage({
			chatId,
			role: 'assistant',
			content: '',
			status: 'streaming',
			model: 'a/b',
			now: time,
		}).id;
	});
	await store.write(({ chats }) => chats.appendToMessage(messageId, { content: 'An', thinking: 'Hm' }));
	await store.write(({ chats }) => chats.appendToMessage(messageId, { content: 'swer' }));
	await store.write(({ chats }) => {
		chats.updateMessage(messageId, {
			status: 'complete',
			usage: { inputTokens: 1 },
			parts: { blocks: [{ type: 'text', id: 't', text: 'Answer' }] },
		});
		const extra = chats.addMessage({ chatId, role: 'assistant', content: 'x', status: 'streaming', now: time });
		chats.markInterrupted([]);
		chats.removeMessagesFrom(chatId, extra.id);
	});
	await store.write(({ prompts }) => {
		prompts.create({ name: 'second', title: 'Second', content: 'Text', description: null, now: time });
		prompts.update('second', { content: 'Changed text', title: 'Other' }, time);
		prompts.setDefault('second', time);
		prompts.setDefault('auspex_default', time);
	});
	await store.write(({ drafts, results, versions }) => {
		drafts.update(draftId, { draftContent: 'New', status: 'testing', parentPromptName: 'second' }, time);
		const version = versions.record({
			ownerKind: 'draft',
			ownerId: draftId,
			content: 'New',
			reason: 'test',
			author: 'user',
			now: time,
		});
		versions.keep({
			ownerKind: 'draft',
			ownerId: draftId,
			content: 'New',
			reason: 'save',
			author: 'user',
			now: time,
		});
		results.put(testResult({ testId: 't-1', draftId, versionId: version.id }));
		results.put(testResult({ testId: 't-1', draftId, versionId: version.id, status: 'stopped' }));
		results.put(testResult({ testId: 't-2', draftId, executionTimeMs: 12.6 }));
		results.rate('t-1', { userRating: 4, notes: 'good' });
		results.put(testResult({ testId: 't-3', draftId, status: 'interrupted', stopReason: null }));
		results.markInterrupted([]);
	});
	await store.write(({ suites, runs }) => {
		suites.put({ ownerKind: 'prompt', ownerId: 1, content: 'cases: []', now: time });
		suites.remove('prompt', 1);
		suites.put({ ownerKind: 'draft', ownerId: draftId, content: 'cases: []', now: time });
		suites.put({ ownerKind: 'draft', ownerId: draftId, content: 'cases:\n  - query: Hello\n', now: time });
		runs.put(suiteRun({ runId: 'r-1' }));
		runs.put(suiteRun({ runId: 'r-1', variants: suiteRun({ runId: 'r-1' }).variants.slice(1) }));
		runs.markInterrupted([]);
		runs.put(suiteRun({ runId: 'r-2', status: 'failed', reason: 'The disk is full', endedAt: time }));
		runs.put(suiteRun({ runId: 'r-3' }));
		runs.remove('r-3');
		runs.bless('r-2', time);
		runs.bless('r-1', time);
		runs.unbless('r-2');
	});
	await store.write(({ trash, drafts }) => {
		trash.restore(trash.removeResult('t-2', time));
		trash.restore(trash.removePrompt('second', time));
		trash.restore(trash.removeDraft(draftId, time));
		const gone = drafts.create({ draftName: null, draftContent: 'gone', now: time });
		trash.removeDraft(gone.id, time);
		trash.purge('2000-01-01T00:00:00.000Z');
	});
}
