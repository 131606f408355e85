import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { TestResult } from '../../src/common/model.ts';
import { activated, configure } from './support.ts';

const text = 'You are a code reviewer. You find what will break and say why. '.repeat(2);
const run = <T>(id: string, ...parameters: unknown[]) =>
	vscode.commands.executeCommand<T>(`promptWorkshop.${id}`, ...parameters);
const testModel = () => vscode.workspace.getConfiguration('promptWorkshop').get('testModel');

describe('the model of a draft’s tests', () => {
	afterEach(async () => {
		for (const key of ['chatModel', 'testModel']) {
			await configure('promptWorkshop', key, undefined);
		}
		await vscode.commands.executeCommand('workbench.action.closeAllEditors');
	});

	it('is that of its chat where no other was chosen, without a question', async () => {
		const api = await activated();
		const model = 'offline/guide';
		const { draftId } = await api.startWorkshop({ draftName: 'Reviewer', startingPrompt: text, model });
		const result = await run<TestResult>('runTest', draftId, { query: 'Please review this function' });
		assert.deepEqual([result.model, result.topic], [model, 'General']);
	});

	it('follows the chat from the guide to a model; a model stays', async () => {
		for (const key of ['chatModel', 'testModel']) {
			await configure('promptWorkshop', key, 'offline/guide');
		}
		await run('chooseModel', 'chat', 'anthropic/reviewer');
		assert.equal(testModel(), 'anthropic/reviewer');
		await run('chooseModel', 'chat', 'openai/other');
		assert.equal(testModel(), 'anthropic/reviewer');
		await run('chooseModel', 'test', 'offline/guide');
		assert.equal(testModel(), 'offline/guide', 'who chooses the guide for tests gets it');
	});
});
