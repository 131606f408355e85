import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { PromptWorkshopApi } from '../../src/common/api.ts';
import { wrongCalls } from '../support/wrongTypes.ts';
import { activated, collect, useOfflineGuide } from './support.ts';

const text = 'You answer questions about electricity storage and cite the article of every claim. '.repeat(2);
const signal = new AbortController().signal;
const run = { model: 'offline/guide', thinking: 'low', signal };
const command = <T>(id: string, ...parameters: unknown[]) =>
	vscode.commands.executeCommand<T>(`promptWorkshop.${id}`, ...parameters);

describe('arguments from outside', () => {
	let api: PromptWorkshopApi;
	let draftId: number;
	let other: number;
	let testId: string;

	before(async () => {
		api = await activated();
		await useOfflineGuide();
		({ draftId } = await api.startWorkshop({ draftName: 'Bad arguments', startingPrompt: text }));
		({ draftId: other } = await api.startWorkshop({ draftName: 'In the editor', startingPrompt: text }));
		const parts = await collect(api.testDraft(draftId, { testQuery: 'What is stored where?', topic: 'General' }));
		testId = parts.flatMap((part) => (part.type === 'result' ? [part.result.testId] : []))[0] ?? '';
		await command('openDraft', other);
	});
	after(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));
	afterEach(() => vscode.commands.executeCommand('notifications.clearAll'));

	/** Grows with every change of the store. */
	async function sequence(): Promise<number> {
		const status = await command<{ sequence: number }>('showStorageStatus');
		return status.sequence;
	}

	/** Good calls, which are never made. */
	const calls = (): Record<string, unknown[]> => ({
		startWorkshop: [{ startingPrompt: text, parentPromptName: 'auspex_default', draftName: 'A draft', ...run }],
		sendMessage: [draftId, 'Hello', run],
		extractDraft: [draftId, { block: 0 }],
		listDrafts: [{ status: 'draft' }],
		getDraft: [draftId],
		updateDraft: [draftId, { draftContent: text, draftName: 'A name', draftDescription: 'd', status: 'ready' }],
		deleteDraft: [draftId],
		testDraft: [
			draftId,
			{ testQuery: 'What is stored?', topic: 'General', limit: 50, storeFullResponse: true, notes: 'n', ...run },
		],
		listTestResults: [draftId],
		rateTest: [draftId, testId, { userRating: 3, notes: 'n' }],
		commitDraft: [draftId, { name: 'a_name', title: 'A title', description: 'd', updateParent: true }],
		clonePrompt: ['auspex_default', { cloneName: 'A clone', model: 'offline/guide', signal }],
		importFile: ['/nowhere', { signal }],
		linkFile: [draftId, '/nowhere'],
		unlinkFile: [draftId],
		exportPrompt: [{ draftId }, 'skill'],
		importTopic: ['A topic', '/nowhere', { signal }],
		loadFixture: ['name'],
		regenerate: [{ messages: [{ role: 'user', content: 'Hi' }], systemPrompt: 's', maxTokens: 9, ...run }],
		continueConversation: [
			{ messages: [{ role: 'user', content: 'Hi' }], systemPrompt: 's', maxTokens: 9, ...run },
		],
		exportDatabase: ['/nowhere', { overwrite: true }],
	});

	it('of a wrong type are refused by every member of the API and change nothing', async () => {
		const before = await sequence();
		const members = api as unknown as Record<string, (...args: unknown[]) => unknown>;
		for (const [member, args] of Object.entries(calls())) {
			const names = args.map((_, index) => `argument ${index}`);
			const takesNull = member === 'rateTest' ? ['userRating', 'notes'] : [];
			for (const { title, args: wrong } of wrongCalls(names, args, takesNull)) {
				const answer = members[member]?.(...wrong);
				const ended =
					Symbol.asyncIterator in Object(answer)
						? collect(answer as ReturnType<PromptWorkshopApi['sendMessage']>)
						: Promise.resolve(answer);
				await assert.rejects(
					ended,
					(error: { name: string; code?: string }) =>
						error.name === 'AppError' && error.code === 'validation',
					`${member}: ${title}`,
				);
			}
		}
		assert.equal(await sequence(), before);
	});

	it('of a wrong form or range are refused too', async () => {
		const before = await sequence();
		for (const [work, code] of [
			[() => api.getDraft(999_999), 'not-found'],
			[() => api.getDraft(1.5), 'validation'],
			[() => api.listDrafts({ status: 'finished' as 'draft' }), 'validation'],
			[() => api.updateDraft(draftId, { draftName: 'two\nlines' }), 'validation'],
			[() => api.updateDraft(draftId, { status: 'committed', draftContent: text }), 'validation'],
			[() => api.rateTest(draftId, testId, { userRating: 2.5 }), 'validation'],
			[
				() => collect(api.testDraft(draftId, { testQuery: 'What is it?', topic: 'General', limit: 4 })),
				'validation',
			],
			[() => collect(api.testDraft(draftId, { testQuery: 'What is it?', topic: 'Nowhere' })), 'not-found'],
			[() => api.clonePrompt('no_such_prompt'), 'not-found'],
		] as const) {
			await assert.rejects(work, (error: { code?: string }) => error.code === code, String(work));
		}
		assert.equal(await sequence(), before);
	});

	it('that name no draft never mean the one in use', async () => {
		const before = await sequence();
		for (const [id, ...parameters] of [
			['setStatus', 'abc', 'ready'],
			['renameDraft', 'abc', 'Another name'],
			['editDescription', {}, 'A description'],
			['commitDraft', 'abc', { name: 'taken_by_nobody', title: 'Taken by nobody' }],
			['setStatus', 999_999, 'ready'],
			['sendMessage', null, 'Hello'],
			['deleteDraft', '1.5'],
			['runTest', draftId, { query: 'What is stored where?', limit: 4 }],
			['runTest', draftId, { query: 'What is stored where?', thinking: 'deep' }],
			['runTest', draftId, { query: 'What is stored where?', userRating: 'good' }],
			['rateResult', testId, { userRating: 'good' }],
			['newDraft', { draftName: 'A draft', nobodyKnows: 1 }],
			['stop', '999999'],
			['chooseModel', 'test', 'no slash'],
			['chooseModel', 'judge', 'offline/guide'],
			['setApiKey', 'no-such-provider'],
			['newDraft', { draftName: 'A draft', model: 'no slash' }],
		] as const) {
			assert.equal(await command(id, ...parameters), undefined, `${id} ${JSON.stringify(parameters)}`);
		}
		assert.equal(await sequence(), before);
	});

	it('of runTest and rateResult are all used', async () => {
		const options = { query: 'What is stored where?', limit: 7, thinking: 'high', userRating: 4, notes: 'n' };
		const result = await command<{ testId: string }>('runTest', draftId, { ...options, storeFullResponse: false });
		const stored = (await api.listTestResults(draftId)).testResults.find((one) => one.testId === result.testId);
		assert.ok(stored);
		const { userRating, notes, thinking, parameters, fullResponseStored } = stored;
		assert.deepEqual(
			[userRating, notes, thinking, parameters['limit'], fullResponseStored],
			[4, 'n', 'high', 7, false],
		);
		await command('rateResult', result.testId, { userRating: null });
		const cleared = (await api.listTestResults(draftId)).testResults.find((one) => one.testId === result.testId);
		assert.deepEqual([cleared?.userRating, cleared?.notes], [null, 'n']);
	});

	it('of newDraft are enough: it answers as the API does', async () => {
		const started = await command<Record<string, unknown>>('newDraft', { draftName: 'By a program' });
		assert.deepEqual(Object.keys(started).sort(), [
			'chatId',
			'createdAt',
			'draftId',
			'draftName',
			'initialMessage',
			'status',
		]);
		assert.match(String(started['initialMessage']), /not a language model/);
		assert.equal((await api.listDrafts()).drafts[0]?.id, started['draftId']);
	});
});
