import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import type { PromptWorkshopApi } from '../../src/common/api.ts';
import type { ReportEntry } from '../../src/common/reportEntry.ts';
import { inWorkspace } from './labSupport.ts';
import { activated, configure } from './support.ts';

const conversation = [
	{ role: 'user', content: [{ type: 'text', text: 'What is this?' }, { type: 'image_url' }] },
	{ role: 'assistant', content: 'A tide clock.' },
];
const fixture = { name: 'Outside', systemPrompt: 'You answer.', messages: conversation };

/** What the Lab reads and writes stays in the workspace, wherever the links in it lead. */
describe('links out of the workspace in the Prompt Lab', () => {
	let api: PromptWorkshopApi;
	let workspace: string;
	let outside: string;
	/** Where the workspace's own fixtures lie meanwhile. */
	let aside: string;
	let ownFixtures: string;

	before(async () => {
		api = await activated();
		const file = await inWorkspace('.promptworkshop/fixtures/own.json', { ...fixture, name: 'Own' });
		ownFixtures = dirname(file);
		workspace = dirname(dirname(ownFixtures));
	});
	beforeEach(async () => {
		outside = await mkdtemp(join(tmpdir(), 'lab-outside-'));
		await writeFile(join(outside, 'outside.fixture.json'), JSON.stringify(fixture));
		aside = join(workspace, '.promptworkshop', 'aside');
	});
	afterEach(async () => {
		await configure('promptWorkshop', 'lab.fixturePaths', undefined);
		await vscode.commands.executeCommand('workbench.action.closeAllEditors');
		await rm(outside, { recursive: true });
	});
	after(() => rm(join(ownFixtures, 'own.json'), { force: true }));

	async function withLink<T>(work: () => Promise<T>): Promise<T> {
		await rename(ownFixtures, aside);
		await symlink(outside, ownFixtures);
		try {
			return await work();
		} finally {
			await rm(ownFixtures);
			await rename(aside, ownFixtures);
		}
	}
	const capture = async (name: string) =>
		vscode.commands.executeCommand<{ uri: string; report: ReportEntry[] } | undefined>(
			'promptWorkshop.captureFixture',
			{ text: JSON.stringify(conversation), name },
		);

	it('a root that is one is not read, and listed with the reason [attack 21]', async () => {
		await symlink(outside, join(workspace, 'linked'));
		try {
			await configure('promptWorkshop', 'lab.fixturePaths', ['linked']);
			const listed = await withLink(() => api.listFixtures());
			assert.deepEqual(
				listed.filter(({ name }) => name === 'Outside'),
				[],
			);
			for (const root of ['linked', '.promptworkshop/fixtures']) {
				const row = listed.find(({ id }) => id.endsWith(`/${root}`));
				assert.match(row?.error ?? '', /outside its folder/, root);
			}
		} finally {
			await rm(join(workspace, 'linked'));
		}
	});

	it('nothing is captured through one [attack 21]', async () => {
		const before = await readdir(outside);
		assert.equal(await withLink(() => capture('Through a link')), undefined);
		assert.deepEqual(await readdir(outside), before);
	});

	it('a capture answers with what was not kept as it was', async () => {
		await mkdir(ownFixtures, { recursive: true });
		const answer = await capture('With a picture');
		assert.ok(answer);
		await rm(vscode.Uri.parse(answer.uri).fsPath);
		assert.deepEqual(
			answer.report.map(({ outcome }) => outcome),
			['changed'],
		);
		assert.match(answer.report[0]?.note ?? '', /image_url/);
	});
});
