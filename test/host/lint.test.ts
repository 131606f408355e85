import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { PromptWorkshopApi } from '../../src/common/api.ts';
import { eventually } from '../support/eventually.ts';
import { activated, configure, useOfflineGuide } from './support.ts';

const prompt =
	'You answer questions about releases in two sentences. Cite the article of every claim, and say what is not known.\n';

describe('the lint in the editor', () => {
	let api: PromptWorkshopApi;
	let draftId: number;

	before(async () => {
		api = await activated();
		await useOfflineGuide();
	});
	afterEach(async () => {
		await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
		await vscode.commands.executeCommand('workbench.action.closeAllEditors');
		await configure('promptWorkshop', 'lint', undefined);
	});

	async function open(text: string): Promise<vscode.TextDocument> {
		({ draftId } = await api.startWorkshop({ draftName: 'Release analyst', startingPrompt: text }));
		await vscode.commands.executeCommand('promptWorkshop.openDraft', draftId);
		const document = vscode.window.activeTextEditor?.document;
		assert.ok(document?.uri.scheme === 'prompt-draft');
		return document;
	}

	const ruleOf = ({ code }: vscode.Diagnostic) => (typeof code === 'object' ? String(code.value) : '');

	async function finds(document: vscode.TextDocument, rules: readonly string[]): Promise<vscode.Diagnostic[]> {
		return eventually(() => {
			const found = vscode.languages.getDiagnostics(document.uri);
			assert.deepEqual(found.map(ruleOf), rules);
			return found;
		});
	}

	async function act(document: vscode.TextDocument, { range }: vscode.Diagnostic, title: string): Promise<void> {
		const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
			'vscode.executeCodeActionProvider',
			document.uri,
			range,
		);
		const action = actions.find((one) => one.title === title);
		assert.ok(action, `"${title}" is not among ${actions.map((one) => one.title).join(', ')}`);
		if (action.edit) {
			await vscode.workspace.applyEdit(action.edit);
		}
		if (action.command) {
			const { command, arguments: parameters = [] } = action.command;
			await vscode.commands.executeCommand(command, ...(parameters as unknown[]));
		}
	}

	it('links each problem with the page of its rule', async () => {
		const document = await open(`${prompt}TODO: the audience`);
		const [problem] = await finds(document, ['placeholder']);
		const code = problem?.code;
		assert.ok(typeof code === 'object');
		const page = await vscode.workspace.openTextDocument(code.target);
		assert.match(page.getText(), /^# placeholder\n/);
		await assert.rejects(
			async () => vscode.workspace.fs.readFile(code.target.with({ path: '/..%2fx/x.md' })),
			/no rule/,
		);
	});

	it('fixes what can be fixed safely', async () => {
		const document = await open(`${prompt}In\u200bvisible`);
		const [problem] = await finds(document, ['invisible-character']);
		assert.ok(problem);
		await act(document, problem, 'Remove U+200B');
		assert.equal(document.getText(), `${prompt}Invisible`);
		await finds(document, []);
	});

	it('turns a rule off for a line, and for the prompt', async () => {
		const document = await open(`${prompt}TODO: the audience\nTODO: the tone`);
		const [first] = await finds(document, ['placeholder', 'placeholder']);
		assert.ok(first);
		await act(document, first, 'Disable placeholder for this line');
		assert.equal(document.lineAt(1).text, '<!-- lint-disable-next-line placeholder -->');
		const [second] = await finds(document, ['placeholder']);
		assert.ok(second);
		await act(document, second, 'Disable placeholder for this prompt');
		assert.equal(document.lineAt(0).text, '<!-- lint-disable placeholder -->');
		await finds(document, []);
	});

	it('turns a rule off in the settings, and follows them', async () => {
		const document = await open(`${prompt}TODO: the audience`);
		const [problem] = await finds(document, ['placeholder']);
		assert.ok(problem);
		await act(document, problem, 'Turn off placeholder in the settings');
		await finds(document, []);
		await configure('promptWorkshop', 'lint', { placeholder: 'information' });
		const [information] = await finds(document, ['placeholder']);
		assert.equal(information?.severity, vscode.DiagnosticSeverity.Information);
	});

	it('follows the kind of the draft', async () => {
		const document = await open(prompt.replace('Cite', 'Name'));
		await finds(document, ['no-citation-rule']);
		await api.updateDraft(draftId, { kind: 'assistant' });
		await finds(document, []);
	});

	it('lints any text for programs', async () => {
		const codes = async (...given: Parameters<typeof api.lint>) =>
			(await api.lint(...given)).map(({ code }) => code);
		assert.deepEqual(await codes(prompt.replace('Cite', 'Name')), ['no-citation-rule']);
		assert.deepEqual(await codes(prompt.replace('Cite', 'Name'), { kind: 'agent' }), []);
		const forceful = `${prompt}You MUST use links.`;
		assert.deepEqual(await codes(forceful, { model: 'anthropic/claude-opus-4-5' }), ['claude-forceful-wording']);
		await assert.rejects(api.lint(prompt, { kind: 'poem' as 'agent' }), /There is no kind "poem"/);
		await assert.rejects(api.lint(prompt, { model: 'claude' }), /provider\/model/);
	});
});
