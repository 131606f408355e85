import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import * as vscode from 'vscode';
import type { PromptWorkshopApi } from '../../src/common/api.ts';
import { startObeyingServer, type ObeyingServer } from '../support/wire/obeyingServer.ts';
import { inWorkspace } from './labSupport.ts';
import { activated, configure } from './support.ts';

const suite = `cases:
  - name: pair
    query: Where is parcel 7?
    outputs: { old: It is lost., new: It is at the depot. }
    assert: [{ type: pairwise }]
  - name: rubric
    query: Where is parcel 8?
    outputs: { old: I do not know., new: It is on its way. }
    assert: [{ type: llm-rubric, value: The answer names a place. }]
`;

interface Share {
	count: number;
	of: number;
}

interface Quality {
	counts: { good: number; bad: number };
	flips: Share | null;
	variants: { label: string; raw: Share }[];
}

describe('Check Judge', () => {
	let api: PromptWorkshopApi;
	let server: ObeyingServer;
	let file = '';

	before(async () => {
		api = await activated();
		// It prefers whatever it reads first, and passes every answer.
		server = await startObeyingServer((system) =>
			JSON.stringify(
				system.includes('"preferred"')
					? { reason: 'It comes first.', preferred: 'first' }
					: { reason: 'Fine.', score: 1, pass: true },
			),
		);
		await configure('promptWorkshop', 'providers', [
			{ id: 'judge', kind: 'openai-compatible', baseUrl: server.baseUrl, models: ['m'] },
		]);
		await configure('promptWorkshop', 'judgeModel', 'judge/m');
		file = await inWorkspace('judged.prompttest.yaml', suite);
	});
	after(async () => {
		await configure('promptWorkshop', 'judgeModel', undefined);
		await configure('promptWorkshop', 'providers', undefined);
		await server.stop();
		await rm(file, { force: true });
		await vscode.commands.executeCommand('workbench.action.closeAllEditors');
	});

	it('shows as a document how often the judge follows the order of the answers', async () => {
		let runId = '';
		for await (const event of api.runSuite(file, { maxCalls: 20 })) {
			runId = event.type === 'plan' ? event.runId : runId;
		}
		const quality = await vscode.commands.executeCommand<Quality>('promptWorkshop.checkJudge', runId);
		assert.ok(quality.flips);
		assert.deepEqual([quality.flips.count, quality.flips.of], [1, 1]);
		assert.deepEqual(
			quality.variants.map(({ label }) => label),
			['old', 'new'],
		);
		assert.deepEqual([quality.counts.good, quality.counts.bad], [0, 0]);
		const document = vscode.window.activeTextEditor?.document;
		assert.equal(document?.languageId, 'markdown');
		const text = document.getText();
		assert.match(text, /^# The judge of judged\.prompttest\.yaml/);
		assert.match(text, /changes with the order of its answers in 1 of 1/);
		assert.match(text, /No answer has both the verdict of a judge and yours/);
	});
});
