import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { until } from '../support/eventually.ts';
import { startDrivenSession, type DrivenSession } from '../support/vscode/drivenSession.ts';
import type { Workbench } from '../support/vscode/workbench.ts';
import { startObeyingServer, type ObeyingServer } from '../support/wire/obeyingServer.ts';

const prompt = `# Support agent

You answer questions about parcels.

- Answer in at most three sentences.
- Say "please" in every answer.
- Never name a price.
`;

const suite = `prompt: file:agent.md
models: wire/m
cases:
  - { name: polite, query: Where is my parcel?, assert: [{ type: contains, value: please }] }
  - { name: brief, query: When does it come?, assert: [{ type: word-count, value: { max: 50 } }] }
`;

/** A model on this machine obeys one line of a prompt: VS Code's gutter shows exactly that line as covered. */
describe('Run with Rule Coverage', () => {
	let driven: DrivenSession;
	let workbench: Workbench;
	let server: ObeyingServer;

	before(async () => {
		server = await startObeyingServer((system) =>
			system.includes('please') ? 'It is, please wait.' : 'It is on its way.',
		);
		driven = await startDrivenSession({
			// VS Code's own parts that show results begin late; in a lean window the run is over before them.
			lean: false,
			settings: {
				'promptWorkshop.providers': [
					{ id: 'wire', kind: 'openai-compatible', baseUrl: server.baseUrl, models: ['m'] },
				],
			},
		});
		const { session } = driven;
		await writeFile(join(session.workspace, 'agent.md'), prompt);
		await writeFile(join(session.workspace, 'agent.prompttest.yaml'), suite);
		await writeFile(
			join(session.workspace, 'parcels.prompttest.yaml'),
			suite.replace('file:agent.md', 'draft:Parcels'),
		);
		workbench = await session.openWindow();
	});
	afterEach(function () {
		return driven.session.photographFailure(this.currentTest);
	});
	after(async () => {
		await driven.close();
		await server.stop();
	});

	/** The marks in the gutter beside the lines of the active editor, from above. */
	const marks = async (title: string) => {
		const found = await workbench
			.editor(title)
			.locator('.coverage-deco-gutter')
			.evaluateAll((all) =>
				all
					.map((one) => ({
						top: one.getBoundingClientRect().top,
						mark: one.classList.contains('coverage-deco-hit') ? 'hit' : 'miss',
					}))
					.sort((one, other) => one.top - other.top)
					.map(({ mark }) => mark),
			);
		return found.join(' ');
	};

	/** Runs the suite of a file with coverage, from the question on, and waits for the end. */
	const cover = async (file: string, question: string) => {
		await workbench.openFile(file);
		const editor = workbench.editor(file);
		await editor.locator('.codicon-testing-run-all-icon, .testing-run-glyph').first().waitFor();
		await editor.locator('.view-line', { hasText: 'polite' }).first().click();
		await workbench.page.keyboard.press('Control+Semicolon');
		// Run Tests with Coverage in Current File.
		await workbench.page.keyboard.press('Control+Shift+F');
		await workbench.page.locator('.monaco-dialog-box', { hasText: question }).waitFor();
		await workbench.screenshot('rule-coverage-plan');
		await workbench.answerDialog('Run');
		await workbench.page.getByText('Close Test Coverage').first().waitFor();
	};

	it('asks first, and marks the line that decides a verdict', async () => {
		await cover('agent.prompttest.yaml', 'without each of its 5 rules');
		await workbench.openFile('agent.md');
		await until(async () => (await marks('agent.md')) !== '', 'the marks');
		assert.equal(await marks('agent.md'), 'miss miss miss hit miss');
		assert.equal(server.prompts.length, 5 * 2 + 5 * 2 + 2);
		await workbench.screenshot('rule-coverage');
	});

	it("is filtered by case with VS Code's own command", async () => {
		const filterBy = async (name: string, expected: string) => {
			await workbench.runCommand('Test: Filter Coverage by Test');
			await workbench.quickPickChoose(name);
			await until(async () => (await marks('agent.md')) === expected, `the marks of ${name}`);
		};
		await filterBy('brief', 'miss miss miss miss miss');
		await workbench.screenshot('rule-coverage-filtered');
		await filterBy('polite', 'miss miss miss hit miss');
	});

	it('marks the lines of a draft', async () => {
		const { draftId } = (await driven.driver.api('startWorkshop', {
			draftName: 'Parcels',
			startingPrompt: prompt.replace('- Never name a price.\n', ''),
			model: 'offline/guide',
		})) as { draftId: number };
		await cover('parcels.prompttest.yaml', 'without each of its 4 rules');
		await driven.run('openDraft', draftId);
		await until(async () => (await marks('parcels.md')) !== '', 'the marks');
		assert.equal(await marks('parcels.md'), 'miss miss miss hit');
		await workbench.screenshot('rule-coverage-draft');
	});
});
