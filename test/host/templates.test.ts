import assert from 'node:assert/strict';
import { readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { PromptWorkshopApi, StartedWorkshop } from '../../src/common/api.ts';
import { readTemplate } from '../../src/prompts/templates/readTemplate.ts';
import { until } from '../support/eventually.ts';
import { inWorkspace } from './labSupport.ts';
import { activated, useOfflineGuide } from './support.ts';

const run = <T>(id: string, ...parameters: unknown[]) =>
	vscode.commands.executeCommand<T>(`promptWorkshop.${id}`, ...parameters);
const start = (...parameters: unknown[]) => run<StartedWorkshop | undefined>('startFromTemplate', ...parameters);
const save = (...parameters: unknown[]) =>
	run<{ id: string; uri: string } | undefined>('saveAsTemplate', ...parameters);
const folder = '.promptworkshop/templates';
const template = (title: string, prompt = 'You greet {{guest}} in one sentence and ask nothing.') =>
	`---\ntitle: ${title}\nkind: assistant\nvariables:\n  - name: guest\n    default: Ada\nquestions:\n  - Good morning, how are you?\n---\n\n${prompt}\n`;

describe('templates', () => {
	let api: PromptWorkshopApi;
	const files: string[] = [];
	const saved: string[] = [];
	const shipped = (id: string) => {
		const extension = vscode.extensions.getExtension('auspex.prompt-workshop');
		return readFile(join(extension?.extensionPath ?? '', 'media', 'templates', `${id}.md`), 'utf8');
	};
	/** The id and text of the last version of the template that a draft was started from. */
	const draftOf = async (started: StartedWorkshop | undefined) => {
		assert.ok(started);
		return api.getDraft(started.draftId);
	};
	const read = async (answer: { uri: string } | undefined) => {
		assert.ok(answer);
		const path = vscode.Uri.parse(answer.uri).fsPath;
		saved.push(path);
		return readFile(path, 'utf8');
	};

	before(async () => {
		api = await activated();
		await useOfflineGuide();
		const outside = join(tmpdir(), `outside-${process.pid}.md`);
		await writeFile(outside, template('Outside'));
		files.push(
			outside,
			await inWorkspace(`${folder}/greeter.md`, template('Greeter')),
			await inWorkspace(`${folder}/broken.md`, '---\ntitle: Broken\nkind: oracle\n---\n\nYou help.\n'),
			await inWorkspace(`${folder}/tutor.md`, template('Own tutor')),
			await inWorkspace(`${folder}/notes.txt`, 'No template'),
		);
		const link = join(vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '', folder, 'linked.md');
		await symlink(outside, link);
		files.push(link);
	});
	after(async () => {
		await Promise.all([...files, ...saved].map((file) => rm(file, { force: true })));
	});
	afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

	it('start a draft with text, kind, variables, tools and questions, which a template saved from it has too', async () => {
		const original = readTemplate(await shipped('support-agent')).template;
		assert.ok(original);
		const draft = await draftOf(await start('support-agent', { draftName: 'Order desk' }));
		assert.deepEqual(
			[draft.draftName, draft.draftContent, draft.kind, draft.parentPromptName],
			['Order desk', original.prompt, 'agent', null],
		);
		const written = await read(
			await save(draft.id, { title: 'Our order desk', when: 'For orders', place: 'workspace' }),
		);
		const { description: _description, ...rest } = original;
		assert.deepEqual(readTemplate(written).template, { ...rest, title: 'Our order desk', when: 'For orders' });
		assert.match(vscode.window.activeTextEditor?.document.uri.path ?? '', /templates\/our-order-desk\.md$/);
		assert.equal((await draftOf(await start('our-order-desk', { draftName: 'Second desk' }))).kind, 'agent');
	});

	it('are looked for by id in the extension, then in the workspace, then among the prompts', async () => {
		assert.match((await draftOf(await start('greeter', { draftName: 'Greeter' }))).draftContent, /^You greet/);
		assert.match((await draftOf(await start('tutor', { draftName: 'Tutor one' }))).draftContent, /patient tutor/);
		const own = await draftOf(await start('workspace:tutor', { draftName: 'Tutor two' }));
		assert.match(own.draftContent, /^You greet/);
		const fromPrompt = await draftOf(await start('auspex_default', { draftName: 'From a prompt' }));
		assert.match(fromPrompt.draftContent, /You are Auspex/);
		assert.deepEqual([fromPrompt.kind, fromPrompt.parentPromptName], ['research', null]);
	});

	it('that are broken, links, or not there start nothing', async () => {
		const { total } = await api.listDrafts();
		for (const name of ['broken', 'linked', 'notes', 'missing', '../../greeter', '']) {
			assert.equal(await start(name, { draftName: 'Never made' }), undefined, name);
		}
		assert.equal((await api.listDrafts()).total, total);
	});

	it('are chosen from a list, under a proposed name', async () => {
		const answer = start();
		let isSettled = false;
		const settle = () => (isSettled = true);
		void answer.then(settle, settle);
		await until(async () => {
			await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
			return isSettled;
		}, 'the first template to be accepted');
		const draft = await draftOf(await answer);
		assert.deepEqual([draft.draftName, draft.kind], ['Research analyst', 'research']);
	});

	it('of the user are kept apart from the workspace, and never overwritten unless a caller says so', async () => {
		const { draftId } = await api.startWorkshop({
			draftName: 'House style',
			startingPrompt: 'You write for {{readers}} in the style of the house, and never longer than a page.',
			kind: 'assistant',
		});
		const first = await save(draftId, {});
		const text = await read(first);
		assert.equal(first?.id, 'house-style');
		assert.doesNotMatch(first.uri, /promptworkshop\/templates/);
		assert.deepEqual(readTemplate(text).template?.variables, [{ name: 'readers', type: 'text' }]);
		await api.updateDraft(draftId, { draftContent: 'You write for {{readers}}, and never longer than a line.' });
		assert.equal(await save(draftId, {}), undefined);
		assert.equal(await readFile(vscode.Uri.parse(first.uri).fsPath, 'utf8'), text);
		assert.match(await read(await save(draftId, { overwrite: true })), /longer than a line/);
		const started = await draftOf(await start('mine:house-style', { draftName: 'In the house style' }));
		assert.match(started.draftContent, /longer than a line/);
	});

	it('are saved from prompts of the library, and not from a text that no one could render', async () => {
		const written = await read(await save('auspex_default', { title: 'Our analyst' }));
		assert.equal(readTemplate(written).template?.kind, 'research');
		const { draftId } = await api.startWorkshop({
			draftName: 'Unclosed',
			startingPrompt: 'You answer questions. {{#guest}}And you greet the guest who asks them.',
		});
		assert.equal(await save(draftId, {}), undefined);
		assert.equal(await save(draftId, { place: 'elsewhere' }), undefined);
		assert.equal(await save(draftId, { title: 'two\nlines' }), undefined);
	});
});
