import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { isAppError } from '../../../src/common/errors.ts';
import { createModels } from '../../../src/providers/models.ts';
import { createGuideProvider } from '../../../src/guide/guide.ts';
import { silentLog } from '../../support/wire/replay.ts';
import { canaryKey, wiredModels } from '../../support/wire/wiredModels.ts';
import { WireServer } from '../../support/wire/wireServer.ts';
import { processorTime } from '../../support/processorTime.ts';

const signal = new AbortController().signal;

describe('Lists of models', () => {
	let wire: WireServer;
	before(async () => {
		wire = await WireServer.start();
	});
	after(() => wire.stop());
	beforeEach(() => wire.reset());

	const provider = (id: string) => wiredModels(wire).providers.find((candidate) => candidate.id === id)!;

	it('of Anthropic: every page, with names and sizes', async () => {
		const model = (id: string) => ({
			type: 'model',
			id,
			display_name: `Name of ${id}`,
			max_input_tokens: 200_000,
			max_tokens: 64_000,
		});
		wire.reply('models', {
			body: JSON.stringify({ data: [model('b')], has_more: true, first_id: 'b', last_id: 'b' }),
		});
		wire.reply('models', {
			body: JSON.stringify({ data: [model('a')], has_more: false, first_id: 'a', last_id: 'a' }),
		});
		const found = await provider('anthropic').listModels(signal);
		assert.deepEqual(
			found.map(({ id }) => id),
			['anthropic/b', 'anthropic/a'],
		);
		assert.deepEqual(found[0], {
			id: 'anthropic/b',
			name: 'Name of b',
			contextTokens: 200_000,
			maxOutputTokens: 64_000,
		});
	});

	it('say when a model shuts down, if its date is one', async () => {
		const data = [
			{ id: 'going', lifecycle: 'deprecated', retires_at: '2027-02-03T00:00:00Z' },
			{ id: 'overdue', lifecycle: 'deprecated', retires_at: null },
			{ id: 'staying', lifecycle: 'active', retires_at: null },
			{ id: 'odd', retires_at: '2027-99-99', lifecycle: 7 },
		];
		wire.reply('models', { body: JSON.stringify({ data, has_more: false }) });
		assert.deepEqual(
			(await provider('anthropic').listModels(signal)).map(({ shutsDown, isDeprecated }) => [
				shutsDown,
				isDeprecated,
			]),
			[
				['2027-02-03', true],
				[undefined, true],
				[undefined, undefined],
				[undefined, undefined],
			],
		);
		const dated = [
			{ id: 'a', created: 3, shutdown_date: '2027-01-14' },
			{ id: 'b', created: 2, shutdown_date: null },
			{ id: 'c', created: 1, shutdown_date: 'soon <b>' },
		];
		wire.reply('models', { body: JSON.stringify({ object: 'list', data: dated }) });
		assert.deepEqual(
			(await provider('openai').listModels(signal)).map(({ shutsDown }) => shutsDown),
			['2027-01-14', undefined, undefined],
		);
	});

	it('of OpenAI and compatible servers: newest first, with names that only the settings know', async () => {
		const models = [{ id: 'old', created: 1 }, { id: 'new', created: 9 }, { id: 'undated' }];
		const reply = { body: JSON.stringify({ object: 'list', data: models }) };
		wire.reply('models', reply);
		assert.deepEqual(
			(await provider('openai').listModels(signal)).map(({ id }) => id),
			['openai/new', 'openai/old', 'openai/undated'],
		);
		wire.reply('models', reply);
		const configured = createModels(
			[{ id: 'mine', kind: 'openai-compatible', baseUrl: wire.baseUrl, models: ['secret-preview', 'old'] }],
			{ getKey: async () => undefined, log: silentLog },
		);
		const [list] = await configured.list(signal);
		assert.deepEqual(
			list!.models.map(({ id }) => id),
			['mine/secret-preview', 'mine/new', 'mine/old', 'mine/undated'],
		);
	});

	it('of a provider that fails come with its error beside the others', async () => {
		wire.reply('models', { status: 401, body: `{"error":{"message":"${canaryKey}"}}` });
		const all = await createModels(
			[
				{ id: 'broken', kind: 'openai-compatible', baseUrl: wire.baseUrl },
				{ id: 'none', kind: 'openai-compatible' },
			],
			{ getKey: async () => canaryKey, log: silentLog },
		).list(signal);
		assert.match(all[0]!.error ?? '', /refused the key \(401\)/);
		assert.match(all[1]!.error ?? '', /baseUrl of provider "none" is missing/);
		assert.ok(!JSON.stringify(all).includes(canaryKey));
	});

	describe('of a server that does not end [attack 20]', () => {
		const page = (id: string, more: object) => JSON.stringify({ data: [{ id, type: 'model' }], ...more });
		const rejects = (listing: Promise<unknown>, message: RegExp) =>
			assert.rejects(listing, (error) => isAppError(error) && message.test(error.message));

		it('pages: a few are asked for', async () => {
			wire.always('models', { body: page('a', { has_more: true, last_id: 'a' }) });
			await rejects(provider('anthropic').listModels(signal), /sent more than 20 pages as its list of models/);
			assert.equal(wire.requestsTo('models').length, 20);
		});

		it('gigabytes in a small body: a few megabytes are taken, of the list and of an error', async () => {
			const packed = gzipSync(Buffer.alloc(64_000_000, ' '));
			const headers = { 'content-encoding': 'gzip' };
			for (const id of ['anthropic', 'openai', 'local']) {
				wire.reply('models', { headers, body: [packed] });
				await rejects(provider(id).listModels(signal), /sent more than 16 MB/);
				wire.reply('models', { status: 500, headers, body: [packed] });
				await rejects(provider(id).listModels(signal), /failed while running the list of models/);
			}
		});

		it('an error page that is all patterns: its beginning is enough', async () => {
			const used = processorTime();
			for (const text of ['<title', 'sk-', 'Bearer ', '{"error":']) {
				wire.reply('models', { status: 500, body: text.repeat(100_000) });
				await assert.rejects(provider('local').listModels(signal));
			}
			const took = used();
			assert.ok(took < 5000, `${took} ms`);
		});

		it('headers or a body that hang: the time limit ends them, and hides no other provider', async () => {
			for (const reply of [{ holdHeaders: 'never' }, { body: ['{"data":[', { hold: 'never' }] }]) {
				for (const id of ['anthropic', 'openai', 'local']) {
					wire.reply('models', reply);
					const limited = wiredModels(wire, { listTimeoutMs: 100 }).providers.find((one) => one.id === id)!;
					await rejects(limited.listModels(signal), /did not return its models in time/);
				}
			}
			const models = createModels(
				[
					{ id: 'slow', kind: 'vscode-lm', models: ['named'] },
					{ id: 'quick', kind: 'offline' },
				],
				{
					getKey: async () => undefined,
					makeEditorProvider: ({ id, kind }) => ({
						id,
						kind,
						stream: () => assert.fail('not used'),
						listModels: () => new Promise(() => undefined),
					}),
					makeOfflineProvider: ({ id }) => createGuideProvider(id),
					log: silentLog,
					listTimeoutMs: 200,
				},
			);
			const listed: string[] = [];
			const all = await models.list(signal, (one) => listed.push(`${one.provider} ${one.error === undefined}`));
			assert.deepEqual(listed, ['quick true', 'slow false']);
			assert.deepEqual(
				all.map((one) => one.provider),
				['slow', 'quick'],
			);
			assert.match(all[0]!.error ?? '', /did not return its models in time/);
			assert.deepEqual(all[0]!.models, [{ id: 'slow/named', name: 'named' }]);
		});
	});

	it('end with the signal, and with what is no list', async () => {
		wire.reply('models', { holdHeaders: 'never' });
		const controller = new AbortController();
		const listing = provider('openai').listModels(controller.signal);
		setTimeout(() => controller.abort(), 20);
		await assert.rejects(listing, (error) => isAppError(error, 'cancelled'));
		for (const body of ['<html>no</html>', '[]', '{"data":null}']) {
			wire.reply('models', { body });
			const result = await provider('openai')
				.listModels(signal)
				.then(
					(models) => models.length,
					(error: unknown) => isAppError(error),
				);
			assert.ok(result === 0 || result === true, body);
		}
	});
});
