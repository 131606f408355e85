import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { PromptWorkshopApi } from '../../src/common/api.ts';
import { until } from '../support/eventually.ts';
import { WireServer } from '../support/wire/wireServer.ts';
import { activated, collect, configure } from './support.ts';

describe('promptWorkshop.suites.concurrency', () => {
	let api: PromptWorkshopApi;
	let wire: WireServer;

	before(async () => {
		api = await activated();
		wire = await WireServer.start();
		await configure('promptWorkshop', 'providers', [
			{ id: 'wire', kind: 'openai-compatible', baseUrl: wire.baseUrl, models: ['m'] },
		]);
		await configure('promptWorkshop', 'suites.concurrency', 1);
	});
	after(async () => {
		await configure('promptWorkshop', 'suites.concurrency', undefined);
		await configure('promptWorkshop', 'providers', undefined);
		await wire.stop();
		await vscode.commands.executeCommand('workbench.action.closeAllEditors');
	});

	it('is followed by the requests to a provider at once, also by those that wait', async () => {
		wire.always('chat', { body: wire.script.chat({ text: 'Yes.' }), holdHeaders: 'all' });
		const asked = Array.from({ length: 4 }, () =>
			collect(
				api.regenerate({
					messages: [{ role: 'user', content: 'Where is my parcel?' }],
					systemPrompt: 'You answer questions about parcels.',
					model: 'wire/m',
				}),
			),
		);
		await until(() => wire.requestsTo('chat').length === 1, 'the first request');
		await configure('promptWorkshop', 'suites.concurrency', 3);
		await until(() => wire.requestsTo('chat').length === 3, 'two more requests');
		wire.release('all');
		await Promise.all(asked);
		assert.equal(wire.requestsTo('chat').length, 4);
	});
});
