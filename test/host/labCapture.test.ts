import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as vscode from 'vscode';
import type { FixtureMessage, PromptWorkshopApi } from '../../src/common/api.ts';
import { inWorkspace, logicalDump } from './labSupport.ts';
import { activated, collect, useOfflineGuide } from './support.ts';

const run = (id: string, ...parameters: unknown[]) =>
	vscode.commands.executeCommand<unknown>(`promptWorkshop.${id}`, ...parameters);
const topic = 'Captured topic';
const question = 'What did the release of the tide clock bring?';
const prompt = 'You answer questions about clocks and cite the article of every claim that you make.';
const article = '---\ntitle: Tide clock released\ndate: 2026-01-02\n---\n\nThe release of the tide clock is out.\n';

/** The workshop's tests and chats as fixtures, and a prompt of the Lab as a draft. */
describe('between workshop and Prompt Lab', () => {
	let api: PromptWorkshopApi;
	let draftId: number;
	const files: string[] = [];

	before(async () => {
		api = await activated();
		await useOfflineGuide();
		const file = await inWorkspace('captured/clock.md', article);
		files.push(dirname(file));
		await api.importTopic(topic, vscode.Uri.file(dirname(file)).toString());
		const started = await api.startWorkshop({ requirements: 'Questions about clocks', draftName: 'Clocks' });
		draftId = started.draftId;
		await api.updateDraft(draftId, { draftContent: prompt });
	});
	after(async () => {
		await vscode.commands.executeCommand('workbench.action.closeAllEditors');
		await api.deleteDraft(draftId);
		await Promise.all(files.map((file) => rm(file, { force: true, recursive: true })));
	});

	/** Captures, and reads the file back as a fixture. */
	async function captured(options: { name: string; testId?: string; draftId?: number }) {
		const answer = (await run('captureFixture', options)) as { uri: string } | undefined;
		assert.ok(answer, 'it was not captured');
		files.push(vscode.Uri.parse(answer.uri).fsPath);
		const fixture = await api.loadFixture(options.name);
		return { fixture, messages: fixture.sections[0]?.conversations[0]?.messages ?? [] };
	}
	const parts = (message: FixtureMessage | undefined) =>
		typeof message?.content === 'string' ? [] : (message?.content ?? []);

	it('a test becomes a fixture under the prompt it was run with, its thinking and tool calls kept', async () => {
		await collect(api.testDraft(draftId, { testQuery: question, topic }));
		const { testResults } = await api.listTestResults(draftId);
		const { fixture, messages } = await captured({ name: 'From a test', testId: testResults[0]!.testId });
		assert.ok(fixture.baseSystemPrompt.includes(prompt));
		assert.deepEqual(messages[0], { role: 'user', content: question });
		const kinds = parts(messages[1]).map(({ type }) => type);
		for (const kind of ['thinking', 'tool-call', 'tool-result', 'text'] as const) {
			assert.ok(kinds.includes(kind), `${kind} is not among ${kinds.join(', ')}`);
		}
		const call = parts(messages[1]).find((part) => part.type === 'tool-call');
		assert.equal(call?.name, 'enhanced_database_search');
		assert.ok(call.input);
	});

	it('a chat becomes a fixture under its meta-prompt, its thinking kept', async () => {
		const { fixture, messages } = await captured({ name: 'From a chat', draftId });
		assert.ok(fixture.baseSystemPrompt.length > 500);
		assert.deepEqual(
			messages.map(({ role }) => role),
			['user', 'assistant'],
		);
		assert.match(JSON.stringify(messages[0]), /Questions about clocks/);
		assert.ok(messages[1]?.thinking);
	});

	it('a captured conversation is regenerated in the Lab', async () => {
		await run('openLab', 'From a test');
		await run('lab.chooseModel', { model: 'offline/guide' });
		assert.equal(typeof (await run('lab.regenerate', { column: '0/0' })), 'string');
	});

	it('a place that is taken is not written over [attack 14]', async () => {
		const uri = files.find((file) => file.endsWith('.fixture.json'));
		assert.equal(await run('captureFixture', { draftId, name: 'Again', uri }), undefined);
	});

	it('a prompt of the Lab becomes the text of a draft, and the old text stays as a version', async () => {
		const text = `${prompt} Say in every answer how sure you are.`;
		assert.deepEqual(await run('sendToDraft', text, { draftId }), { draftId });
		assert.equal((await api.getDraft(draftId)).draftContent, text);
		const kept = (await logicalDump(api))['prompt_texts'] as unknown[][];
		assert.ok(kept.some((row) => row.includes(prompt)));
		assert.equal(vscode.window.activeTextEditor?.document.getText(), text);
		assert.equal(await run('sendToDraft', '   ', { draftId }), undefined);
		assert.equal((await api.getDraft(draftId)).draftContent, text);
	});
});
