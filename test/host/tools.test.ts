import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { PromptWorkshopApi, StartedWorkshop } from '../../src/common/api.ts';
import { foldParts } from '../../src/common/foldParts.ts';
import { until } from '../support/eventually.ts';
import { WireServer } from '../support/wire/wireServer.ts';
import { rejectionOf } from './labSupport.ts';
import { activated, collect, configure, useOfflineGuide } from './support.ts';

const run = <T>(id: string, ...parameters: unknown[]) =>
	vscode.commands.executeCommand<T>(`promptWorkshop.${id}`, ...parameters);
const testQuery = 'Where is my order 1001, please?';

describe('the tools of a draft', () => {
	let api: PromptWorkshopApi;
	let wire: WireServer;
	let draftId = 0;

	before(async () => {
		api = await activated();
		wire = await WireServer.start();
		await configure('promptWorkshop', 'providers', [
			{ id: 'wire', kind: 'openai-compatible', baseUrl: wire.baseUrl, models: ['m'] },
			{ id: 'offline', kind: 'offline' },
		]);
		// A save by VS Code itself would cut in on those of the tests.
		await configure('files', 'autoSave', 'off');
		await useOfflineGuide();
		const started = await run<StartedWorkshop>('startFromTemplate', 'support-agent', { draftName: 'Order agent' });
		draftId = started.draftId;
	});
	after(async () => {
		await vscode.commands.executeCommand('workbench.action.closeAllEditors');
		await configure('promptWorkshop', 'providers', undefined);
		await configure('files', 'autoSave', undefined);
		await wire.stop();
	});
	beforeEach(() => wire.reset());

	const problemsOf = (uri: vscode.Uri) =>
		vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'Prompt Workshop');

	async function opened(): Promise<vscode.TextDocument> {
		const { uri } = await run<{ uri: string }>('editTools', draftId);
		return vscode.workspace.openTextDocument(vscode.Uri.parse(uri));
	}

	async function type(document: vscode.TextDocument, text: string): Promise<void> {
		// VS Code refuses an edit of a document that it is just reading again.
		await until(async () => {
			const edit = new vscode.WorkspaceEdit();
			edit.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), text);
			return vscode.workspace.applyEdit(edit);
		}, 'the edit');
	}

	const write = async (uri: vscode.Uri, text: string) =>
		vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));

	/** The names of the tools that the next test offers. */
	async function offered(): Promise<string[]> {
		wire.reply('chat', wire.script.chat({ text: 'One moment.' }));
		await collect(api.testDraft(draftId, { testQuery, topic: 'General', model: 'wire/m' }));
		const { tools = [] } = wire.requestsTo('chat').at(-1)?.json as { tools?: { function: { name: string } }[] };
		return tools.map((tool) => tool.function.name);
	}

	it('of a template work out of the box', async () => {
		wire.reply('chat', wire.script.chat({ toolCalls: [{ name: 'get_order', input: { order_id: '1001' } }] }));
		wire.reply('chat', wire.script.chat({ text: 'It is on its way.' }));
		const parts = await collect(api.testDraft(draftId, { testQuery, topic: 'General', model: 'wire/m' }));
		const call = foldParts(parts).blocks.find((block) => block.type === 'tool');
		assert.match(call?.result?.summary ?? '', /"state":"in_transit"/);
		const [result] = (await api.listTestResults(draftId)).testResults;
		assert.deepEqual(result?.toolsUsed, ['get_order']);
		assert.deepEqual(result.parameters['tools'], ['get_order', 'search_help', 'issue_refund', 'hand_over']);
	});

	it('open as JSON, and what is written there changes what the next test offers', async () => {
		const document = await opened();
		assert.equal(document.languageId, 'json');
		const { uri } = document;
		const tools = JSON.parse(document.getText()) as { name: string }[];
		assert.equal(tools.length, 4);
		await write(uri, JSON.stringify(tools.slice(0, 1)));
		assert.deepEqual(await offered(), ['get_order']);
		await write(uri, '[]');
		assert.deepEqual(await offered(), []);
	});

	it('show what is wrong at its line and column, and are not stored with it', async () => {
		const document = await opened();
		await type(document, '[\n\t{ "name": "get order", "result": "x" }\n]');
		await until(() => problemsOf(document.uri).length > 0, 'a problem');
		const [problem] = problemsOf(document.uri);
		assert.deepEqual([problem?.range.start.line, problem?.range.start.character], [1, 11]);
		const error = await rejectionOf(() => write(document.uri, '[7]'));
		assert.match(error.message, /not saved\. Line 1, column 2/);
	});

	it('have the completion of their schema', async () => {
		const document = await opened();
		await type(document, '[\n\t{ "name": "a",  }\n]');
		await until(async () => {
			const list = await vscode.commands.executeCommand<vscode.CompletionList>(
				'vscode.executeCompletionItemProvider',
				document.uri,
				new vscode.Position(1, 16),
			);
			return list.items.some(
				({ label }) => String(typeof label === 'string' ? label : label.label) === 'inputSchema',
			);
		}, 'the field inputSchema');
		await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
	});

	it('are no document without their draft', async () => {
		const uri = (await opened()).uri.with({ path: '/999999/x.prompttools.json' });
		await rejectionOf(async () => vscode.workspace.openTextDocument(uri));
	});
});
