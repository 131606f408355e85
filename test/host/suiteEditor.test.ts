import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import type { PromptWorkshopApi } from '../../src/common/api.ts';
import { caseOfMessage } from '../../src/host/suites/caseSources.ts';
import { EditorTools } from '../../src/host/suites/editorTools.ts';
import type { SuitesNode } from '../../src/host/suites/suiteNodes.ts';
import type { SuiteServices } from '../../src/host/suites/suiteServices.ts';
import { SuitesTree } from '../../src/host/suites/suitesTree.ts';
import type { Repositories, Store } from '../../src/storage/contract.ts';
import { until } from '../support/eventually.ts';
import { runFixture } from '../support/suites/runFixture.ts';
import { inWorkspace } from './labSupport.ts';
import { activated, useOfflineGuide } from './support.ts';

const run = <T>(id: string, ...parameters: unknown[]) =>
	vscode.commands.executeCommand<T>(`promptWorkshop.${id}`, ...parameters);

const files: string[] = [];
const file = async (path: string, content: string) => {
	const made = await inWorkspace(path, content);
	files.push(made);
	return vscode.Uri.file(made);
};

describe('suites in the editor', () => {
	let api: PromptWorkshopApi;
	let draftId = 0;

	before(async () => {
		api = await activated();
		await useOfflineGuide();
		const started = await api.startWorkshop({
			draftName: 'Suite editor test',
			startingPrompt: 'You are a support agent. Answer in at most three sentences, and name the order.',
			kind: 'assistant',
		});
		draftId = started.draftId;
	});
	after(() => Promise.all(files.map((path) => rm(path, { force: true }))));
	afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

	it('show the problems of closed files, until they are corrected', async () => {
		const uri = await file('closed.prompttest.yaml', 'cases:\n  - query: a\n    expectd: b\n');
		await until(() => vscode.languages.getDiagnostics(uri).length > 0, 'a problem of the closed file');
		const [problem] = vscode.languages.getDiagnostics(uri);
		assert.deepEqual(
			[problem?.range.start.line, problem?.range.start.character, problem?.range.end.character],
			[2, 4, 11],
		);
		await writeFile(uri.fsPath, 'cases:\n  - query: a\n    expected: b\n');
		await until(() => vscode.languages.getDiagnostics(uri).length === 0, 'no problem');
	});

	it('lead from a problem of a case file to its place', async () => {
		await file('beside.jsonl', '{"query":"a"}\n{"qury":"b"}\n');
		const uri = await file('beside.prompttest.yaml', 'cases:\n  - file: beside.jsonl\n');
		await until(() => vscode.languages.getDiagnostics(uri).length > 0, 'a problem');
		const [problem] = vscode.languages.getDiagnostics(uri);
		assert.match(problem?.message ?? '', /^beside\.jsonl:2: /);
		const [related] = problem?.relatedInformation ?? [];
		assert.match(related?.location.uri.path ?? '', /beside\.jsonl$/);
		assert.equal(related?.location.range.start.line, 1);
	});

	it('complete fields, types and names of prompts', async () => {
		const text = 'prompt: \ncases:\n  - query: a\n    assert:\n      - type: \n    \n';
		const uri = await file('complete.prompttest.yaml', text);
		await vscode.workspace.openTextDocument(uri);
		const at = async (line: number, character: number) => {
			const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
				'vscode.executeCompletionItemProvider',
				uri,
				new vscode.Position(line, character),
			);
			return items.map(({ label }) => (typeof label === 'string' ? label : label.label));
		};
		assert.ok((await at(0, 8)).includes('draft:Suite editor test'));
		const types = await at(4, 14);
		assert.ok(types.includes('contains') && types.includes('not-regex'));
		const fields = await at(5, 4);
		assert.ok(fields.includes('expected') && !fields.includes('query'));
	});

	it('say what a field means', async () => {
		const uri = await file('hover.prompttest.yaml', 'topic: General\ncases:\n  - query: a\n');
		await vscode.workspace.openTextDocument(uri);
		const [hover] = await vscode.commands.executeCommand<vscode.Hover[]>(
			'vscode.executeHoverProvider',
			uri,
			new vscode.Position(0, 2),
		);
		const [text] = hover?.contents ?? [];
		assert.ok(text instanceof vscode.MarkdownString);
		assert.match(text.value, /search/);
	});

	it('are made as a file that names its prompt, and never replace one', async () => {
		const uri = await file('made.prompttest.yaml', '');
		await rm(uri.fsPath);
		const made = await run<{ uri: string } | undefined>('newSuite', draftId, { uri: uri.fsPath });
		assert.ok(made);
		const text = (await vscode.workspace.openTextDocument(vscode.Uri.parse(made.uri))).getText();
		assert.match(text, /^prompt: "?'?draft:Suite editor test/m);
		assert.equal(await run('newSuite', draftId, { uri: uri.fsPath }), undefined);
		assert.equal(await run('newSuite', draftId, { uri: uri.fsPath.replace('.prompttest', '') }), undefined);
		const listed = (await api.listSuites()).find((suite) => suite.uri.endsWith('made.prompttest.yaml'));
		assert.deepEqual([listed?.prompt, listed?.problems], ['draft:Suite editor test', []]);
	});

	it('take the question of a recorded conversation as a case of a file', async () => {
		const fixture = await file(
			'.promptworkshop/fixtures/kept.fixture.json',
			JSON.stringify({
				name: 'Kept',
				systemPrompt: 'You are helpful.',
				messages: [
					{ role: 'user', content: 'Where is it?' },
					{ role: 'assistant', content: 'On its way.' },
				],
			}),
		);
		const uri = await file('kept.prompttest.yaml', 'cases:\n  - { query: a } # first\n');
		const { id } = await api.loadFixture('Kept');
		const options = { name: 'kept', contains: 'way', suite: uri };
		const kept = await run<{ name: string } | undefined>('keepAsCase', { fixtureId: id }, options);
		assert.equal(kept?.name, 'kept');
		const text = (await vscode.workspace.openTextDocument(uri)).getText();
		assert.match(text, /^ {2}- \{ query: a \} # first$/m);
		const listed = (await api.listSuites()).find((suite) => suite.uri === uri.toString());
		assert.deepEqual([listed?.cases, listed?.problems], [2, []]);
		assert.match(text, /turn: 1/);
		await rm(fixture.fsPath);
	});

	it('take a chat up to an answer as a case, without its system message', async () => {
		const messages = [
			{ id: 1, chatId: 5, role: 'system', content: 'meta' },
			{ id: 2, chatId: 5, role: 'user', content: 'A support agent.' },
			{ id: 3, chatId: 5, role: 'assistant', content: 'For what?' },
			{ id: 4, chatId: 5, role: 'user', content: 'Parcels.' },
			{ id: 5, chatId: 5, role: 'assistant', content: 'Here it is.' },
		];
		const repositories = {
			chats: { message: (id: number) => messages[id - 1], messages: () => messages },
			drafts: { list: () => [{ id: 7 }, { id: 8 }], get: (id: number) => ({ workshopChatId: id === 8 ? 5 : 6 }) },
		} as unknown as Repositories;
		const store = { read: <T>(work: (all: Repositories) => T) => Promise.resolve(work(repositories)) };
		const services = { openStore: () => Promise.resolve(store) } as unknown as SuiteServices;
		const kept = await caseOfMessage(services, 5);
		assert.equal(kept.draftId, 8);
		assert.deepEqual(kept.asked.messages, [
			{ role: 'user', content: 'A support agent.' },
			{ role: 'assistant', content: 'For what?' },
			{ role: 'user', content: 'Parcels.' },
		]);
		await assert.rejects(caseOfMessage(services, 1), { code: 'validation' });
	});

	it('show a run as a document', async () => {
		const text = 'cases:\n  - { name: recorded, query: q, output: no, assert: [{ type: equals, value: "yes" }] }\n';
		const uri = await file('shown.prompttest.yaml', text);
		let runId = '';
		for await (const event of api.runSuite(uri.toString())) {
			runId = event.type === 'plan' ? event.runId : runId;
		}
		assert.deepEqual(await run('openRun', runId), { runId });
		const shown = vscode.window.activeTextEditor?.document.getText() ?? '';
		assert.match(shown, /0 of 1, 0 to 79 %/);
		assert.match(shown, /### recorded/);
		assert.equal(await run('openRun', 'no such run'), undefined);
	});
});

describe('the tree of suites', () => {
	const view = (() => ({ visible: true, dispose: () => undefined })) as never;
	const suite = 'prompt-suite://store/draft/1/suite.prompttest.yaml';
	const outline = async (tree: SuitesTree, parent?: SuitesNode): Promise<string[]> => {
		const lines: string[] = [];
		for (const node of await tree.getChildren(parent)) {
			const { label = '', description, contextValue } = await tree.getTreeItem(node);
			assert.ok(typeof label === 'string');
			lines.push(`${parent ? '  ' : ''}${label} | ${String(description).split(' · ')[0]} | ${contextValue}`);
			lines.push(...(await outline(tree, node)));
		}
		return lines;
	};
	const treeOf = (runs: ReturnType<typeof runFixture>[], running: string[] = []) => {
		const store = {
			read: <T>(work: (all: Repositories) => T) =>
				Promise.resolve(work({ runs: { list: () => runs } } as unknown as Repositories)),
		} as unknown as Store;
		return new SuitesTree(
			{
				openStore: () => Promise.resolve(store),
				suiteFiles: {
					names: () => {
						const uri = vscode.Uri.parse(suite);
						return Promise.resolve([{ uri, document: uri, name: 'Support' }]);
					},
				},
				suiteRuns: { running, onNews: () => ({ dispose: () => undefined }) },
				onFailed: (error) => assert.fail(String(error)),
			},
			view,
		);
	};

	it('shows suites with their runs, newest first, and what may be done with each', async () => {
		const tree = treeOf(
			[
				runFixture({ runId: 'a', suite, status: 'running', passed: 1, trials: 4 }),
				runFixture({ runId: 'b', suite, status: 'stopped', passed: 1, errors: 1, trials: 4 }),
				runFixture({ runId: 'c', suite, passed: 2, failed: 1 }),
				runFixture({
					runId: 'd',
					suite: 'prompt-suite://store/draft/9/suite.prompttest.yaml',
					suiteName: 'Old',
				}),
			],
			['a'],
		);
		assert.deepEqual(await outline(tree), [
			'Support | 1 of 1 | suite',
			'  1 of 1 | running | run.here',
			'  1 of 1, 1 error | stopped | run.open',
			'  2 of 3 | complete | run',
			'Old | deleted | suite.gone',
			'  0 of 0 | complete | run',
		]);
		tree.dispose();
	});

	it('shows intervals, and which run is the baseline', async () => {
		const { variants, ...run } = runFixture({ runId: 'a', suite, passed: 10, failed: 2 });
		const rated = { ...run, variants: variants.map((one) => ({ ...one, rate: 10 / 12, worth: 12 })) };
		const tree = treeOf([{ ...rated, blessedAt: run.startedAt }]);
		assert.deepEqual(await outline(tree), [
			'Support | 10 of 12, 55 to 95 % | suite',
			'  10 of 12, 55 to 95 % | baseline | run.baseline',
		]);
		tree.dispose();
	});

	it('tells a run that another window has from one of this window', async () => {
		const tree = treeOf([runFixture({ runId: 'a', suite, status: 'running', trials: 4 })]);
		assert.match((await outline(tree))[1] ?? '', /run\.running$/);
		tree.dispose();
	});

	it('redraws the row that changed and keeps the others', async () => {
		const runs = [runFixture({ runId: 'a', suite, status: 'running', passed: 1, trials: 4 })];
		const tree = treeOf(runs);
		const [node] = await tree.getChildren();
		const changed: (SuitesNode | undefined)[] = [];
		tree.onDidChangeTreeData((one) => changed.push(one));
		const none = { drafts: [], chats: [], prompts: [], results: [], suites: [], runs: [], all: false };
		runs[0] = runFixture({ runId: 'a', suite, passed: 4 });
		tree.follow({ ...none, results: ['x'] });
		tree.follow({ ...none, runs: ['a'] });
		await until(() => changed.length > 0, 'a redraw');
		assert.deepEqual(changed, [node]);
		assert.match((await outline(tree))[1] ?? '', /4 of 4 \| complete/);
		tree.dispose();
	});
});

describe('tools of the editor in a suite', () => {
	const { signal } = new AbortController();

	it('are those that exist, and answer with their text', async () => {
		await until(() => vscode.lm.tools.some(({ name }) => name === 'test_shout'), 'the tool of the test');
		const [tool, ...others] = await new EditorTools(false).offer(['test_shout', 'no_such_tool']);
		assert.ok(tool && others.length === 0);
		assert.equal(tool.description, 'Returns a text in capital letters');
		assert.deepEqual(await tool.run({ text: 'hello' }, signal), { content: 'HELLO', summary: 'HELLO' });
	});

	it('tell the model when they fail', async () => {
		const [tool] = await new EditorTools(false).offer(['test_shout']);
		const output = await tool?.run({}, signal);
		assert.equal(output?.isError, true);
		assert.match(output.content, /text is missing/);
	});

	it('end with the run', async () => {
		const stop = new AbortController();
		stop.abort();
		const [tool] = await new EditorTools(true).offer(['test_shout']);
		await assert.rejects(async () => {
			const output = await tool?.run({ text: 'a' }, stop.signal);
			assert.ok(output && !output.isError);
		});
	});
});
