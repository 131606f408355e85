import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import * as vscode from 'vscode';
import type { PromptWorkshopApi } from '../../src/common/api.ts';
import type { Message, TestResult } from '../../src/common/model.ts';
import { WireServer } from '../support/wire/wireServer.ts';
import { eventually } from '../support/eventually.ts';
import { activated, configure } from './support.ts';

const text = 'You answer questions about electricity storage and cite the article of every claim. '.repeat(2);
const block = 'You answer in five sentences and cite the article of every claim.';
const run = <T>(id: string, ...parameters: unknown[]) =>
	vscode.commands.executeCommand<T>(`promptWorkshop.${id}`, ...parameters);

describe('commands beside the buttons of the Workshop', () => {
	let api: PromptWorkshopApi;
	let wire: WireServer;
	let folder: string;
	let draftId: number;

	before(async () => {
		api = await activated();
		wire = await WireServer.start();
		await configure('promptWorkshop', 'providers', [
			{ id: 'local', kind: 'openai-compatible', baseUrl: wire.baseUrl },
		]);
		for (const use of ['chatModel', 'testModel']) {
			await configure('promptWorkshop', use, 'local/chat-wire');
		}
		folder = await realpath(await mkdtemp(join(tmpdir(), 'workshop-commands-')));
	});
	after(async () => {
		await wire.stop();
		for (const key of ['providers', 'chatModel', 'testModel']) {
			await configure('promptWorkshop', key, undefined);
		}
		await rm(folder, { recursive: true, force: true });
	});
	beforeEach(async () => {
		wire.reset();
		({ draftId } = await api.startWorkshop({ draftName: 'Command draft', startingPrompt: text }));
	});
	afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

	const newest = async () => (await api.listTestResults(draftId)).testResults[0];
	const test = () => run<TestResult>('runTest', draftId, { query: 'What do planners expect?', topic: 'General' });

	it('send, edit and retry messages and answer with the assistant’s', async () => {
		wire.reply('chat', wire.script.chat({ text: 'Which tone?' }));
		const first = await run<Message>('sendMessage', draftId, 'Make it short');
		assert.deepEqual([first.content, first.status], ['Which tone?', 'complete']);
		wire.reply('chat', { status: 500, body: '{"error":{"message":"down"}}' });
		wire.reply('chat', { status: 500, body: '{"error":{"message":"down"}}' });
		wire.reply('chat', { status: 500, body: '{"error":{"message":"down"}}' });
		const failed = await run<Message>('resendMessage', draftId, first.id - 1, 'Make it long');
		assert.equal(failed.status, 'failed');
		wire.reset();
		wire.reply('chat', wire.script.chat({ text: 'Here it is.' }));
		const again = await run<Message>('retryAnswer', draftId);
		assert.deepEqual([again.content, again.status], ['Here it is.', 'complete']);
		const sent = JSON.stringify(wire.requestsTo('chat').at(-1)?.json);
		assert.match(sent, /Make it long/);
		assert.doesNotMatch(sent, /Make it short/);
		assert.equal(await run('resendMessage', draftId, 'x', 1), undefined);
	}).timeout(60_000);

	it('make a block the text of an empty draft, and show one beside a text', async () => {
		await api.updateDraft(draftId, { draftContent: '' });
		wire.reply('chat', wire.script.chat({ text: `Take this:\n\n\`\`\`\n${block}\n\`\`\`` }));
		const message = await run<Message>('sendMessage', draftId, 'Write it');
		await run('useBlock', draftId, message.id, block);
		assert.equal((await api.getDraft(draftId)).draftContent, block);
		await run('compareBlock', draftId, message.id, block);
		const tab = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
		assert.ok(tab instanceof vscode.TabInputTextDiff);
		// What is no block of this chat is not taken.
		await run('useBlock', draftId, message.id, 'Some other text');
		const other = await api.startWorkshop({ draftName: 'Other draft' });
		await run('useBlock', other.draftId, message.id, block);
		assert.equal((await api.getDraft(draftId)).draftContent, block);
		assert.equal((await api.getDraft(other.draftId)).draftContent, '');
	});

	it('rate, repeat and delete a result, and bring it back', async () => {
		const first = await test();
		const rated = await run<TestResult>('rateResult', first.testId, { userRating: 4, notes: 'Needs dates' });
		assert.deepEqual([rated.userRating, rated.notes], [4, 'Needs dates']);
		assert.equal(await run('rateResult', first.testId, { userRating: 6 }), undefined);
		const second = await run<TestResult>('runTestAgain', first.testId, { model: 'local/another' });
		assert.deepEqual([second.query, second.model], [first.query, 'local/another']);
		assert.equal((await newest())?.testId, second.testId);
		await run('deleteResult', second.testId);
		assert.equal((await newest())?.testId, first.testId);
		const restoring = run('restoreDeleted');
		await eventually(async () => {
			await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
			assert.equal((await newest())?.testId, second.testId);
		});
		await restoring;
		await vscode.commands.executeCommand('notifications.clearAll');
	});

	it('edit the description and refuse a long one', async () => {
		await run('editDescription', draftId, 'For planners');
		assert.equal((await api.getDraft(draftId)).draftDescription, 'For planners');
		assert.equal(await run('editDescription', draftId, 'x'.repeat(501)), undefined);
		assert.equal((await api.getDraft(draftId)).draftDescription, 'For planners');
	});

	it('clone a prompt from its document', async () => {
		await run('openPrompt', 'auspex_default');
		const uri = vscode.window.activeTextEditor?.document.uri;
		const { parentPrompt } = await run<{ parentPrompt: string }>('cloneToDraft', uri);
		assert.equal(parentPrompt, 'auspex_default');
	});

	it('export results with the names of the database, and replace no file [attack 14]', async () => {
		await test();
		const file = join(folder, 'results.json');
		assert.equal(await run('exportResults', draftId, file), file);
		const before = await readFile(file, 'utf8');
		const exported = JSON.parse(before) as { test_results: Record<string, unknown>[] };
		assert.equal(exported.test_results.length, 1);
		assert.ok(Object.keys(exported.test_results[0] ?? {}).every((name) => /^[a-z_]+$/.test(name)));
		await writeFile(file, 'mine');
		assert.equal(await run('exportResults', draftId, file), undefined);
		await run('exportDatabase', file);
		assert.equal(await readFile(file, 'utf8'), 'mine');
		// Neither through a link to it.
		await symlink(file, join(folder, 'link.json'));
		await run('exportDatabase', join(folder, 'link.json'));
		assert.equal(await readFile(file, 'utf8'), 'mine');
	});

	it('keep the files of an export inside its folder, whatever drafts and prompts are called [attack 14]', async () => {
		const names = [
			'../../outside',
			'/etc/outside',
			'C:\\outside',
			'CON',
			'con',
			'Aux.',
			'a/b\\c',
			'Straße',
			'STRASSE',
			'…',
		];
		for (const name of names) {
			await api.startWorkshop({ draftName: name.padEnd(3, ' x'), startingPrompt: `${text} ${name}` });
		}
		const root = join(folder, 'exports');
		await mkdir(root);
		const place = await run<string>('exportAllData', root);
		assert.ok(place.startsWith(root + sep));
		assert.deepEqual(await readdir(folder).then((all) => all.filter((name) => /outside/.test(name))), []);
		const files = (await readdir(place, { recursive: true, withFileTypes: true }))
			.filter((entry) => entry.isFile())
			.map((entry) => relative(place, join(entry.parentPath, entry.name)));
		for (const file of files) {
			for (const part of file.split(sep)) {
				assert.doesNotMatch(part, /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i, file);
				assert.doesNotMatch(part, /[<>:"|?*\\\p{Cc}]|[. ]$/u, file);
			}
		}
		const lower = files.map((file) => file.toLowerCase());
		assert.equal(new Set(lower).size, lower.length, 'two files differ in case only');
		const texts = await Promise.all(
			files.filter((file) => file.endsWith('.md')).map((file) => readFile(join(place, file), 'utf8')),
		);
		for (const name of names) {
			assert.ok(
				texts.some((one) => one.includes(`${text} ${name}`)),
				`the text of "${name}" was not exported`,
			);
		}
		// Another one in the same second is refused rather than mixed in.
		assert.equal((await readdir(root)).length, 1);
	});
});
