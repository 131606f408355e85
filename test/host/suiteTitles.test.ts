import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { PromptWorkshopApi } from '../../src/common/api.ts';
import { until } from '../support/eventually.ts';
import { activated, useOfflineGuide } from './support.ts';

const run = <T>(id: string, ...parameters: unknown[]) =>
	vscode.commands.executeCommand<T>(`promptWorkshop.${id}`, ...parameters);

const text = `cases:
  - name: recorded
    query: Where is parcel 9?
    output: It is on its way.
    assert:
      - { type: contains, value: on its way }
`;

const active = () => vscode.window.activeTextEditor?.document;
const nameOf = (uri: vscode.Uri | undefined) => uri?.path.split('/').at(-1);
const tabs = () => vscode.window.tabGroups.all.flatMap((group) => group.tabs.map(({ label }) => label));

/** VS Code refuses an edit, or gives up a save, while it loads what another document of the suite has saved. */
async function setText(document: vscode.TextDocument, content: string): Promise<void> {
	await until(async () => {
		const edit = new vscode.WorkspaceEdit();
		edit.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), content);
		return vscode.workspace.applyEdit(edit);
	}, 'the edit');
}

async function save(document: vscode.TextDocument): Promise<void> {
	await until(async () => document.save(), 'the save');
}

describe('the title of a suite', () => {
	let api: PromptWorkshopApi;
	let draftId = 0;
	let address: vscode.Uri;

	before(async () => {
		api = await activated();
		await useOfflineGuide();
		({ draftId } = await api.startWorkshop({
			draftName: 'Refund triage',
			startingPrompt:
				'You are a support agent. Answer in at most three sentences, and name the order. Say what you do not know.',
			kind: 'assistant',
		}));
	});
	afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

	it('is the name of its draft, and what is filed under its address is found from there', async () => {
		const made = await run<{ uri: string }>('newSuite', draftId);
		address = vscode.Uri.parse(made.uri);
		assert.equal(nameOf(address), 'suite.prompttest.yaml');
		assert.deepEqual(tabs(), ['Refund triage.prompttest.yaml']);
		const document = active();
		assert.ok(document);
		await setText(document, text.replace('query', 'qury'));
		await until(() => vscode.languages.getDiagnostics(document.uri).length > 0, 'a problem at the document');
		await setText(document, text);
		await until(() => vscode.languages.getDiagnostics(document.uri).length === 0, 'no problem');
		// The run saves the open document first, although it is named by its address.
		await run('runSuite', undefined, {});
		assert.equal(document.isDirty, false);
		const [stored] = await api.listRuns({ suite: address.toString() });
		assert.equal(stored?.status, 'complete');
		await until(async () => {
			const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
				'vscode.executeCodeLensProvider',
				document.uri,
			);
			return lenses.some(({ command }) => command?.arguments?.[0] === stored.runId);
		}, 'the verdict above the case');
		await until(async () => {
			const tests = await vscode.commands.executeCommand('vscode.testing.getTestsInFile', document.uri);
			return JSON.stringify(tests).includes('recorded');
		}, 'the cases at the document');
	});

	it('follows a rename, with the text that was not saved', async () => {
		await run('openSuite', draftId);
		const before = active();
		assert.ok(before);
		await setText(before, `${text}# not saved\n`);
		await run('renameDraft', draftId, 'Returns/../x\u202e');
		await until(() => nameOf(active()?.uri)?.startsWith('Returns') ?? false, 'the document under the new name');
		const after = active();
		assert.ok(after);
		assert.equal(nameOf(after.uri), 'Returns-..-x<U+202E>.prompttest.yaml');
		assert.deepEqual([after.isDirty, after.getText()], [true, `${text}# not saved\n`]);
		assert.deepEqual(tabs(), ['Returns-..-x<U+202E>.prompttest.yaml']);
		await until(async () => {
			const tests = await vscode.commands.executeCommand('vscode.testing.getTestsInFile', after.uri);
			return JSON.stringify(tests).includes('recorded');
		}, 'the cases at the moved document');
		await save(after);
		await vscode.commands.executeCommand('workbench.action.closeAllEditors');
		await run('openSuite', address);
		assert.match(active()?.getText() ?? '', /# not saved/);
	});

	it('does not matter to tabs from before: the address still opens and saves, and is not opened twice', async () => {
		const document = await vscode.workspace.openTextDocument(address);
		await vscode.window.showTextDocument(document);
		await run('openSuite', draftId);
		assert.equal(active(), document);
		assert.equal(tabs().length, 1);
		await run('renameDraft', draftId, 'Returns');
		await setText(document, `${text}# saved\n`);
		await save(document);
		await vscode.commands.executeCommand('workbench.action.closeAllEditors');
		await run('openSuite', draftId);
		assert.deepEqual(tabs(), ['Returns.prompttest.yaml']);
		assert.match(active()?.getText() ?? '', /# saved/);
	});

	it('does not matter to cases that are kept: they go into the open document', async () => {
		await run('openSuite', draftId);
		const document = active();
		assert.ok(document);
		await until(() => document.getText().includes('# saved'), 'what was saved last');
		await setText(document, `${text}# mine\n`);
		for await (const part of api.testDraft(draftId, { testQuery: 'A lost parcel?', topic: 'General' })) {
			assert.notEqual(part.type, 'error');
		}
		const [result] = (await api.listTestResults(draftId)).testResults;
		await run('keepAsCase', result?.testId, { name: 'kept', contains: 'parcel' });
		assert.match(document.getText(), /# mine[^]*kept|kept[^]*# mine/);
		assert.equal(document.isDirty, false);
	});

	it('is that of a prompt in the library, also after its rename', async () => {
		const { name } = await api.commitDraft(draftId, { name: 'titled_prompt', title: 'Titled prompt' });
		await run('newSuite', { promptName: name });
		assert.deepEqual(tabs(), ['Titled prompt.prompttest.yaml']);
		await run('renamePrompt', name, 'Doorman');
		await until(() => tabs()[0] === 'Doorman.prompttest.yaml', 'the new title');
	});
});
