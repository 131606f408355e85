import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import * as vscode from 'vscode';
import type { PromptWorkshopApi } from '../../src/common/api.ts';
import { WireServer } from '../support/wire/wireServer.ts';
import { activated, configure } from './support.ts';
import { inWorkspace } from './labSupport.ts';

const text = 'You answer questions about electricity storage and cite the article of every claim. ';

describe('bisecting a failing case', () => {
	let api: PromptWorkshopApi;
	let wire: WireServer;
	let file = '';

	before(async () => {
		api = await activated();
		wire = await WireServer.start();
		await configure('promptWorkshop', 'providers', [
			{ id: 'local', kind: 'openai-compatible', baseUrl: wire.baseUrl },
		]);
		await configure('promptWorkshop', 'testModel', 'local/chat-wire');
		await configure('promptWorkshop', 'chatModel', 'offline/guide');
	});
	after(async () => {
		await wire.stop();
		for (const key of ['providers', 'testModel', 'chatModel']) {
			await configure('promptWorkshop', key, undefined);
		}
		await rm(file, { force: true });
		await vscode.commands.executeCommand('workbench.action.closeAllEditors');
	});

	it('finds the version and opens what changed', async () => {
		const { draftId } = await api.startWorkshop({ draftName: 'Bisected', startingPrompt: text });
		await api.updateDraft(draftId, { draftContent: `${text}Answer with no.` });
		const suite = `models: local/no-such-model\ncases:\n  - { name: c, query: q, assert: [{ type: equals, value: 'yes' }] }\n`;
		file = await inWorkspace('bisected.prompttest.yaml', suite);
		for (const answer of ['no', 'yes', 'no', 'no', 'no', 'yes', 'yes', 'yes']) {
			wire.reply('chat', wire.script.chat({ text: answer }));
		}
		const found = await vscode.commands.executeCommand<Record<string, unknown>>(
			'promptWorkshop.bisect',
			{
				suite: vscode.Uri.file(file).toString(),
				name: 'c',
				prompt: `draft:${draftId}`,
				model: 'local/chat-wire',
			},
			{ maxCalls: 30 },
		);
		assert.equal(found['kind'], 'found', JSON.stringify(found));
		assert.match(String(found['sentence']), /"c" fails since/);
		assert.ok(vscode.window.tabGroups.activeTabGroup.activeTab?.input instanceof vscode.TabInputTextDiff);
	});
});
