import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { PromptWorkshopApi } from '../../src/common/api.ts';
import { inWorkspace } from './labSupport.ts';
import { activated, collect, configure, useOfflineGuide } from './support.ts';

const prompt = 'You answer questions about electricity storage and cite the article of every claim. '.repeat(2);
const run = <T>(id: string, ...parameters: unknown[]) =>
	vscode.commands.executeCommand<T>(`promptWorkshop.${id}`, ...parameters);

describe('above a draft and where a save fails', () => {
	let api: PromptWorkshopApi;
	let draftId: number;
	let folder: string;

	before(async () => {
		api = await activated();
		await useOfflineGuide();
		folder = await realpath(await mkdtemp(join(tmpdir(), 'failed-saves-')));
		({ draftId } = await api.startWorkshop({ draftName: 'Lens', startingPrompt: prompt }));
	});
	after(async () => {
		await vscode.commands.executeCommand('workbench.action.closeAllEditors');
		await configure('promptWorkshop', 'codeLens', undefined);
		await rm(folder, { recursive: true, force: true });
	});

	async function lenses(): Promise<[string, unknown[]][]> {
		await run('openDraft', draftId);
		const { document } = vscode.window.activeTextEditor ?? assert.fail('no editor');
		const found = await vscode.commands.executeCommand<vscode.CodeLens[]>(
			'vscode.executeCodeLensProvider',
			document.uri,
			10,
		);
		return found.flatMap(({ command }): [string, unknown[]][] =>
			command?.command.startsWith('promptWorkshop.')
				? [[`${command.command.slice('promptWorkshop.'.length)}: ${command.title}`, command.arguments ?? []]]
				: [],
		);
	}

	it('a draft offers its test and its workshop, then its last result; nothing where the setting is off', async () => {
		assert.deepEqual(await lenses(), [
			['runTest: $(play) Run test', [draftId]],
			['openWorkshop: $(comment-discussion) Open workshop', [draftId]],
		]);
		await collect(api.testDraft(draftId, { testQuery: 'What do planners expect?', topic: 'General' }));
		const [result] = (await api.listTestResults(draftId)).testResults;
		assert.ok(result);
		await api.rateTest(draftId, result.testId, { userRating: 4 });
		const [, , last] = await lenses();
		assert.match(last?.[0] ?? '', /^openResult: Last test: .*★4 · \d+\.\d s/);
		assert.deepEqual(last?.[1], [result.testId]);
		await configure('promptWorkshop', 'codeLens', false);
		assert.deepEqual(await lenses(), []);
	});

	it('the results of tests that cannot be written give no file, and can be written elsewhere', async () => {
		const place = join(folder, 'a file');
		await writeFile(place, 'in the way');
		// A command that fails says why in a message and answers nothing.
		assert.equal(await run('exportResults', draftId, join(place, 'results.json')), undefined);
		assert.deepEqual(await readdir(folder), ['a file']);
		const free = join(folder, 'results.json');
		assert.equal(await run('exportResults', draftId, free), free);
	});

	it('the results of a matrix that cannot be written give no file, and can be written elsewhere', async () => {
		const fixture = await inWorkspace('.promptworkshop/fixtures/matrix.json', {
			name: 'Matrix of a failing save',
			module: 'tests',
			systemPrompt: prompt,
			messages: [
				{ role: 'user', content: 'What do planners expect?' },
				{ role: 'assistant', content: 'More batteries.' },
			],
		});
		try {
			await run('openLab', 'Matrix of a failing save');
			await run('lab.runMatrix', {
				prompts: ['edited'],
				columns: ['0/0'],
				turns: 'chosen',
				thinking: ['off'],
			});
			const blocked = join(folder, 'blocked');
			await writeFile(blocked, 'in the way');
			assert.equal(await run('lab.saveMatrix', { uri: join(blocked, 'matrix.json') }), undefined);
			await mkdir(join(folder, 'free'));
			assert.ok(await run('lab.saveMatrix', { uri: join(folder, 'free', 'matrix.json') }));
			assert.deepEqual(await readdir(join(folder, 'free')), ['matrix.json']);
		} finally {
			await vscode.commands.executeCommand('workbench.action.closeAllEditors');
			await rm(fixture, { force: true });
		}
	});
});
