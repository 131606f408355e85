import assert from 'node:assert/strict';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { PromptWorkshopApi } from '../../src/common/api.ts';
import { until } from '../support/eventually.ts';
import { WireServer } from '../support/wire/wireServer.ts';
import { activated, collect, configure, useOfflineGuide } from './support.ts';

const text = 'You answer questions about electricity storage and cite the article of every claim. '.repeat(2);
const run = <T>(id: string, ...parameters: unknown[]) =>
	vscode.commands.executeCommand<T>(`promptWorkshop.${id}`, ...parameters);

/** Accepts the first row of the list that a command shows, or one that is moved to, until the command has its answer. */
async function accepted<T>(answer: Thenable<T>, ...before: string[]): Promise<T> {
	let isSettled = false;
	const settle = () => (isSettled = true);
	void answer.then(settle, settle);
	await until(async () => {
		for (const command of [...before, 'workbench.action.acceptSelectedQuickOpenItem']) {
			await vscode.commands.executeCommand(command);
		}
		return isSettled;
	}, 'the list to be accepted');
	return answer;
}

describe('commands', () => {
	let api: PromptWorkshopApi;
	let wire: WireServer;
	let folder: string;
	let draftId: number;

	before(async () => {
		api = await activated();
		wire = await WireServer.start();
		await configure('promptWorkshop', 'providers', [
			{ id: 'anthropic', kind: 'anthropic', baseUrl: wire.origin },
			{ id: 'offline', kind: 'offline' },
		]);
		await useOfflineGuide();
		folder = await mkdtemp(join(tmpdir(), 'commands-'));
	});
	after(async () => {
		await wire.stop();
		await configure('promptWorkshop', 'providers', undefined);
		await rm(folder, { recursive: true, force: true });
	});
	beforeEach(async () => {
		({ draftId } = await api.startWorkshop({ draftName: 'Command draft', startingPrompt: text }));
	});
	afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

	const activeText = () => vscode.window.activeTextEditor?.document.getText() ?? '';

	it('run a test and open, compare and explain its result', async () => {
		const options = { query: 'What do planners expect?', topic: 'General', model: 'anthropic/claude-wire' };
		wire.reply('anthropic', wire.script.anthropic({ thinking: 'Weigh it.', text: 'The first answer.' }));
		const first = await run<{ testId: string; status: string }>('runTest', draftId, options);
		wire.reply('anthropic', wire.script.anthropic({ text: 'The second answer.' }));
		const second = await run<{ testId: string; status: string }>('runTest', draftId, options);
		assert.deepEqual([first.status, second.status], ['complete', 'complete']);

		await run('openResult', first.testId);
		assert.match(activeText(), /The first answer\./);
		assert.match(activeText(), /Weigh it\./);
		assert.match(activeText(), /- Prompt: version 1\n/);
		const result = vscode.window.activeTextEditor?.document.uri;
		const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
			'vscode.executeCodeLensProvider',
			result,
		);
		assert.deepEqual(
			lenses.map(({ command }) => command?.title),
			['$(history) Prompt version 1', 'Compare with current', 'Prompt as sent', 'Exact request'],
		);
		assert.equal(await run('openTestedPrompt', result), text);
		assert.equal(activeText(), text);

		await run('compareResults', first.testId, second.testId);
		const tab = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
		assert.ok(tab instanceof vscode.TabInputTextDiff);
		const sides = await Promise.all(
			[tab.original, tab.modified].map((uri) => vscode.workspace.openTextDocument(uri)),
		);
		assert.deepEqual(
			sides.map((document) => document.getText()),
			['The first answer.', 'The second answer.'],
		);

		const sent = await run<{ requests: { body: string }[] }>('showRequest', first.testId);
		assert.equal(sent.requests.length, 1);
		assert.deepEqual(JSON.parse(sent.requests[0]?.body ?? ''), wire.requestsTo('anthropic')[0]?.json);
		assert.match(activeText(), /POST http:\/\/127\.0\.0\.1/);
	});

	it('list, compare and restore versions', async () => {
		await api.updateDraft(draftId, { draftContent: `${text} Second.` });
		await collect(api.testDraft(draftId, { testQuery: 'Is this a version?', topic: 'General' }));
		await api.updateDraft(draftId, { draftContent: `${text} Third.` });
		await collect(api.testDraft(draftId, { testQuery: 'Is this a version?', topic: 'General' }));
		const newest = await run<{ id: number; number: number }>('showVersions', draftId);
		const second = await run<{ id: number; number: number }>('showVersions', { versionId: newest.id - 1 });
		assert.deepEqual([second.id, second.number], [newest.id - 1, newest.number - 1]);
		await run('openVersion', second.id);
		const shown = activeText();
		assert.match(shown, /electricity storage.* Second\.$/);
		await run('copyVersion', second.id);
		assert.equal(await vscode.env.clipboard.readText(), shown);
		await run('compareVersions', { versionId: second.id });
		assert.ok(vscode.window.tabGroups.activeTabGroup.activeTab?.input instanceof vscode.TabInputTextDiff);
		await run('restoreVersion', second.id);
		assert.equal((await api.getDraft(draftId)).draftContent, shown);
	});

	it('label versions, and no two of one draft alike', async () => {
		await api.updateDraft(draftId, { draftContent: `${text} Second.` });
		const { id } = await run<{ id: number }>('showVersions', draftId);
		assert.equal((await run<{ label: string }>('labelVersion', id, 'Good one')).label, 'Good one');
		assert.equal(await run('labelVersion', id - 1, 'good one'), undefined);
		assert.equal((await run<{ label: null }>('labelVersion', id, '')).label, null);
		assert.equal((await run<{ label: string }>('labelVersion', id - 1, 'good one')).label, 'good one');
	});

	it('bring a deleted draft back from the trash', async () => {
		await run('deleteDraft', draftId);
		await assert.rejects(() => api.getDraft(draftId), /not found/);
		const restoring = run('restoreDeleted');
		await accepted(restoring);
		assert.equal((await api.getDraft(draftId)).draftName, 'Command draft');
	});

	it('export everything as files and take it in again', async () => {
		const place = await run<string>('exportAllData', folder);
		const files = await readdir(place, { recursive: true });
		assert.ok(files.includes('workshop.json'));
		assert.ok(files.some((file) => /drafts.*\.md$/.test(file)));
		const exported = JSON.parse(await readFile(join(place, 'workshop.json'), 'utf8')) as Record<string, unknown>;
		assert.ok(Array.isArray(exported['auspex_prompt_drafts']));
		const before = (await api.listDrafts()).total;
		const summary = await run<{ drafts: number }>('importData', join(place, 'workshop.json'));
		assert.ok(summary.drafts > 0);
		assert.equal((await api.listDrafts()).total, before + summary.drafts);
	});

	it('keep the library: add, default, rename, clone, delete', async () => {
		await run('addPromptToLibrary', { name: 'kept_prompt', title: 'Kept prompt', content: text });
		await run('setDefaultPrompt', 'kept_prompt');
		const names = async () =>
			(await api.listPrompts()).filter(({ isDefault }) => isDefault).map(({ name }) => name);
		assert.deepEqual(await names(), ['kept_prompt']);
		assert.equal(await run('deletePrompt', 'kept_prompt'), undefined);
		assert.ok((await api.listPrompts()).some(({ name }) => name === 'kept_prompt'));
		await run('setDefaultPrompt', 'auspex_default');
		const { parentPrompt } = await run<{ parentPrompt: string }>('cloneToDraft', 'kept_prompt');
		assert.equal(parentPrompt, 'kept_prompt');
		await run('openPrompt', 'kept_prompt');
		assert.equal(activeText(), text);
		await run('deletePrompt', 'kept_prompt');
		assert.equal(
			(await api.listPrompts()).some(({ name }) => name === 'kept_prompt'),
			false,
		);
	});

	it('tell where the store is', async () => {
		const status = await run<{ mode: string; folder: string }>('showStorageStatus');
		assert.equal(status.mode, 'owner');
		assert.match(status.folder, /auspex\.prompt-workshop/);
		await vscode.commands.executeCommand('notifications.clearAll');
	});

	it('refuse a wrong status and an unknown draft without a trace', async () => {
		assert.equal(await run('setStatus', draftId, 'finished'), undefined);
		assert.equal(await run('openDraft', 999_999), undefined);
		assert.equal((await api.getDraft(draftId)).status, 'draft');
	});
});
