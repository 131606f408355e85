import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { PromptWorkshopApi } from '../../src/common/api.ts';
import { foldParts } from '../../src/common/foldParts.ts';
import { turnText } from '../../src/common/turn.ts';
import type { StreamPart } from '../../src/common/streamParts.ts';
import { WireServer } from '../support/wire/wireServer.ts';
import { eventually } from '../support/eventually.ts';
import { activated, collect, configure, useOfflineGuide } from './support.ts';

const prompt = 'You answer questions about electricity storage and cite the article of every claim. '.repeat(2);

describe('the API', () => {
	let api: PromptWorkshopApi;
	let wire: WireServer;
	let articles: string;

	before(async () => {
		api = await activated();
		wire = await WireServer.start();
		await configure('promptWorkshop', 'providers', [
			{ id: 'anthropic', kind: 'anthropic', baseUrl: wire.origin },
			{ id: 'openai', kind: 'openai', baseUrl: wire.baseUrl },
			{ id: 'local', kind: 'openai-compatible', baseUrl: wire.baseUrl },
			{ id: 'offline', kind: 'offline' },
		]);
		await useOfflineGuide();
		articles = await mkdtemp(join(tmpdir(), 'articles-'));
		for (const [file, title, body] of [
			[
				'one.md',
				'Sodium cells reach the grid',
				'The first sodium battery plant of the region stores 40 megawatt hours.',
			],
			[
				'two.md',
				'Pumped storage is extended',
				'The reservoir in the hills gets a second pump and stores a week of wind.',
			],
		] as const) {
			const head = `---\ntitle: ${title}\nurl: https://example.org/${file}\ndate: 2026-05-0${file === 'one.md' ? 1 : 2}\n---\n`;
			await writeFile(join(articles, file), `${head}\n${body}\n`);
		}
	});
	after(async () => {
		await wire.stop();
		await configure('promptWorkshop', 'providers', undefined);
		await rm(articles, { recursive: true, force: true });
	});
	beforeEach(() => wire.reset());

	it('runs the whole loop with the built-in guide', async () => {
		const started = await api.startWorkshop({
			draftName: 'Storage analyst',
			requirements: 'A briefing for investors about electricity storage, plain tone, short.',
		});
		assert.equal(started.error, undefined);
		assert.match(started.initialMessage, /not a language model/);
		const parts = await collect(api.sendMessage(started.draftId, 'Write it now'));
		assert.equal(parts.at(-1)?.type, 'done');
		const { content } = await api.extractDraft(started.draftId);
		assert.ok(content.length >= 100, content);

		const report = await api.importTopic('storage news', vscode.Uri.file(articles).toString());
		assert.deepEqual([report.articles, report.added, report.skipped.length], [2, 2, 0]);
		const test = await collect(
			api.testDraft(started.draftId, {
				testQuery: 'Which sodium battery plant was built?',
				topic: 'storage news',
			}),
		);
		const result = test.find((part) => part.type === 'result')?.result;
		assert.equal(result?.status, 'complete');
		assert.ok((result?.articleCount ?? 0) >= 1);
		assert.ok(result?.toolsUsed.includes('enhanced_database_search'));
		assert.ok(result?.citations.some(({ url, support }) => url.includes('one.md') && support === 'supported'));
		const rated = await api.rateTest(started.draftId, result?.testId ?? '', { userRating: 4 });
		assert.equal(rated.userRating, 4);

		const committed = await api.commitDraft(started.draftId, { name: 'storage_analyst', title: 'Storage analyst' });
		assert.equal(committed.name, 'storage_analyst');
		const clone = await api.clonePrompt('storage_analyst');
		const draft = await api.getDraft(clone.draftId);
		assert.equal(draft.draftName, 'Modified Storage analyst');
		assert.equal(draft.draftContent, content);
	});

	for (const [provider, wireApi] of [
		['anthropic/claude-wire', 'anthropic'],
		['openai/gpt-wire', 'responses'],
		['local/chat-wire', 'chat'],
	] as const) {
		it(`streams an answer of ${provider} while the server still holds it`, async () => {
			const { draftId } = await api.startWorkshop({ draftName: 'Wire draft' });
			const answer = { thinking: 'Weigh it.', text: ['First half. ', 'Second half.'] };
			const hold = { after: 'text' } as const;
			wire.reply(wireApi, wire.script[wireApi]({ ...answer, hold }));
			const parts: StreamPart[] = [];
			const reading = (async () => {
				for await (const part of api.sendMessage(draftId, 'Go on', { model: provider })) {
					parts.push(part);
				}
			})();
			await eventually(() => assert.equal(turnText(foldParts(parts)), 'First half. Second half.'));
			assert.equal(
				parts.some(({ type }) => type === 'done'),
				false,
				'done came before the server was released',
			);
			wire.release();
			await reading;
			const turn = foldParts(parts);
			assert.equal(turnText(turn), 'First half. Second half.');
			assert.equal(turn.blocks[0]?.type, 'thinking');
			assert.deepEqual(parts.at(-1), { type: 'done', stopReason: 'stop' });
		});
	}

	it('tells how a test ended, in the result and in its document; only a real end moves the draft on', async () => {
		const draftContent = 'You answer questions about releases and cite every claim with a link.';
		const { draftId } = await api.startWorkshop({ draftName: 'Ends draft', startingPrompt: draftContent });
		const model = 'anthropic/claude-wire';
		const test = async () => {
			const options = { testQuery: 'What breaks in version 24?', topic: 'General', model };
			const parts = await collect(api.testDraft(draftId, options));
			const result = parts.find((part) => part.type === 'result')?.result;
			assert.ok(result);
			return result;
		};
		for (const [stop, status, words] of [
			['max_tokens', 'truncated', 'cut off'],
			['refusal', 'refused', 'refused'],
		] as const) {
			wire.reply('anthropic', wire.script.anthropic({ text: 'Some of it.', stop }));
			const result = await test();
			assert.deepEqual([result.status, result.isModel, result.answeredModel], [status, true, null]);
			assert.equal((await api.getDraft(draftId)).status, 'draft', status);
			await vscode.commands.executeCommand('promptWorkshop.openResult', result.testId);
			await eventually(() => {
				const text = vscode.window.activeTextEditor?.document.getText() ?? '';
				assert.ok(text.includes(`- Status: ${words}`), text);
			});
		}
		wire.reply('anthropic', wire.script.anthropic({ text: 'All of it.' }));
		const whole = await test();
		assert.equal(whole.status, 'complete');
		assert.equal((await api.getDraft(draftId)).status, 'testing');
		const guide = await collect(
			api.testDraft(draftId, {
				testQuery: 'What breaks in version 24?',
				topic: 'General',
				model: 'offline/guide',
			}),
		);
		const asked = guide.find((part) => part.type === 'result')?.result;
		assert.equal(asked?.isModel, false);
		const comparisons = () =>
			vscode.window.tabGroups.all
				.flatMap(({ tabs }) => tabs)
				.filter(({ input }) => input instanceof vscode.TabInputTextDiff).length;
		const compare = (first: string, second: string) =>
			vscode.commands.executeCommand('promptWorkshop.compareResults', first, second);
		const before = comparisons();
		await compare(whole.testId, asked?.testId ?? '');
		assert.equal(comparisons(), before, 'the guide is not compared');
		wire.reply('anthropic', wire.script.anthropic({ text: 'All of it, again.' }));
		await compare(whole.testId, (await test()).testId);
		assert.equal(comparisons(), before + 1);
	});

	it('stops: the server sees the client leave, and what arrived is kept [fault 8]', async () => {
		const { draftId } = await api.startWorkshop({ draftName: 'Stopped draft' });
		wire.reply('anthropic', wire.script.anthropic({ text: 'Half of it.', hold: { after: 'text' } }));
		const controller = new AbortController();
		const parts: StreamPart[] = [];
		const reading = (async () => {
			const options = { model: 'anthropic/claude-wire', signal: controller.signal };
			for await (const part of api.sendMessage(draftId, 'Go on', options)) {
				parts.push(part);
			}
		})();
		await eventually(() => assert.match(turnText(foldParts(parts)), /Half of it/));
		controller.abort();
		await reading;
		assert.deepEqual(parts.at(-1), { type: 'done', stopReason: 'cancelled' });
		assert.equal(
			parts.some(({ type }) => type === 'error'),
			false,
		);
		await eventually(() => assert.ok(wire.requestsTo('anthropic').at(-1)?.leftAt));
	});

	it('calls the topic’s tools for a model and counts what it was handed', async () => {
		await api.importTopic('storage news', articles);
		const { draftId } = await api.startWorkshop({ draftName: 'Tool draft', startingPrompt: prompt });
		const call = { name: 'enhanced_database_search', input: { query: 'sodium battery', topic: 'another topic' } };
		wire.reply('anthropic', wire.script.anthropic({ toolCalls: [call] }));
		wire.reply(
			'anthropic',
			wire.script.anthropic({
				text: 'See [plant](https://example.org/one.md) and [x](https://example.org/none).',
			}),
		);
		const parts = await collect(
			api.testDraft(draftId, {
				testQuery: 'Which plant was built?',
				topic: 'storage news',
				model: 'anthropic/claude-wire',
			}),
		);
		const result = parts.find((part) => part.type === 'result')?.result;
		assert.deepEqual(result?.toolsUsed, ['enhanced_database_search']);
		assert.ok((result?.articleCount ?? 0) >= 1);
		assert.deepEqual(
			result?.citations.map(({ support }) => support),
			['supported', 'unknown'],
		);
		const second = wire.requestsTo('anthropic').at(-1)?.text ?? '';
		assert.match(second, /Sodium cells reach the grid/);
	});

	it('says what to do when the key is refused', async () => {
		const { draftId } = await api.startWorkshop({ draftName: 'Refused draft' });
		wire.reply('anthropic', {
			status: 401,
			body: '{"type":"error","error":{"type":"authentication_error","message":"invalid x-api-key"}}',
		});
		const parts = await collect(api.sendMessage(draftId, 'Go on', { model: 'anthropic/claude-wire' }));
		const error = parts.find((part) => part.type === 'error');
		assert.equal(error?.type === 'error' && error.code, 'auth');
		assert.match((error?.type === 'error' && error.message) || '', /refused the key \(401\)/);
	});

	it('rejects bad arguments before the first part', async () => {
		const { draftId } = await api.startWorkshop({ draftName: 'Checked draft', startingPrompt: prompt });
		for (const testQuery of ['', 'x'.repeat(1001)]) {
			await assert.rejects(() => collect(api.testDraft(draftId, { testQuery, topic: 'General' })), /10|1,?000/);
		}
		await assert.rejects(
			() => api.commitDraft(draftId, { name: 'Not Allowed', title: 'Some title' }),
			/lowercase letters|a-z|Not Allowed/,
		);
		await assert.rejects(() => api.getDraft(999_999), /Draft not found or access denied/);
	});

	it('exports a plain SQLite database', async () => {
		const file = join(articles, 'export.db');
		await api.exportDatabase(file);
		const { DatabaseSync } = await import('node:sqlite');
		const database = new DatabaseSync(file, { readOnly: true });
		const names = database
			.prepare("SELECT name FROM sqlite_master WHERE type = 'table'")
			.all()
			.map(({ name }) => name);
		for (const table of [
			'users',
			'auspex_chats',
			'auspex_messages',
			'auspex_prompts',
			'auspex_prompt_drafts',
			'auspex_test_results',
			'prompt_versions',
			'prompt_texts',
			'prompt_suites',
			'suite_runs',
			'suite_variants',
			'suite_trials',
			'trash',
		]) {
			assert.ok(names.includes(table), table);
		}
		database.close();
	});
});

describe('the sample workshop', () => {
	it('brings a topic and a draft, so that the loop can be tried at once', async () => {
		const api = await activated();
		await useOfflineGuide();
		const started = await vscode.commands.executeCommand<{ draftId: number }>('promptWorkshop.startSampleWorkshop');
		const topic = (await api.listTopics()).find(({ name }) => name === 'Sample: electricity storage');
		assert.equal(topic?.articles, 62);
		await api.updateDraft(started.draftId, { draftContent: prompt });
		const parts = await collect(
			api.testDraft(started.draftId, { testQuery: 'What do planners expect of batteries?', topic: topic.name }),
		);
		const result = parts.find((part) => part.type === 'result')?.result;
		assert.ok((result?.articleCount ?? 0) > 0);
		assert.ok(result?.citations.every(({ support }) => support === 'supported'));
		await vscode.commands.executeCommand('workbench.action.closeAllEditors');
	});
});
