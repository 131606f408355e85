import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import type { PromptWorkshopApi } from '../../src/common/api.ts';
import { until } from '../support/eventually.ts';
import { inWorkspace } from './labSupport.ts';
import { activated, useOfflineGuide } from './support.ts';

const run = <T>(id: string, ...parameters: unknown[]) =>
	vscode.commands.executeCommand<T>(`promptWorkshop.${id}`, ...parameters);

const suite = `cases:
  - name: short
    query: Where is my parcel 7, and when does it arrive?
    assert:
      - { type: word-count, value: { min: 1, max: 2000 } }
  - name: recorded
    query: Where is parcel 9?
    output: It is on its way.
    assert:
      - { type: equals, value: on its way }
`;

/** Ids of the tests that VS Code knows in a file. */
const testsIn = (uri: vscode.Uri) => vscode.commands.executeCommand<unknown[]>('vscode.testing.getTestsInFile', uri);

describe('the Test Explorer', () => {
	let api: PromptWorkshopApi;
	let draftId = 0;
	let uri: vscode.Uri;
	const files: string[] = [];

	before(async () => {
		api = await activated();
		await useOfflineGuide();
		const started = await api.startWorkshop({
			draftName: 'Explorer host test',
			startingPrompt: 'You are a support agent. Answer in at most three sentences, and name the order you mean.',
			kind: 'assistant',
		});
		draftId = started.draftId;
		const file = await inWorkspace('explorer.prompttest.yaml', `prompt: draft:${draftId}\n${suite}`);
		files.push(file);
		uri = vscode.Uri.file(file);
	});
	after(() => Promise.all(files.map((file) => rm(file, { force: true }))));
	afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

	const idOf = (...names: string[]) => {
		const folder = vscode.workspace.workspaceFolders?.[0]?.uri.toString() ?? '';
		return ['promptWorkshop.suites', folder, uri.toString(), ...names].join('\0');
	};
	const runs = async () =>
		(await api.listRuns({ suite: uri.toString() })).filter(({ status }) => status !== 'running');
	const runTests = (...ids: string[]) => vscode.commands.executeCommand('vscode.runTestsById', 2, ...ids);

	it('lists the cases of a suite when its document is opened', async () => {
		await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri));
		// VS Code learns of items in batches.
		await until(async () => /short.*recorded/.test(JSON.stringify(await testsIn(uri))), 'the cases of the file');
	});

	it('runs a case by its id, and only that one', async () => {
		const before = (await runs()).length;
		await runTests(idOf('recorded'));
		await until(async () => (await runs()).length > before, 'the run');
		const [newest] = await runs();
		assert.ok(newest);
		assert.equal(newest.trials, 1);
		assert.equal((await api.getRun(newest.runId)).trials[0]?.verdict, 'fail');
	});

	it('runs a second time while a run is going on', async () => {
		const before = (await runs()).length;
		await Promise.all([runTests(idOf()), runTests(idOf('short'))]);
		await until(async () => (await runs()).length >= before + 2, 'both runs');
	});

	it('shows above a draft and above each case what was found', async () => {
		const lenses = async (of: vscode.Uri) =>
			(await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', of)).map(
				({ command, range }) => `${range.start.line + 1} ${command?.title}`,
			);
		await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri));
		await until(async () => (await lenses(uri)).length > 3, 'the lenses of the suite');
		assert.deepEqual((await lenses(uri)).slice(0, 2), ['3 $(play) Run', '3 $(pass) passed']);
		await run('runCase', { suite: uri.toString(), name: 'recorded' });
		await run('revealTests', uri);
	});

	it('follows an edit on the disk', async () => {
		await writeFile(
			uri.fsPath,
			`prompt: draft:${draftId}\n${suite}  - name: added\n    query: a question\n    output: b\n`,
		);
		await until(async () => JSON.stringify(await testsIn(uri)).includes('added'), 'the new case');
	});
});
