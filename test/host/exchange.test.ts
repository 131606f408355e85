import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rename as moveOnDisk, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import type { PromptWorkshopApi } from '../../src/common/api.ts';
import { until } from '../support/eventually.ts';
import { inWorkspace, rejectionOf } from './labSupport.ts';
import { activated } from './support.ts';

const command = <T>(id: string, ...parameters: unknown[]) =>
	vscode.commands.executeCommand<T>(`promptWorkshop.${id}`, ...parameters);

const promptYml = `name: Mail sorter
description: Sorts the mail
model: openai/gpt-5-mini
modelParameters:
  temperature: 0.2
messages:
  - role: system
    content: You sort the mail of {{team}}. Answer with one word.
  - role: user
    content: "{{mail}}"
testData:
  - mail: Please pay
    team: Kiwi
    expected: bill
evaluators:
  - name: same
    string:
      equals: "{{expected}}"
`;

const chat = JSON.stringify([
	{
		conversations: [
			{ from: 'human', value: 'Where is my parcel?' },
			{ from: 'gpt', value: 'On its way.' },
		],
	},
]);

/** Whether a tab of the page that asks is open. */
const pageTabs = () =>
	vscode.window.tabGroups.all
		.flatMap(({ tabs }) => tabs)
		.filter(
			({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith('promptWorkshop.import'),
		);

describe('exchange with files of other tools', () => {
	let api: PromptWorkshopApi;
	let folder = '';
	const own: string[] = [];

	before(async () => {
		api = await activated();
		folder = await mkdtemp(join(tmpdir(), 'exchange-'));
	});
	after(async () => {
		await Promise.all([folder, ...own].map((place) => rm(place, { recursive: true, force: true })));
	});
	afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

	async function write(path: string, text: string): Promise<string> {
		const file = join(folder, path);
		await mkdir(dirname(file), { recursive: true });
		await writeFile(file, text);
		return file;
	}

	it('imports a prompt with its tests as a draft with a suite', async () => {
		const file = await write('triage.prompt.yml', promptYml);
		const result = await api.importFile(vscode.Uri.file(file).toString());
		assert.equal(result.format, 'prompt-yml');
		const [draftId = 0] = result.drafts;
		const draft = await api.getDraft(draftId);
		assert.equal(draft.draftName, 'Mail sorter');
		assert.equal(draft.draftContent, 'You sort the mail of {{team}}. Answer with one word.');
		assert.deepEqual(draft.variables.map(({ name }) => name).sort(), ['mail', 'team']);
		const suites = await api.listSuites();
		const suite = suites.find(({ id }) => id === result.suites[0]);
		assert.equal(suite?.cases, 1);
		assert.deepEqual(suite.problems, []);
		assert.deepEqual(result.fixtures, []);
		assert.ok(Array.isArray(result.report));
	});

	it('gives a second import of the same file names of its own', async () => {
		const file = await write('triage.prompt.yml', promptYml);
		const { drafts, suites } = await api.importFile(file);
		assert.match((await api.getDraft(drafts[0] ?? 0)).draftName ?? '', /^Mail sorter \(\d\)$/);
		const suite = (await api.listSuites()).find(({ id }) => id === suites[0]);
		assert.deepEqual(suite?.problems, []);
	});

	it('imports conversations as fixtures that the Lab lists', async () => {
		const { fixtures, drafts } = await api.importFile(await write('parcels.json', chat));
		assert.deepEqual(drafts, []);
		const [uri = ''] = fixtures;
		own.push(vscode.Uri.parse(uri).fsPath);
		const listed = await api.listFixtures();
		const found = listed.find(({ id }) => uri.endsWith(id.split('/').at(-1) ?? 'none'));
		assert.ok(found && found.error === undefined, JSON.stringify(found));
		const fixture = await api.loadFixture(found.id);
		assert.equal(fixture.type, 'conversations');
	});

	it('imports a log of Inspect with its run, which has verdicts of Inspect and asks no model again', async () => {
		const samples = [
			['Paris', { match: { value: 'C' } }],
			['Lyon', { match: { value: 'I', explanation: 'Not the capital' } }],
			['', {}],
		].map(([answer, scores], index) => ({
			id: index + 1,
			epoch: 1,
			input: 'What is the capital of France?',
			target: 'Paris',
			messages: [
				{ role: 'user', content: 'What is the capital of France?' },
				{ role: 'assistant', content: answer },
			],
			output: { model: 'gpt-5-mini', completion: answer },
			scores,
			...(answer === '' && { error: { message: 'The model did not answer' } }),
		}));
		const evaluation = { task: 'capitals', model: 'openai/gpt-5-mini', scorers: [{ name: 'match' }] };
		const log = { version: 2, status: 'cancelled', eval: evaluation, samples };
		const { suites } = await api.importFile(await write('capitals-log.json', JSON.stringify(log)));
		own.push(vscode.Uri.parse(suites[0] ?? '').fsPath);
		const [listed] = await api.listRuns({ suite: suites[0] ?? '' });
		const { status, trials, variants } = await api.getRun(listed?.runId ?? '');
		assert.deepEqual(
			[status, variants.map(({ label, model }) => [label, model]), trials.map(({ verdict }) => verdict)],
			['stopped', [['openai/gpt-5-mini (graded by Inspect)', null]], ['pass', 'fail', 'error']],
		);
		const events = api.resumeRun(listed?.runId ?? '')[Symbol.asyncIterator]();
		assert.equal(
			(await rejectionOf(() => events.next())).message,
			'Another tool made this run, so it cannot go on here. Run its suite instead',
		);
	});

	it('imports a folder, and says which files it skipped', async () => {
		await write('set/a.md', 'You are the first assistant of the set.');
		await write('set/deep/b.prompt.yml', promptYml);
		await write('set/broken.prompt.yml', 'messages: [');
		const { format, drafts, report } = await api.importFile(join(folder, 'set'));
		assert.equal(format, 'folder');
		assert.equal(drafts.length, 2);
		assert.equal((await api.listDrafts()).drafts.find(({ id }) => id === drafts[0])?.folder, 'set');
		const skipped = report.find(({ what }) => what.startsWith('broken.prompt.yml'));
		assert.equal(skipped?.outcome, 'dropped');
		assert.match(skipped.note, /Line 1/);
	});

	it('refuses a file of which nothing can be stored, with the reason, and stores nothing', async () => {
		const { total } = await api.listDrafts();
		const unknown = await write('data.json', '{"a":1}');
		const broken = await write('broken.prompt.yml', 'messages: [');
		for (const [file, reason] of [
			[unknown, /no format that is known/],
			[broken, /Line 1/],
			[join(folder, 'missing.md'), /missing\.md/],
		] as const) {
			const error = await rejectionOf(() => api.importFile(file));
			assert.match(error.message, reason);
		}
		assert.equal((await api.listDrafts()).total, total);
	});

	it('stops when the signal aborts', async () => {
		const file = await write('triage.prompt.yml', promptYml);
		const { total } = await api.listDrafts();
		const error = await rejectionOf(() => api.importFile(file, { signal: AbortSignal.abort() }));
		assert.equal('code' in error && error.code, 'cancelled');
		assert.equal((await api.listDrafts()).total, total);
	});

	it('shows a page before anything is stored; closing it stores nothing', async () => {
		const file = await inWorkspace('prompts/triage.prompt.yml', promptYml);
		own.push(dirname(file));
		const { total } = await api.listDrafts();
		const importing = command('importPromptFile', vscode.Uri.file(file));
		await until(() => pageTabs().length > 0, 'the page');
		assert.equal(pageTabs()[0]?.label, 'Import: triage.prompt.yml');
		await vscode.window.tabGroups.close(pageTabs());
		assert.equal(await importing, undefined);
		assert.equal((await api.listDrafts()).total, total);
		assert.equal(await readFile(file, 'utf8'), promptYml);
	});

	it('shows the page for text on the clipboard', async () => {
		const { total } = await api.listDrafts();
		const pasting = command('pastePrompt', 'You sort mail. Answer with one word, bill or offer.');
		await until(() => pageTabs().length > 0, 'the page');
		await vscode.window.tabGroups.close(pageTabs());
		assert.equal(await pasting, undefined);
		const openAi = command('pasteOpenAiPrompt', 'You sort the mail of {{team}}.');
		await until(() => pageTabs().length > 0, 'the page');
		await vscode.window.tabGroups.close(pageTabs());
		assert.equal(await openAi, undefined);
		assert.equal((await api.listDrafts()).total, total);
	});

	describe('exports', () => {
		let draftId = 0;
		before(async () => {
			const file = await write('export.prompt.yml', promptYml.replace('Mail sorter', 'Export sorter'));
			[draftId = 0] = (await api.importFile(file)).drafts;
		});

		it('a draft with its suite, which comes back as it was', async () => {
			const { files, report } = await api.exportPrompt({ draftId }, 'json');
			assert.ok(Array.isArray(report));
			const [file] = files;
			assert.ok(file);
			const { drafts, suites } = await api.importFile(await write(`back/${file.path}`, file.text));
			const [before, after] = [await api.getDraft(draftId), await api.getDraft(drafts[0] ?? 0)];
			assert.equal(after.draftContent, before.draftContent);
			assert.deepEqual(after.variables, before.variables);
			assert.equal(suites.length, 1);
		});

		it('in every format, or says why not', async () => {
			for (const format of ['markdown', 'skill', 'agent', 'instructions', 'promptfoo', 'dotprompt', 'prompty']) {
				const { files } = await api.exportPrompt({ draftId }, format);
				assert.ok(files.length > 0 && files.every(({ text }) => text.length > 0), format);
			}
			const override = await api.exportPrompt({ promptName: 'auspex_default' }, 'copilot-override');
			assert.match(override.files[0]?.text ?? '', /^systemPrompt: /);
			const error = await rejectionOf(() => api.exportPrompt({ draftId }, 'docx'));
			assert.match(error.message, /"docx".*markdown/);
		});

		it('into a folder, and never over a file without consent [attack 14]', async () => {
			const target = join(folder, 'exported');
			const options = { format: 'skill', uri: target };
			const written = await command<{ files: { path: string }[] } | undefined>('exportPrompt', draftId, options);
			assert.deepEqual(
				written?.files.map(({ path }) => path),
				['export-sorter/SKILL.md', 'export-sorter/evals/evals.json'],
			);
			const file = join(target, 'export-sorter', 'SKILL.md');
			assert.match(await readFile(file, 'utf8'), /name: export-sorter/);
			await writeFile(file, 'mine');
			assert.equal(await command('exportPrompt', draftId, options), undefined);
			assert.equal(await readFile(file, 'utf8'), 'mine');
			await command('exportPrompt', draftId, { ...options, overwrite: true });
			assert.notEqual(await readFile(file, 'utf8'), 'mine');
		});

		it('follow no link out of the folder [attack 14]', async () => {
			const target = join(folder, 'linked');
			const outside = await write('outside/SKILL.md', 'theirs');
			await mkdir(target);
			await symlink(dirname(outside), join(target, 'export-sorter'));
			const options = { format: 'skill', uri: target, overwrite: true };
			assert.equal(await command('exportPrompt', draftId, options), undefined);
			assert.equal(await readFile(outside, 'utf8'), 'theirs');
		});
	});

	describe('links', () => {
		const file = (content: string, name: string) => inWorkspace(`linked/${name}`, content);
		const long =
			'You sort the mail of the team. Answer with one word, bill or offer, and say why in a sentence after it.';
		const disk = (place: string) => readFile(place, 'utf8');
		const commit = (draftId: number, name: string) => api.commitDraft(draftId, { name, title: 'Linked prompt' });

		before(() => own.push(join(vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '', 'linked')));
		afterEach(() => vscode.commands.executeCommand('notifications.clearAll'));

		/** A draft that is linked to a new file with this text. */
		async function linked(content: string, name: string) {
			const place = await file(content, name);
			const { drafts } = await api.importFile(place);
			const draftId = drafts[0] ?? 0;
			const link = await api.linkFile(draftId, place);
			assert.equal(link.draftId, draftId);
			return { place, draftId };
		}

		it('write a commit into the file, and keep every other byte', async () => {
			const before = `# own comment\r\nname: t\r\nmessages:\r\n  - role: system\r\n    content: |- # text\r\n      ${long}\r\n  - { role: user, content: "Hi" }\r\n`;
			const { place, draftId } = await linked(before, 'crlf.prompt.yml');
			await api.updateDraft(draftId, { draftContent: `${long}\nBe short.` });
			await commit(draftId, 'linked_crlf');
			assert.equal(await disk(place), before.replace(long, `${long}\r\n      Be short.`));
		});

		it('write into a Markdown file below its front matter, as an edit that can be undone', async () => {
			const before = `---\nname: sorter # own\n---\n\n${long}\n\n\n`;
			const { place, draftId } = await linked(before, 'sorter.agent.md');
			await api.updateDraft(draftId, { draftContent: `${long} And be kind.` });
			await commit(draftId, 'linked_agent');
			assert.equal(await disk(place), before.replace(long, `${long} And be kind.`));
			const document = await vscode.workspace.openTextDocument(place);
			await vscode.window.showTextDocument(document);
			await vscode.commands.executeCommand('undo');
			assert.equal(document.getText(), before);
			await vscode.commands.executeCommand('workbench.action.files.revert');
		});

		it('refuse a commit while the file has changes that the draft has not', async () => {
			const { place, draftId } = await linked(`${long}\n`, 'both.md');
			await writeFile(place, `${long}\n\nNew in the file.\n`);
			await until(
				async () => (await vscode.workspace.openTextDocument(place)).getText().includes('New in the file'),
				'the editor to see the change',
			);
			await api.updateDraft(draftId, { draftContent: `${long}\nNew in the draft.` });
			const error = await rejectionOf(() => commit(draftId, 'linked_both'));
			assert.match(error.message, /Merge Linked File/);
			assert.equal(await disk(place), `${long}\n\nNew in the file.\n`);
			assert.ok(!(await api.listPrompts()).some(({ name }) => name === 'linked_both'));
		});

		it('refuse what the file cannot hold, and commit nothing', async () => {
			const { place, draftId } = await linked(`${long}\n`, 'plain.md');
			await api.updateDraft(draftId, {
				draftContent: `${long} For {{team}}.`,
				variables: [{ name: 'team', type: 'text' }],
			});
			const error = await rejectionOf(() => commit(draftId, 'linked_plain'));
			assert.match(error.message, /cannot hold/);
			assert.equal(await disk(place), `${long}\n`);
		});

		it('keep the draft and commit it when the file is gone', async () => {
			const { place, draftId } = await linked(`${long}\n`, 'gone.md');
			await rm(place);
			await commit(draftId, 'linked_gone');
			assert.equal((await api.getDraft(draftId)).draftContent.trim(), long);
			await assert.rejects(readFile(place));
		});

		it('end when they are taken back: a commit writes nothing any more', async () => {
			const { place, draftId } = await linked(`${long}\n`, 'unlinked.md');
			await api.unlinkFile(draftId);
			await api.updateDraft(draftId, { draftContent: `${long} Not in the file.` });
			await commit(draftId, 'linked_no_more');
			assert.equal(await disk(place), `${long}\n`);
		});

		it('are refused for files outside the workspace and links that lead out of it [attack 9]', async () => {
			const outside = await write('theirs.md', `${long}\n`);
			const { draftId } = await linked(`${long}\n`, 'inside.md');
			assert.match((await rejectionOf(() => api.linkFile(draftId, outside))).message, /no folder of this window/);
			const link = join(dirname(await file('x', 'x.md')), 'link.md');
			await symlink(outside, link);
			assert.match((await rejectionOf(() => api.linkFile(draftId, link))).message, /outside its folder/);
			const several = await file(
				'prompts: ["one {{a}}", "two {{a}}"]\ntests: [{vars: {a: b}}]\n',
				'promptfooconfig.yaml',
			);
			assert.match((await rejectionOf(() => api.linkFile(draftId, several))).message, /one prompt/);
		});

		it('know what changed', async () => {
			const { place, draftId } = await linked(`${long}\n`, 'state.md');
			const state = async () => (await command<{ kind: string }>('mergeLinkedFile', draftId)).kind;
			assert.equal(await state(), 'none');
			await api.updateDraft(draftId, { draftContent: `${long} More.` });
			assert.equal(await state(), 'draft');
			await commit(draftId, 'linked_state');
			assert.equal(await state(), 'none');
			assert.equal(await disk(place), `${long} More.\n`);
		});

		describe('of a file that is renamed or deleted', () => {
			const uriOf = (place: string) => vscode.Uri.file(place);
			const state = async (draftId: number) => (await command<{ kind: string }>('mergeLinkedFile', draftId)).kind;
			const isThere = (place: string) =>
				disk(place).then(
					() => true,
					() => false,
				);
			async function rename(from: string, to: string): Promise<void> {
				const edit = new vscode.WorkspaceEdit();
				edit.renameFile(uriOf(from), uriOf(to));
				assert.ok(await vscode.workspace.applyEdit(edit));
			}
			/** The draft is committed with another text, which must stand in the file. */
			async function commitsInto(place: string, draftId: number, name: string): Promise<void> {
				await api.updateDraft(draftId, { draftContent: `${long} For ${name}.` });
				await commit(draftId, name);
				assert.equal(await disk(place), `${long} For ${name}.\n`);
				assert.equal(await state(draftId), 'none');
			}

			it('follow a rename in VS Code', async () => {
				const { place, draftId } = await linked(`${long}\n`, 'before.md');
				const moved = join(dirname(place), 'deeper', 'after.md');
				await rename(place, moved);
				await commitsInto(moved, draftId, 'linked_renamed');
				assert.ok(!(await isThere(place)));
			});

			it('follow a rename of a folder in VS Code', async () => {
				const { place, draftId } = await linked(`${long}\n`, 'folder/deep/inside.md');
				const { place: beside, draftId: besideId } = await linked(`${long}\n`, 'folder2/beside.md');
				const folderBefore = dirname(dirname(place));
				await rename(folderBefore, `${folderBefore}-renamed`);
				await commitsInto(join(`${folderBefore}-renamed`, 'deep', 'inside.md'), draftId, 'linked_folder');
				assert.ok(!(await isThere(place)));
				await commitsInto(beside, besideId, 'linked_folder_beside');
			});

			for (const [index, moment] of [
				'before the rename',
				'when it is about to happen',
				'when it has happened',
			].entries()) {
				it(`are kept by a commit that begins ${moment}: it writes the file where it is then`, async () => {
					for (let round = 0; round < 5; round++) {
						const name = `linked_moment_${index}_${round}`;
						const { place, draftId } = await linked(`${long}\n`, `${name}.md`);
						const moved = place.replace('.md', '-moved.md');
						await api.updateDraft(draftId, { draftContent: `${long} For ${name}.` });
						let committing: Promise<unknown> | undefined;
						const begin = () => {
							committing ??= commit(draftId, name);
						};
						const listeners = [
							vscode.workspace.onWillRenameFiles(() => {
								if (index === 1) {
									begin();
								}
							}),
							vscode.workspace.onDidRenameFiles(begin),
						];
						try {
							if (index === 0) {
								begin();
							}
							await rename(place, moved);
							await committing;
						} finally {
							vscode.Disposable.from(...listeners).dispose();
						}
						assert.equal(await disk(moved), `${long} For ${name}.\n`);
						assert.ok(!(await isThere(place)), 'nothing is left at the old location');
						assert.equal(await state(draftId), 'none');
						await commitsInto(moved, draftId, `${name}_again`);
					}
				});
			}

			it('keep the text in which both agreed when the file is renamed on disk, or deleted, and comes back', async () => {
				const gone = [
					async (place: string) => moveOnDisk(place, `${place}.away`),
					async (place: string) =>
						vscode.workspace.fs.rename(uriOf(place), uriOf(`${place}.away`), { overwrite: false }),
					async (place: string) => {
						const edit = new vscode.WorkspaceEdit();
						edit.deleteFile(uriOf(place));
						assert.ok(await vscode.workspace.applyEdit(edit));
					},
				];
				for (const [index, remove] of gone.entries()) {
					const name = `linked_away_${index}`;
					const { place, draftId } = await linked(`${long}\n`, `${name}.md`);
					await remove(place);
					await api.updateDraft(draftId, { draftContent: `${long} For ${name}.` });
					await commit(draftId, name);
					assert.ok(!(await isThere(place)), 'a commit makes no new file');
					await file(`${long}\n`, `${name}.md`);
					// The draft is ahead of the file: nothing of it is lost by taking over what is older.
					assert.equal(await state(draftId), 'draft');
					await commitsInto(place, draftId, `${name}_again`);
				}
			});
		});
	});
});
