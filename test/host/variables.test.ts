import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { PromptWorkshopApi, VariableDeclaration } from '../../src/common/api.ts';
import type { TestResult } from '../../src/common/model.ts';
import { eventually, until } from '../support/eventually.ts';
import { activated, collect, configure, useOfflineGuide } from './support.ts';

const template = `You answer the customers of {{company}} in {{count}} lines.
{{#orders}}Order {{id}}. {{/orders}}Close with {{greeting | upper}}. Never promise a date that nobody has confirmed.`;
const variables: VariableDeclaration[] = [
	{ name: 'company', type: 'text', note: 'The *shop* [x](command:y)' },
	{ name: 'count', type: 'number', default: '3' },
	{ name: 'orders', type: 'json', default: '[{"id": 7}]' },
];

describe('variables in drafts', () => {
	let api: PromptWorkshopApi;
	let draftId: number;
	let editor: vscode.TextEditor;

	before(async () => {
		api = await activated();
		await useOfflineGuide();
		await configure('files', 'autoSave', 'off');
		await configure('promptWorkshop', 'autoSaveDelay', 0);
	});
	after(async () => {
		await configure('files', 'autoSave', undefined);
		await configure('promptWorkshop', 'autoSaveDelay', undefined);
	});
	beforeEach(async () => {
		({ draftId } = await api.startWorkshop({ draftName: 'Support', startingPrompt: template }));
		await api.updateDraft(draftId, { variables });
		await vscode.commands.executeCommand('promptWorkshop.openDraft', draftId);
		assert.ok(vscode.window.activeTextEditor);
		editor = vscode.window.activeTextEditor;
	});
	afterEach(async () => {
		await vscode.commands.executeCommand('workbench.action.files.save');
		await vscode.commands.executeCommand('workbench.action.closeAllEditors');
	});

	const declared = async () => (await api.getDraft(draftId)).variables;
	const place = (text: string, offset = 3) =>
		editor.document.positionAt(editor.document.getText().indexOf(text) + offset);
	const type = async (text: string) => {
		await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), text));
		return new vscode.Position(0, text.length);
	};
	async function completions(typed: string): Promise<Map<string, string>> {
		const list = await vscode.commands.executeCommand<vscode.CompletionList>(
			'vscode.executeCompletionItemProvider',
			editor.document.uri,
			await type(typed),
		);
		return new Map(
			list.items.map(({ label, insertText }) => [
				typeof label === 'string' ? label : label.label,
				typeof insertText === 'string' ? insertText : (insertText?.value ?? ''),
			]),
		);
	}
	async function hover(text: string): Promise<string> {
		const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
			'vscode.executeHoverProvider',
			editor.document.uri,
			place(text),
		);
		return hovers
			.flatMap(({ contents }) => contents)
			.map((one) => (typeof one === 'string' ? one : one.value))
			.join('\n')
			.replaceAll('&nbsp;', ' ');
	}
	const messages = () => vscode.languages.getDiagnostics(editor.document.uri).map(({ message }) => message);

	it('are completed after two braces, sections with their end', async () => {
		const names = await completions('{{co');
		assert.equal(names.get('company'), 'company}}');
		assert.equal(names.get('greeting'), 'greeting}}', 'a name that the text uses');
		assert.match((await completions('{{#or')).get('orders') ?? '', /^orders\\?\}\\?\}\$0\{\{\/orders\\?\}\\?\}$/);
		assert.equal((await completions('{{#orders}} {{/')).get('orders'), 'orders}}');
	});

	it('are followed by filters', async () => {
		const filters = await completions('{{company | ');
		assert.deepEqual(
			['upper', 'lower', 'trim', 'json', 'default', 'join'].filter((name) => !filters.has(name)),
			[],
		);
	});

	it('say their type, note and value under the mouse, as plain text', async () => {
		const company = await hover('{{company}}');
		assert.match(company, /company: Text/);
		assert.match(company, /no value yet/);
		assert.doesNotMatch(company, /[^\\]\[x\]\(command/);
		const count = await hover('{{count}}');
		assert.match(count, /count: Number/);
		assert.match(count, /With its default[^]*```text\n3\n```/);
		assert.match(await hover('{{greeting | upper}}'), /not declared/);
	});

	it('are renamed with their declaration, and back by undo', async () => {
		const rename = await vscode.commands.executeCommand<vscode.WorkspaceEdit>(
			'vscode.executeDocumentRenameProvider',
			editor.document.uri,
			place('{{orders}}'.replace('{{', '{{#'), 4),
			'parcels',
		);
		await vscode.workspace.applyEdit(rename);
		assert.match(editor.document.getText(), /\{\{#parcels\}\}Order \{\{id\}\}\. \{\{\/parcels\}\}/);
		await eventually(async () => assert.ok((await declared()).some(({ name }) => name === 'parcels')));
		await vscode.commands.executeCommand('undo');
		assert.match(editor.document.getText(), /\{\{#orders\}\}/);
		await eventually(async () => assert.ok((await declared()).some(({ name }) => name === 'orders')));
	});

	it('are not renamed to a taken name', async () => {
		await assert.rejects(
			async () =>
				vscode.commands.executeCommand(
					'vscode.executeDocumentRenameProvider',
					editor.document.uri,
					place('{{count}}'),
					'company',
				),
			/There is already a variable "company"/,
		);
	});

	it('that are not declared are reported, and declared or kept as text by a quick fix', async () => {
		await eventually(() => assert.ok(messages().some((message) => /"greeting" is not declared/.test(message))));
		const at = place('{{greeting');
		const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
			'vscode.executeCodeActionProvider',
			editor.document.uri,
			new vscode.Range(at, at),
		);
		const declare = actions.find(({ title }) => title === 'Declare variable "greeting"');
		assert.ok(declare?.command, actions.map(({ title }) => title).join(', '));
		assert.ok(actions.some(({ title }) => title === 'Keep as text'));
		await vscode.commands.executeCommand(declare.command.command, ...(declare.command.arguments as unknown[]));
		await eventually(() => assert.ok(!messages().some((message) => /"greeting" is not declared/.test(message))));
	});

	/** Accepts what each quick pick and input box proposes until the command has ended. */
	async function accepted(...argument: unknown[]): Promise<unknown> {
		const answer = vscode.commands.executeCommand('promptWorkshop.editVariables', draftId, ...argument);
		let isSettled = false;
		const settle = () => (isSettled = true);
		void answer.then(settle, settle);
		await until(async () => {
			await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
			return isSettled;
		}, 'the variables to be edited');
		return answer;
	}

	it('are declared and changed in steps', async () => {
		const greeting = { name: 'greeting', type: 'text' };
		assert.deepEqual(await accepted({ declare: 'greeting', ask: true }), [...variables, greeting]);
		assert.deepEqual(await accepted(), [...variables, greeting], 'the first one, as it was');
	});

	it('that a text names are declared at once', async () => {
		await vscode.commands.executeCommand('promptWorkshop.editVariables', draftId, { declare: ['a', 'b'] });
		assert.deepEqual((await declared()).slice(-2), [
			{ name: 'a', type: 'text' },
			{ name: 'b', type: 'text' },
		]);
	});

	it('are filled in beside the text, with the problems above, as one types', async () => {
		const shown = await vscode.commands.executeCommand<string>('promptWorkshop.previewRendered', draftId);
		assert.match(shown, /^This prompt cannot be sent yet\. It has 2 problems:\n\n- Line 1: The variable "company"/);
		assert.match(shown, /Order 7\. Close with \{\{greeting \| upper\}\}/);
		const preview = vscode.workspace.textDocuments.find(({ uri }) => uri.authority === 'rendered');
		assert.ok(preview);
		await vscode.commands.executeCommand('promptWorkshop.editVariables', draftId, {
			variables: [{ name: 'company', type: 'text', default: 'Ada & Co' }],
		});
		await editor.edit((edit) =>
			edit.replace(new vscode.Range(0, 0, editor.document.lineCount, 0), 'Welcome to {{company}}.'),
		);
		await eventually(() => assert.equal(preview.getText(), 'Welcome to Ada & Co.'));
	});

	it('are filled in for a test, which a result repeats with the same values', async () => {
		await vscode.commands.executeCommand('promptWorkshop.editVariables', draftId, { declare: 'greeting' });
		const vars = { company: 'Ada', greeting: 'bye', count: 4 };
		const options = { testQuery: 'Where is the parcel of {{company}}?', topic: 'General', vars };
		const parts = await collect(api.testDraft(draftId, options));
		const [result] = parts.flatMap((part): TestResult[] => (part.type === 'result' ? [part.result] : []));
		assert.ok(result);
		const expected = { ...vars, orders: [{ id: 7 }] };
		assert.deepEqual(result.parameters['vars'], expected);
		assert.equal(result.parameters['renderedQuery'], 'Where is the parcel of Ada?');
		const again = await vscode.commands.executeCommand<TestResult>('promptWorkshop.runTestAgain', result.testId);
		assert.deepEqual([again.query, again.parameters['vars']], [options.testQuery, expected]);
		await assert.rejects(
			collect(api.testDraft(draftId, { ...options, vars: { nobody: 1 } })),
			/no variable "nobody"/,
		);
	});
});
