import assert from 'node:assert/strict';
import { readdir, stat } from 'node:fs/promises';
import { Socket } from 'node:net';
import { join } from 'node:path';
import { queryObjects, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import * as vscode from 'vscode';
import type { PromptWorkshopApi } from '../../src/common/api.ts';
import { sleep } from '../support/sleep.ts';
import { testOutput } from '../support/testOutput.ts';
import { WireServer } from '../support/wire/wireServer.ts';
import { inWorkspace, storeStatus } from './labSupport.ts';
import { activated, collect, configure } from './support.ts';

const minutes = Number(process.env['SOAK_MINUTES'] ?? 0);
/** Rounds before the first measurement: modules are loaded, panels shown once, caches filled. */
const warmUp = 5;
const prompt = 'You answer questions about electricity storage and cite the article of every claim. '.repeat(2);
const megabyte = 1024 * 1024;

interface Measured {
	heap: number;
	/** What sql.js and buffers hold beside the heap. */
	outside: number;
	handles: number;
	sockets: number;
	/** Subscriptions and the like that are still alive. */
	disposables: number;
	emitters: number;
	signals: number;
	listeners: number;
	/** Bytes of the store's folder, and of the database in it as an export has it. */
	storage: number;
	rows: number;
}

const run = <T>(id: string, ...parameters: unknown[]) =>
	vscode.commands.executeCommand<T>(`promptWorkshop.${id}`, ...parameters);

async function bytesBelow(folder: string): Promise<number> {
	const sizes = (await readdir(folder, { recursive: true })).map(async (name) => {
		const found = await stat(join(folder, name)).catch(() => undefined);
		return found?.isFile() ? found.size : 0;
	});
	return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

/** `npm run test:soak`: people work for twenty minutes, and nothing is left over but what they stored. */
function soak(this: Mocha.Suite): void {
	this.timeout((minutes + 10) * 60_000);
	let api: PromptWorkshopApi;
	let wire: WireServer;
	let collectGarbage: () => void;
	let fixture: string;

	before(async () => {
		api = await activated();
		wire = await WireServer.start();
		await configure('promptWorkshop', 'providers', [
			{ id: 'wire', kind: 'openai-compatible', baseUrl: wire.baseUrl },
		]);
		for (const use of ['chatModel', 'testModel']) {
			await configure('promptWorkshop', use, 'wire/chat-wire');
		}
		await configure('files', 'autoSave', 'off');
		fixture = await inWorkspace('.promptworkshop/fixtures/soak.json', {
			name: 'Soak',
			module: 'soak',
			systemPrompt: prompt,
			messages: [
				{ role: 'user', content: 'What do planners expect?' },
				{ role: 'assistant', content: 'More batteries.' },
			],
		});
		setFlagsFromString('--expose-gc');
		collectGarbage = runInNewContext('gc') as () => void;
	});
	after(async () => {
		await vscode.commands.executeCommand('workbench.action.closeAllEditors');
		await wire.stop();
		for (const key of ['providers', 'chatModel', 'testModel']) {
			await configure('promptWorkshop', key, undefined);
		}
		await configure('files', 'autoSave', undefined);
	});

	/** One person's few minutes: a draft, an edit, a chat, a test, a rating, a stopped answer, the Lab, and everything closed. */
	async function round(count: number): Promise<void> {
		const { draftId } = await api.startWorkshop({ draftName: `Soak ${count}`, startingPrompt: prompt });
		await run('openDraft', draftId);
		const editor = vscode.window.activeTextEditor;
		assert.ok(editor);
		await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), `Edit ${count}. `));
		await editor.document.save();
		await run('openWorkshop', draftId);
		await collect(api.sendMessage(draftId, 'Make it short'));
		wire.reply('chat', wire.script.chat({ text: ['Half an ', 'answer'], hold: { after: 'text' } }));
		const stopper = new AbortController();
		for await (const part of api.sendMessage(draftId, 'Make it long', { signal: stopper.signal })) {
			if (part.type === 'text') {
				stopper.abort();
			}
		}
		await collect(api.testDraft(draftId, { testQuery: 'What do planners expect?', topic: 'General' }));
		const [result] = (await api.listTestResults(draftId)).testResults;
		assert.ok(result);
		await api.rateTest(draftId, result.testId, { userRating: 1 + (count % 5), notes: 'noted' });
		await run('openResult', result.testId);
		await run('openLab', 'Soak');
		await run('lab.regenerateAll');
		await vscode.commands.executeCommand('workbench.action.closeAllEditors');
		await api.deleteDraft(draftId);
		wire.reset();
	}

	async function measure(): Promise<Measured> {
		// What a closed panel leaves is let go a few turns later.
		for (let turn = 0; turn < 5; turn++) {
			await sleep(200, 'a few turns for what lets go late');
			collectGarbage();
		}
		const { heapUsed, arrayBuffers, external } = process.memoryUsage();
		const alive = (constructor: unknown) => queryObjects(constructor as () => void, { format: 'count' });
		const { folder } = await storeStatus();
		const listeners = process.eventNames().reduce((sum, name) => sum + process.listenerCount(name), 0);
		return {
			heap: heapUsed,
			outside: arrayBuffers + external,
			handles: process.getActiveResourcesInfo().length,
			sockets: alive(Socket),
			disposables: alive(vscode.Disposable),
			emitters: alive(vscode.EventEmitter),
			signals: alive(AbortSignal),
			listeners,
			storage: await bytesBelow(folder),
			rows: (await api.listDrafts()).total,
		};
	}

	it(`leaves nothing behind in ${minutes} minutes but what was stored`, async () => {
		for (let count = 0; count < warmUp; count++) {
			await round(count);
		}
		const start = await measure();
		const end = performance.now() + minutes * 60_000;
		let rounds = 0;
		for (; performance.now() < end; rounds++) {
			await round(warmUp + rounds);
		}
		const last = await measure();
		const names = Object.keys(start) as (keyof Measured)[];
		console.log(`${testOutput}${rounds} rounds`);
		for (const name of names) {
			const columns = [start[name], last[name]].map((value) => String(value).padStart(12));
			console.log(`${testOutput}${name.padEnd(12)} ${columns.join(' ')}`);
		}
		const grown = (name: keyof Measured) => last[name] - start[name];
		// A leak of one object a round is more than this; pools, caches and code that was compiled meanwhile are less.
		const allowed = Math.max(10, rounds / 4);
		for (const name of ['handles', 'sockets', 'emitters', 'signals', 'listeners', 'disposables'] as const) {
			assert.ok(grown(name) <= allowed, `${name} grew by ${grown(name)} in ${rounds} rounds`);
		}
		assert.ok(grown('storage') < rounds * 100_000 + 20 * megabyte, `storage grew by ${grown('storage')} bytes`);
		assert.ok(grown('heap') < 8 * megabyte + grown('storage'), `the heap grew by ${grown('heap')} bytes`);
		assert.ok(
			grown('outside') < 16 * megabyte + 3 * grown('storage'),
			`memory beside the heap grew by ${grown('outside')} bytes`,
		);
		assert.equal(last.rows, start.rows, 'every draft was deleted again');
	});

	after(async () => {
		await vscode.workspace.fs.delete(vscode.Uri.file(fixture));
	});
}

// Left out of the other runs, not skipped in them.
if (minutes > 0) {
	describe('soak', soak);
}
