import assert from 'node:assert/strict';
import { join } from 'node:path';
import { labCommands, labMembers, runEveryLabCommand } from '../support/labCommands.ts';
import { sleep } from '../support/sleep.ts';
import { projectRoot } from '../support/vscode/projectRoot.ts';
import { startDrivenSession, type DrivenSession } from '../support/vscode/drivenSession.ts';
import type { Workbench } from '../support/vscode/workbench.ts';

const ada = 'ada@example.org';

/** Who may use the Lab, with an authentication provider of the tests: every answer of every command and API member. */
describe('access to the Prompt Lab in VS Code', () => {
	let driven: DrivenSession;
	let session: DrivenSession['session'];
	let driver: DrivenSession['driver'];
	let workbench: Workbench;
	const commands = labCommands(projectRoot);

	before(async () => {
		driven = await startDrivenSession({
			workspaceTrust: true,
			settings: { 'promptWorkshop.lab.authProvider': 'test-accounts' },
		});
		({ session, driver } = driven);
	});
	afterEach(function () {
		return session.photographFailure(this.currentTest);
	});
	after(() => driven.close());

	/**
	 * Every member rejects and every command refuses with this answer; nothing is sent. `meet` meets what each command
	 * asks first.
	 */
	async function everythingAnswers(expected: RegExp, meet?: () => Promise<void>): Promise<void> {
		for (const [member, parameters] of Object.entries(labMembers)) {
			await assert.rejects(driver.api(member, ...parameters), { message: expected }, member);
		}
		for (const command of commands) {
			const answer = driven.run(command);
			await meet?.();
			assert.equal(await answer, undefined, command);
			const told = workbench.notification(expected);
			await told.waitFor();
			await driver.command('notifications.clearAll');
			await told.waitFor({ state: 'detached' });
			// VS Code shows no toast for what follows three others too soon.
			await sleep(300, 'no more than three in 800 ms');
		}
		assert.equal(driven.wire.requests.length, 0);
	}

	it('answers that the workspace is not trusted', async () => {
		workbench = await session.openWindow({ folder: session.workspace, trust: false });
		await everythingAnswers(/The Prompt Lab needs a trusted workspace/);
		await workbench.page.context().close();
		await driver.forget();
	});

	it('answers that the provider is missing, or fails', async () => {
		workbench = await session.openWindow({ folder: session.workspace, trust: true });
		await workbench.openContainer('Prompt Workshop');
		await driver.configure('promptWorkshop.lab.facilitators', [ada]);
		await driver.accounts([], { fails: true });
		await everythingAnswers(/The authentication provider "test-accounts" is missing or failed/);
		await driver.configure('promptWorkshop.lab.authProvider', 'no-such-provider');
		await assert.rejects(driver.api('listFixtures'), { message: /"no-such-provider" is missing or failed/ });
		await driver.configure('promptWorkshop.lab.authProvider', 'test-accounts');
	});

	it('answers that the account is not a facilitator', async () => {
		await driver.accounts(['mallory@example.org']);
		await everythingAnswers(/You need facilitator or admin access to use the Prompt Lab/);
		await workbench.view('Prompt Lab').getByText('You need facilitator or admin access').waitFor();
		await workbench.screenshot('lab-denied');
	});

	it('asks for a sign-in, and answers that it is needed where the user does not allow it', async () => {
		await driver.accounts([ada]);
		const dialog = workbench.page.locator('.monaco-dialog-box');
		await everythingAnswers(
			/Sign in needed: allow Prompt Workshop to use the test-accounts account ada@example\.org/,
			async () => {
				await dialog.getByRole('button', { name: 'Cancel' }).click();
				await dialog.waitFor({ state: 'detached' });
			},
		);
	});

	it('lets a listed account in that the user allows, everywhere', async () => {
		const opening = driven.run('openLab', 'Statistics tutor');
		const dialog = workbench.page.locator('.monaco-dialog-box');
		await dialog.getByText('Prompt Workshop').first().waitFor();
		await workbench.screenshot('lab-sign-in');
		await dialog.getByRole('button', { name: 'Allow' }).click();
		assert.equal(((await opening) as { name: string }).name, 'Statistics tutor');
		await workbench.treeItem('Prompt Lab', 'Assessment').waitFor();
		for (const [member, parameters] of Object.entries(labMembers)) {
			assert.ok(await driver.api(member, ...parameters), member);
		}
		const { wire, run, folder } = driven;
		const answers = await runEveryLabCommand(run, { wire, matrixFile: join(folder, 'matrix.json') });
		assert.deepEqual([...answers.keys()].sort(), commands);
		assert.equal(await workbench.notification(/trusted|missing|Sign in|facilitator/).count(), 0);
	});
});
