import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { until } from '../support/eventually.ts';
import { labCommands, labMembers, runEveryLabCommand } from '../support/labCommands.ts';
import { untilOnDisk } from '../support/vscode/onDisk.ts';
import { projectRoot } from '../support/vscode/projectRoot.ts';
import { startDrivenSession, type DrivenSession } from '../support/vscode/drivenSession.ts';
import { startUiSession, type UiSession } from '../support/vscode/uiSession.ts';
import type { Workbench } from '../support/vscode/workbench.ts';

const tutor = 'Statistics tutor';
const tab = `Lab: ${tutor}`;
const ofStore = (file: string) => /auspex\.prompt-workshop\/(.*\/)?store\//.test(file);
/** Where the Lab keeps what it holds, below the data of the server. */
const keptRuns = '**/lab-runs/*.json';
const words = (count: number) => Array.from({ length: count }, (_, n) => `word${n} `);

/** The Lab inside VS Code, from a palette to answers, with a provider of the test's own. */
describe('the Prompt Lab in VS Code', () => {
	let driven: DrivenSession;
	let wire: DrivenSession['wire'];
	let session: DrivenSession['session'];
	let workbench: Workbench;

	before(async () => {
		driven = await startDrivenSession({ settings: { 'promptWorkshop.testModel': 'local/m' } });
		({ wire, session } = driven);
		workbench = await session.openWindow();
	});
	beforeEach(() => wire.reset());
	afterEach(function () {
		return session.photographFailure(this.currentTest);
	});
	after(() => driven.close());

	async function openTutor(): Promise<void> {
		// The palette knows the extension's commands when its icon is there; its view stays closed, so that nothing else
		// opens the store.
		await workbench.page.locator('.action-label[aria-label^="Prompt Workshop"]').waitFor();
		await workbench.runCommandAndChoose('Prompt Workshop: Open Prompt Lab', tutor);
		await workbench.tab(tab).waitFor();
	}

	it('regenerates every conversation, and leaves a closed store closed', async () => {
		wire.always('chat', wire.script.chat({ thinking: 'A thought.', text: words(30) }));
		await openTutor();
		const panel = await workbench.webviewFrame(tab);
		await panel.getByText('Writes nothing to the database').waitFor();
		await panel.getByRole('button', { name: 'Regenerate all 6' }).click();
		await panel.getByText('6 of 6 complete').waitFor();
		assert.equal(wire.requestsTo('chat').length, 6);
		await workbench.screenshot('lab-panel');
		await untilOnDisk(session.server.dataDir, keptRuns, words(30).join('').trimEnd());
		const files = await readdir(session.server.dataDir, { recursive: true });
		assert.deepEqual(files.filter(ofStore), []);
	});

	it('brings an unfinished run back after a reload of the window, marked interrupted [fault 7]', async () => {
		wire.always('chat', wire.script.chat({ text: ['Half of ', 'it.'], hold: { after: 'text' } }));
		const panel = await workbench.webviewFrame(tab);
		await panel.getByRole('textbox', { name: 'Base prompt' }).fill('A changed prompt that survives.');
		await panel.getByRole('button', { name: 'Regenerate all 6' }).click();
		await panel.getByText('Half of it.').first().waitFor();
		await untilOnDisk(session.server.dataDir, keptRuns, 'A changed prompt that survives.', 'Half of it.');
		await workbench.reloadWithTab(tab);
		await workbench.tab(tab).waitFor();
		const restored = await workbench.webviewFrame(tab);
		await restored.getByText('Restored as you left it').waitFor();
		await restored.getByText('Half of it.').first().waitFor();
		await restored.getByText('Interrupted:').first().waitFor();
		assert.equal(
			await restored.getByRole('textbox', { name: 'Base prompt' }).inputValue(),
			'A changed prompt that survives.',
		);
		await workbench.screenshot('lab-restored');
		await restored.getByRole('button', { name: 'Start over' }).click();
		await restored.getByRole('alertdialog').getByRole('button', { name: 'Start over' }).click();
		await restored.getByText('Half of it.').first().waitFor({ state: 'detached' });
	});

	it('keeps streaming while its tab is hidden, and shows what came meanwhile', async () => {
		wire.always('chat', wire.script.chat({ text: ['Begun, ', 'and ended.'], hold: { after: 'text' } }));
		const panel = await workbench.webviewFrame(tab);
		await panel.getByRole('button', { name: 'Regenerate', exact: true }).first().click();
		await panel.getByText('Begun, and ended.').waitFor();
		await workbench.openFile('README.md');
		wire.release();
		await until(() => wire.requestsTo('chat').at(-1)?.finished === true, 'the answer to end');
		await workbench.tab(tab).click();
		const shown = await workbench.webviewFrame(tab);
		await shown.getByText('Begun, and ended.').waitFor();
		await shown
			.getByText(/in all/)
			.first()
			.waitFor();
	});

	it('opens a closed store by no command and no member of the API', async () => {
		for (const [member, parameters] of Object.entries(labMembers)) {
			assert.ok(await driven.driver.api(member, ...parameters), member);
		}
		const { run, folder } = driven;
		const answers = await runEveryLabCommand(run, { wire, matrixFile: join(folder, 'matrix.json') });
		assert.deepEqual([...answers.keys()].sort(), labCommands(projectRoot));
		assert.deepEqual((await readdir(session.server.dataDir, { recursive: true })).filter(ofStore), []);
		await run('showStorageStatus');
		// The check would see it.
		assert.ok((await readdir(session.server.dataDir, { recursive: true })).some(ofStore));
	});
});

describe('the Prompt Lab in a workspace that is not trusted', () => {
	let session: UiSession;

	before(async () => {
		session = await startUiSession({ workspaceTrust: true });
	});
	afterEach(function () {
		return session.photographFailure(this.currentTest);
	});
	after(() => session.close());

	it('says why it is closed, and lists nothing', async () => {
		const workbench = await session.openWindow({ folder: session.workspace, trust: false });
		await workbench.openContainer('Prompt Workshop');
		await workbench.view('Prompt Lab').getByText('it needs a trusted workspace').waitFor();
		assert.equal(await workbench.treeItems('Prompt Lab').count(), 0);
	});
});
