import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { PromptWorkshopApi } from '../../src/common/api.ts';
import { eventually } from '../support/eventually.ts';
import { activated, configure, useOfflineGuide } from './support.ts';

const longText = 'You answer questions about releases of Node.js and cite the article of every claim. '.repeat(2);

describe('drafts as documents', () => {
	let api: PromptWorkshopApi;
	let draftId: number;

	before(async () => {
		api = await activated();
		await useOfflineGuide();
	});
	beforeEach(async () => {
		({ draftId } = await api.startWorkshop({ draftName: 'Release analyst', startingPrompt: longText }));
	});
	afterEach(async () => {
		await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
		await vscode.commands.executeCommand('workbench.action.closeAllEditors');
		await configure('files', 'autoSave', undefined);
	});

	async function openDocument(): Promise<vscode.TextEditor> {
		await vscode.commands.executeCommand('promptWorkshop.openDraft', draftId);
		const editor = vscode.window.activeTextEditor;
		assert.ok(editor?.document.uri.scheme === 'prompt-draft');
		return editor;
	}

	const type = (editor: vscode.TextEditor, text: string) =>
		editor.edit((edit) => edit.insert(new vscode.Position(0, 0), text));

	it('opens under a readable name, as Markdown', async () => {
		const { document } = await openDocument();
		assert.match(document.uri.path, new RegExp(`^/${draftId}/release-analyst\\.md$`));
		assert.equal(document.languageId, 'markdown');
		assert.equal(document.getText(), longText);
	});

	it('saves what is typed, on an explicit save with a version', async () => {
		await configure('files', 'autoSave', 'off');
		const editor = await openDocument();
		await type(editor, 'Typed. ');
		await vscode.commands.executeCommand('workbench.action.files.save');
		assert.equal(editor.document.isDirty, false);
		assert.equal((await api.getDraft(draftId)).draftContent, `Typed. ${longText}`);
	});

	it('saves by its own timer where files.autoSave is off', async () => {
		await configure('files', 'autoSave', 'off');
		await configure('promptWorkshop', 'autoSaveDelay', 200);
		const editor = await openDocument();
		await type(editor, 'By itself. ');
		await eventually(async () => {
			assert.equal((await api.getDraft(draftId)).draftContent, `By itself. ${longText}`);
		});
		await configure('promptWorkshop', 'autoSaveDelay', undefined);
	});

	it('takes a change of the API into the open document as one undoable edit', async () => {
		const { document } = await openDocument();
		await api.updateDraft(draftId, { draftContent: 'A whole new text' });
		assert.equal(document.getText(), 'A whole new text');
		assert.equal(document.isDirty, false);
		await vscode.commands.executeCommand('undo');
		assert.equal(document.getText(), longText);
	});

	/** The texts of the draft's versions, oldest first. */
	async function versionTexts(): Promise<(string | undefined)[]> {
		const folder = await mkdtemp(join(tmpdir(), 'versions-'));
		try {
			const place = await vscode.commands.executeCommand<string>('promptWorkshop.exportAllData', folder);
			const data = JSON.parse(await readFile(join(place, 'workshop.json'), 'utf8')) as {
				prompt_versions: { id: number; owner_kind: string; owner_id: number; content_hash: string }[];
				prompt_texts: { content_hash: string; content: string }[];
			};
			const texts = new Map(data.prompt_texts.map(({ content_hash, content }) => [content_hash, content]));
			return data.prompt_versions
				.filter(({ owner_kind, owner_id }) => owner_kind === 'draft' && owner_id === draftId)
				.sort((a, b) => a.id - b.id)
				.map(({ content_hash }) => texts.get(content_hash));
		} finally {
			await rm(folder, { recursive: true, force: true });
		}
	}

	it('keeps what is typed and not saved as a version when a program replaces it', async () => {
		await configure('files', 'autoSave', 'off');
		await configure('promptWorkshop', 'autoSaveDelay', 0);
		const editor = await openDocument();
		await type(editor, 'Unsaved. ');
		await api.updateDraft(draftId, { draftContent: 'A whole new text' });
		assert.equal(editor.document.getText(), 'A whole new text');
		assert.deepEqual(await versionTexts(), [longText, `Unsaved. ${longText}`, 'A whole new text']);
		await configure('promptWorkshop', 'autoSaveDelay', undefined);
	});

	it('takes parallel changes of an open document one after the other', async () => {
		const { document } = await openDocument();
		const wanted = Array.from({ length: 10 }, (_, index) => `Text number ${index}`);
		await Promise.all(wanted.map((draftContent) => api.updateDraft(draftId, { draftContent })));
		assert.equal(document.getText(), wanted.at(-1));
		assert.equal((await api.getDraft(draftId)).draftContent, wanted.at(-1));
		assert.deepEqual(await versionTexts(), [longText, ...wanted]);
	});

	it('moves the open document to its new name and keeps unsaved text', async () => {
		await configure('files', 'autoSave', 'off');
		const editor = await openDocument();
		await type(editor, 'Unsaved. ');
		await api.updateDraft(draftId, { draftName: 'Upgrade adviser' });
		await eventually(() => {
			const moved = vscode.workspace.textDocuments.find(({ uri }) => uri.path.endsWith('/upgrade-adviser.md'));
			assert.ok(moved, 'the document did not move');
			assert.equal(moved.getText(), `Unsaved. ${longText}`);
		});
	});

	it('closes over a deleted draft: the file is gone', async () => {
		const { document } = await openDocument();
		await api.deleteDraft(draftId);
		await assert.rejects(async () => vscode.workspace.fs.readFile(document.uri));
	});

	it('answers only under the current name', async () => {
		const { document } = await openDocument();
		const other = document.uri.with({ path: `/${draftId}/another.md` });
		await assert.rejects(async () => vscode.workspace.fs.readFile(other), /NotFound/);
	});

	it('marks a short text and lets it be saved', async () => {
		const editor = await openDocument();
		await api.updateDraft(draftId, { draftContent: 'Too short' });
		await eventually(() => {
			const found = vscode.languages.getDiagnostics(editor.document.uri);
			assert.ok(
				found.some(({ message }) => /50/.test(message)),
				'no diagnostic names the 50 characters',
			);
		});
		assert.equal((await api.getDraft(draftId)).draftContent, 'Too short');
	});
});
