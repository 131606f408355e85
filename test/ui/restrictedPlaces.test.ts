import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { startDrivenSession, type DrivenSession } from '../support/vscode/drivenSession.ts';
import type { Workbench } from '../support/vscode/workbench.ts';

const prompt =
	'You sort the mail of the team. Answer with one word, bill or offer, and say why in a sentence after it, please.\n';
const refusal = 'This workspace is not trusted, so files cannot be imported from it or written to it.';

/** Every way to write the path of something in an untrusted workspace that does not look like one. */
describe('disguised places in a restricted workspace [attack 21]', () => {
	let driven: DrivenSession;
	let workbench: Workbench;
	/** Outside the workspace, with a link into it. */
	let outside: string;

	before(async () => {
		driven = await startDrivenSession({ workspaceTrust: true });
		outside = join(driven.folder, 'outside');
		await mkdir(outside);
		await symlink(driven.session.workspace, join(outside, 'link'));
		await symlink(join(driven.session.workspace, 'made.db'), join(outside, 'made.db'));
		await writeFile(join(driven.session.workspace, 'workshop.json'), '{}');
		await writeFile(join(driven.session.workspace, 'prompt.md'), prompt);
		await open(false);
	});
	afterEach(function () {
		return driven.session.photographFailure(this.currentTest);
	});
	after(() => driven.close());

	async function open(trust: boolean): Promise<void> {
		workbench = await driven.session.openWindow({ folder: driven.session.workspace, trust });
		await workbench.openContainer('Prompt Workshop');
		await workbench.treeItem('Library', 'Auspex research assistant').waitFor();
	}

	async function reopen(trust: boolean): Promise<void> {
		await workbench.page.context().close();
		await driven.driver.forget();
		await open(trust);
	}

	/** The draft of a prompt file. */
	async function imported(file: string): Promise<number> {
		const { drafts } = (await driven.driver.api('importFile', file, {})) as { drafts: number[] };
		return drafts[0] ?? 0;
	}

	/** Places that lead to `name` in the workspace. */
	function disguised(name: string): string[] {
		const { workspace } = driven.session;
		const within = `${basename(workspace)}/${name}`;
		const parent = pathToFileURL(join(workspace, '..')).href;
		return [
			join(workspace, name),
			`${outside}/../outside/link/${name}`,
			`${join(workspace, '..')}/nowhere/../${within}`,
			`${parent}/nowhere/../${within}`,
			`${parent}/nowhere/%2e%2e/${within}`,
			`${parent}/nowhere%2f..%2f${within}`,
			pathToFileURL(join(outside, 'link', name)).href,
			join(outside, 'link', 'articles', '..', name),
		];
	}

	const written = () => readdir(driven.session.workspace, { recursive: true });
	const refused = (call: Promise<unknown>, place: string) =>
		assert.rejects(call, (error: Error) => {
			assert.ok(error.message.startsWith(refusal), `${place}: ${error.message}`);
			return true;
		});

	async function refusedCommand(id: string, ...parameters: unknown[]): Promise<void> {
		assert.equal(await driven.run(id, ...parameters), undefined, `${id} ${JSON.stringify(parameters)}`);
		await workbench.notification(refusal).first().waitFor();
		await workbench.runCommand('Notifications: Clear All Notifications');
		await workbench.notification(/./).first().waitFor({ state: 'detached' });
	}

	it('nothing is exported to one', async () => {
		const before = await written();
		for (const place of [...disguised('export.db'), join(outside, 'made.db')]) {
			await refused(driven.driver.api('exportDatabase', place, {}), place);
			await refused(driven.driver.api('exportDatabase', place, { overwrite: true }), place);
		}
		for (const place of [disguised('export.db')[1], disguised('export.db')[4], join(outside, 'made.db')]) {
			await refusedCommand('exportDatabase', place);
		}
		await refusedCommand('exportAllData', join(outside, 'link'));
		assert.deepEqual(await written(), before);
	});

	it('nothing is imported from one', async () => {
		for (const place of disguised('articles')) {
			await refused(driven.driver.api('importTopic', 'Disguised', place, {}), place);
		}
		await refusedCommand('importTopic', 'Disguised', join(outside, 'link', 'articles'));
		await refusedCommand('importData', disguised('workshop.json')[4]);
		assert.deepEqual(await driven.driver.api('listTopics'), []);
	});

	it('prompt files of one are neither imported nor linked, and none is exported to it [attack 13]', async () => {
		const before = await written();
		for (const place of disguised('prompt.md')) {
			await refused(driven.driver.api('importFile', place, {}), place);
		}
		const own = join(outside, 'own', 'own.md');
		await mkdir(join(outside, 'own'));
		await writeFile(own, prompt);
		const draftId = await imported(own);
		const [inside = '', ...others] = disguised('prompt.md');
		await refused(driven.driver.api('linkFile', draftId, inside), inside);
		for (const place of others) {
			await assert.rejects(driven.driver.api('linkFile', draftId, place), place);
		}
		for (const place of [inside, others[0], others[5]]) {
			await refusedCommand('importPromptFile', place);
			await refusedCommand('openInWorkshop', place);
		}
		for (const uri of [driven.session.workspace, join(outside, 'link'), disguised('new')[4]]) {
			await refusedCommand('exportPrompt', draftId, { format: 'markdown', uri });
		}
		assert.deepEqual(await written(), before);
	});

	it('a file that was linked while it was trusted is neither read nor written [attack 13]', async () => {
		const file = join(driven.session.workspace, 'prompt.md');
		await reopen(true);
		const draftId = await imported(file);
		await driven.driver.api('linkFile', draftId, file);
		await reopen(false);
		await driven.driver.api('updateDraft', draftId, { draftContent: `${prompt} Be kind.` });
		await refused(driven.driver.api('commitDraft', draftId, { name: 'linked_mail', title: 'Linked prompt' }), file);
		await refusedCommand('mergeLinkedFile', draftId);
		assert.equal(await readFile(file, 'utf8'), prompt);
		const prompts = (await driven.driver.api('listPrompts')) as { name: string }[];
		assert.ok(!prompts.some(({ name }) => name === 'linked_mail'));
	});

	it('a file elsewhere is replaced only by a program that says so', async () => {
		const file = join(outside, 'copy.db');
		await writeFile(file, 'precious');
		await assert.rejects(driven.driver.api('exportDatabase', file, {}), /copy\.db already exists/);
		assert.equal(await readFile(file, 'utf8'), 'precious');
		await driven.driver.api('exportDatabase', pathToFileURL(file).href, { overwrite: true });
		assert.match(await readFile(file, 'latin1'), /^SQLite format 3\0/);
		await driven.driver.api('exportDatabase', join(outside, 'new.db'), {});
		assert.ok(existsSync(join(outside, 'new.db')));
	});
});
