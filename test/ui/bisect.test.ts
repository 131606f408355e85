import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startDrivenSession, type DrivenSession } from '../support/vscode/drivenSession.ts';
import type { Workbench } from '../support/vscode/workbench.ts';
import { startObeyingServer, type ObeyingServer } from '../support/wire/obeyingServer.ts';

const rules = 'You answer questions about parcels, in at most three short sentences, and you never name a price.';

/** The version of a draft that lost a rule is found by a person, with a model on this machine that obeys the rule. */
describe('Bisect Failing Case', () => {
	let driven: DrivenSession;
	let workbench: Workbench;
	let server: ObeyingServer;

	before(async () => {
		server = await startObeyingServer((system) => (system.includes('please') ? 'It is, please wait.' : 'It is.'));
		driven = await startDrivenSession({
			settings: {
				'promptWorkshop.providers': [
					{ id: 'wire', kind: 'openai-compatible', baseUrl: server.baseUrl, models: ['m'] },
				],
			},
		});
		await writeFile(
			join(driven.session.workspace, 'parcels.prompttest.yaml'),
			'prompt: draft:Parcels\nmodels: wire/m\ncases:\n  - { name: polite, query: Where is it?, assert: [{ type: contains, value: please }] }\n',
		);
		workbench = await driven.session.openWindow();
		await workbench.openContainer('Prompt Workshop');
		const { draftId } = (await driven.driver.api('startWorkshop', {
			draftName: 'Parcels',
			startingPrompt: `${rules} Say please.`,
			model: 'offline/guide',
		})) as { draftId: number };
		for (const more of [' Say please, always.', ' Be brief.', ' Be brief and kind.']) {
			await driven.driver.api('updateDraft', draftId, { draftContent: rules + more });
		}
		await workbench.collapseViews('Drafts', 'Library', 'Topics', 'Prompt Lab');
		await workbench.view('Suites').locator('.pane-header .title').click();
	});
	afterEach(function () {
		return driven.session.photographFailure(this.currentTest);
	});
	after(async () => {
		await driven.close();
		await server.stop();
	});

	const begin = async () => {
		await workbench.contextMenu(workbench.treeItem('Suites', 'parcels'), 'Bisect Failing Case');
		await workbench.quickPickChoose('polite');
		await workbench.quickPickChoose('The oldest version that passes');
		await workbench.page.locator('.monaco-dialog-box', { hasText: 'where "polite" began to fail' }).waitFor();
	};

	it('asks no model before the user agrees', async () => {
		await begin();
		await workbench.screenshot('bisect-plan');
		await workbench.answerDialog('Cancel');
		assert.deepEqual(server.prompts, []);
	});

	it('says since which version the case fails, and shows what changed there', async () => {
		await begin();
		await workbench.answerDialog(/^Run$/);
		await workbench.notification('"polite" fails since').waitFor();
		await workbench.page
			.locator('.monaco-diff-editor .modified .view-line', { hasText: 'Be brief.' })
			.first()
			.waitFor();
		await workbench.photograph('bisect-found', ['dark', 'light']);
	});

	it('keeps its runs aside, so that the suite has no result by them', async () => {
		await workbench.treeItem('Suites', 'parcels').filter({ hasText: 'not run yet' }).waitFor();
		const aside = workbench.treeItem('Suites', 'parcels.prompttest.yaml, bisect');
		await aside.filter({ hasText: /runs: \d/ }).waitFor();
		await aside.click();
		await workbench.contextMenu(
			workbench.treeItems('Suites').filter({ hasText: 'complete' }).first(),
			'Open Report',
		);
		await workbench.page
			.locator('.tab .tab-label', { hasText: /^Report: parcels\.prompttest\.yaml, bisect/ })
			.waitFor();
		await workbench.screenshot('bisect-runs');
	});

	it('is offered below an answer that failed, in the report', async () => {
		await workbench.contextMenu(workbench.treeItem('Suites', 'parcels'), 'Run Suite');
		await workbench.answerDialog(/^Run$/);
		await workbench.notification('0 of 1').getByRole('button', { name: 'Show' }).click();
		const title = await workbench.page
			.locator('.tab.active .tab-label', { hasText: /^Report: parcels\.prompttest\.yaml ·/ })
			.innerText();
		const report = await workbench.webviewFrame(title);
		await report.locator('.case-main').first().click();
		await report.getByRole('button', { name: 'Bisect Failing Case' }).click();
		await workbench.quickPickChoose('The oldest version that passes');
		await workbench.page.locator('.monaco-dialog-box', { hasText: 'where "polite" began to fail' }).waitFor();
		await workbench.screenshot('bisect-report');
		await workbench.answerDialog('Cancel');
	});

	it('is followed by an A/B test of two versions, which says what it found', async () => {
		await workbench.contextMenu(workbench.treeItem('Suites', 'parcels'), 'Run A/B Test');
		await workbench.quickPickChoose('Two prompts or versions');
		await workbench.quickPickChoose('v1');
		await workbench.quickPickRows('v1').waitFor({ state: 'detached' });
		await workbench.quickPickChoose('v3');
		await workbench.answerDialog(/^Run$/);
		await workbench.notification('Not told apart: -100.0 points').waitFor();
		await workbench.screenshot('ab-versions');
	});
});
