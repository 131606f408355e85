import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { PromptWorkshopApi } from '../../src/common/api.ts';
import { until } from '../support/eventually.ts';
import { activated, collect, useOfflineGuide } from './support.ts';

const text = 'You answer questions about electricity storage and cite the article of every claim. '.repeat(2);
const run = <T>(id: string, ...parameters: unknown[]) =>
	vscode.commands.executeCommand<T>(`promptWorkshop.${id}`, ...parameters);

describe('comparisons', () => {
	let api: PromptWorkshopApi;
	let folder: string;
	let draftId: number;
	let versions: number[];

	before(async () => {
		api = await activated();
		await useOfflineGuide();
		folder = await mkdtemp(join(tmpdir(), 'versions-'));
	});
	after(() => rm(folder, { recursive: true, force: true }));
	beforeEach(async () => {
		({ draftId } = await api.startWorkshop({ draftName: 'Compared draft', startingPrompt: `${text}First.` }));
		versions = [];
		for (const word of ['First.', 'Second.']) {
			await api.updateDraft(draftId, { draftContent: text + word });
			await collect(api.testDraft(draftId, { testQuery: 'Is this a version?', topic: 'General' }));
			const { testResults } = await api.listTestResults(draftId);
			versions.push(testResults[0]?.versionId ?? -1);
		}
	});
	afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

	const activeTab = () => vscode.window.tabGroups.activeTabGroup.activeTab;
	/** The title of the active diff editor, and the last words of its sides. */
	async function shown(): Promise<[string, string, string]> {
		const tab = activeTab();
		assert.ok(tab?.input instanceof vscode.TabInputTextDiff, `no diff editor: ${tab?.label}`);
		const sides = await Promise.all(
			[tab.input.original, tab.input.modified].map((uri) => vscode.workspace.openTextDocument(uri)),
		);
		const [left = '', right = ''] = sides.map((document) => /\S+\s*$/.exec(document.getText())?.[0].trim() ?? '');
		return [tab.label, left, right];
	}

	it('of a version with the current text, another version, the draft, a prompt and a file', async () => {
		const [first = -1, second = -1] = versions;
		await run('addPromptToLibrary', {
			name: `compared_${draftId}`,
			title: 'Compared prompt',
			content: `${text}Prompt.`,
		});
		const file = vscode.Uri.file(join(folder, 'notes.md'));
		await writeFile(file.fsPath, 'Notes of a file.');
		await api.updateDraft(draftId, { draftContent: `${text}Now.` });
		const version = 'Compared draft v';
		for (const [command, ...pair] of [
			['compareVersions', { versionId: first }, undefined, 'First.', 'Now.', version, 'Compared draft (draft)'],
			['compareVersions', { versionId: first }, second, 'First.', 'Second.', version, version],
			['compareWith', { versionId: second }, { versionId: first }, 'First.', 'Second.', version, version],
			[
				'compareWith',
				{ draftId },
				{ promptName: `compared_${draftId}` },
				...['Prompt.', 'Now.', 'Compared prompt (prompt)', 'Compared draft (draft)'],
			],
			[
				'compareWith',
				{ promptName: `compared_${draftId}` },
				{ draftId },
				...['Prompt.', 'Now.', 'Compared prompt (prompt)', 'Compared draft (draft)'],
			],
			['compareWith', file, { versionId: first }, 'First.', 'file.', version, 'notes.md'],
			['compareWith', { uri: file.fsPath }, { draftId }, 'Now.', 'file.', 'Compared draft (draft)', 'notes.md'],
		] as [string, unknown, unknown, string, string, string, string][]) {
			const [one, other, left, right, leftName, rightName] = pair;
			await run(command, one, other);
			const [title, leftText, rightText] = await shown();
			assert.deepEqual([leftText, rightText], [left, right], title);
			assert.ok(title.startsWith(leftName) && title.includes(` ↔ ${rightName}`), title);
		}
	});

	it('refuse a text with itself, and a file that is not there', async () => {
		await run('compareWith', { draftId }, { draftId });
		await run('compareWith', { draftId }, { uri: join(folder, 'missing.md') });
		assert.ok(!(activeTab()?.input instanceof vscode.TabInputTextDiff));
	});

	it('of several texts are shown in the multi-diff editor', async () => {
		const labelled = (word: string) =>
			until(() => activeTab()?.label.startsWith(word) ?? false, `an editor of ${word}`);
		await run('compareAllVersions', { draftId });
		await labelled('Compared draft: all versions');
		const [first = -1, second = -1] = versions;
		await run(
			'compareSelected',
			{ versionId: first },
			[first, second, second - 1].map((versionId) => ({ versionId })),
		);
		await labelled('Compared draft: selected versions');
		await run('compareSelected', { versionId: second }, [{ versionId: second }, { versionId: first }]);
		assert.deepEqual((await shown()).slice(1), ['First.', 'Second.']);

		const { draftId: clone } = await api.clonePrompt('auspex_default', 'A first clone');
		const { draftId: other } = await api.clonePrompt('auspex_default', 'A second clone');
		await run('compareWithParent', { draftId: clone });
		assert.match((await shown())[0], /\(prompt\) ↔ A first clone \(draft\)/);
		await run('compareWithParent', { draftId: clone }, [{ draftId: clone }, { draftId: other }, { draftId }]);
		await labelled('Drafts against their parent prompts');
	});
});
