import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { PromptWorkshopApi } from '../../src/common/api.ts';
import { eventually } from '../support/eventually.ts';
import { activated, configure, useOfflineGuide } from './support.ts';

const plain = 'You answer questions about tides in short sentences and cite the article of every claim. '.repeat(2);
/** No single-byte encoding holds all of it. */
const typed = 'Grüße kurz und klar. 潮位 “exactly”. こんにちは €\n';
const mark = '\uFEFF';
const encodings = ['gbk', 'shiftjis', 'windows1252', 'utf16le', 'utf8bom'];

describe('the encoding of documents', () => {
	let api: PromptWorkshopApi;
	let draftId: number;

	before(async () => {
		api = await activated();
		await useOfflineGuide();
		await configure('files', 'autoSave', 'off');
	});
	beforeEach(async () => {
		({ draftId } = await api.startWorkshop({ draftName: 'Tide adviser', startingPrompt: plain }));
	});
	afterEach(async () => {
		await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
		await vscode.commands.executeCommand('workbench.action.closeAllEditors');
		await configure('files', 'encoding', undefined);
		await configure('files', 'autoGuessEncoding', undefined);
	});
	after(() => configure('files', 'autoSave', undefined));

	async function openDocument(): Promise<vscode.TextEditor> {
		await vscode.commands.executeCommand('promptWorkshop.openDraft', draftId);
		const editor = vscode.window.activeTextEditor;
		assert.ok(editor?.document.uri.scheme === 'prompt-draft');
		return editor;
	}

	async function type(editor: vscode.TextEditor): Promise<void> {
		await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), typed));
	}

	const stored = async () => (await api.getDraft(draftId)).draftContent;

	for (const encoding of encodings) {
		it(`stores what is typed under files.encoding ${encoding}`, async () => {
			await configure('files', 'encoding', encoding);
			const editor = await openDocument();
			assert.equal(editor.document.getText(), plain);
			await type(editor);
			await vscode.commands.executeCommand('workbench.action.files.save');
			assert.equal(editor.document.isDirty, false);
			assert.equal(await stored(), typed + plain);
		});

		it(`stores and shows what a program writes into an open document under ${encoding}`, async () => {
			await configure('files', 'encoding', encoding);
			const { document } = await openDocument();
			await api.updateDraft(draftId, { draftContent: typed + plain });
			assert.equal(await stored(), typed + plain);
			assert.equal(document.getText(), typed + plain);
		});

		it(`shows what is stored and read-only under ${encoding}`, async () => {
			await api.updateDraft(draftId, { draftContent: typed + plain });
			await configure('files', 'encoding', encoding);
			assert.equal((await openDocument()).document.getText(), typed + plain);
			const uri = vscode.Uri.parse(`prompt-workshop://saved-draft/${draftId}/tide.md`);
			assert.equal((await vscode.workspace.openTextDocument(uri)).getText(), typed + plain);
		});

		it(`is stored as typed in a document that VS Code has open in ${encoding}`, async () => {
			const editor = await openDocument();
			// Typed sooner than the document is back in UTF-8, or later: what is stored is the same.
			await vscode.workspace.openTextDocument(editor.document.uri, { encoding });
			const wrong = editor.document.getText();
			await type(editor);
			const before = editor.document.getText();
			assert.ok(before === typed + wrong || before === typed + plain);
			await vscode.commands.executeCommand('workbench.action.files.save');
			assert.equal(editor.document.isDirty, false);
			assert.equal(await stored(), before);
		});
	}

	it('brings a clean document back to UTF-8 after it was reopened in another encoding', async () => {
		const { document } = await openDocument();
		await vscode.workspace.openTextDocument(document.uri, { encoding: 'utf16le' });
		await eventually(() => {
			assert.match(document.encoding, /^utf8/);
			assert.equal(document.getText(), plain);
		});
	});

	it('does not guess an encoding', async () => {
		await api.updateDraft(draftId, { draftContent: 'Grüße, schöne Wörter, naïve Façade, élève. '.repeat(20) });
		await configure('files', 'autoGuessEncoding', true);
		const { document } = await openDocument();
		assert.match(document.encoding, /^utf8/);
		assert.equal(document.getText(), await stored());
	});

	it('stores no byte order mark with what a person types', async () => {
		const editor = await openDocument();
		await type(editor);
		await vscode.commands.executeCommand('workbench.action.files.save');
		assert.equal((await stored()).codePointAt(0), typed.codePointAt(0));
	});

	it('keeps a byte order mark that belongs to the text', async () => {
		await api.updateDraft(draftId, { draftContent: mark + plain });
		assert.equal(await stored(), mark + plain);
		const { draftId: started } = await api.startWorkshop({ startingPrompt: mark + plain });
		assert.equal((await api.getDraft(started)).draftContent, mark + plain);
	});

	it('keeps a byte order mark that a program writes into an open document', async () => {
		await openDocument();
		await api.updateDraft(draftId, { draftContent: mark + plain });
		assert.equal(await stored(), mark + plain);
	});

	it('stores UTF-8 that a program writes to the file, with and without its mark', async () => {
		const { document } = await openDocument();
		for (const start of ['', mark]) {
			await vscode.workspace.fs.writeFile(document.uri, new TextEncoder().encode(start + typed));
			assert.equal(await stored(), typed);
		}
		const bytes = await vscode.workspace.fs.readFile(document.uri);
		await vscode.workspace.fs.writeFile(document.uri, bytes);
		assert.equal(await stored(), typed);
	});

	for (const state of ['closed', 'clean', 'changed'] as const) {
		it(`refuses bytes that are no text, the document ${state}`, async () => {
			const editor = await openDocument();
			const { uri } = editor.document;
			if (state === 'closed') {
				await vscode.commands.executeCommand('workbench.action.closeAllEditors');
			} else if (state === 'changed') {
				await type(editor);
			}
			const gbk = await vscode.workspace.encode('潮位', { encoding: 'gbk' });
			await assert.rejects(async () => vscode.workspace.fs.writeFile(uri, gbk), /Not saved.*Save with Encoding/);
			assert.equal(await stored(), plain);
		});
	}
});
