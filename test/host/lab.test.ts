import assert from 'node:assert/strict';
import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { LabRunOptions, PromptWorkshopApi } from '../../src/common/api.ts';
import { foldParts } from '../../src/common/foldParts.ts';
import { turnText, turnThinking } from '../../src/common/turn.ts';
import type { StreamPart } from '../../src/common/streamParts.ts';
import { labCommands, labMembers, runEveryLabCommand, runOptions } from '../support/labCommands.ts';
import { WireServer } from '../support/wire/wireServer.ts';
import { inWorkspace, logicalDump, rejectionOf, settledStore, storeStatus } from './labSupport.ts';
import { eventually } from '../support/eventually.ts';
import { activated, collect, configure, useOfflineGuide } from './support.ts';

const run = (id: string, ...parameters: unknown[]) =>
	vscode.commands.executeCommand<unknown>(`promptWorkshop.${id}`, ...parameters);
const messages: LabRunOptions['messages'] = [
	{ role: 'user', content: 'Why is the sky blue?' },
	{ role: 'assistant', content: 'Because of the sea.', thinking: 'recorded thought' },
	{ role: 'user', content: 'Is it?' },
];
const systemPrompt = 'You explain physics in two sentences and correct what was said wrong before.';
const isStream = (value: unknown): value is AsyncIterable<StreamPart> =>
	typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
const conversation = {
	name: 'Sky',
	module: 'physics',
	systemPrompt: { base: systemPrompt, instructions: 'Be kind.' },
	previousContent: 'The student is twelve.',
	messages: [...messages, { role: 'assistant', content: 'No: of scattering.' }],
};

describe('the Prompt Lab', () => {
	let api: PromptWorkshopApi;
	let wire: WireServer;
	const files: string[] = [];

	before(async () => {
		api = await activated();
		wire = await WireServer.start();
		await configure('promptWorkshop', 'providers', [
			{ id: 'local', kind: 'openai-compatible', baseUrl: wire.baseUrl },
			{ id: 'offline', kind: 'offline' },
		]);
		await useOfflineGuide();
		files.push(
			await inWorkspace('.promptworkshop/fixtures/physics/sky.json', conversation),
			await inWorkspace('.promptworkshop/fixtures/broken.json', '{"sections": ['),
			await inWorkspace('fixtures/named.fixture.json', { ...conversation, name: 'Named' }),
			await inWorkspace('fixtures/schema.json', {
				...conversation,
				$schema: '../media/fixture.schema.json',
				name: 'With schema',
			}),
			await inWorkspace('fixtures/other.json', { ...conversation, name: 'Not a fixture' }),
			await inWorkspace('more labs/extra.json', { ...conversation, name: 'Configured' }),
			await inWorkspace('.promptworkshop/fixtures/twin.json', { ...conversation, name: 'Twin' }),
			await inWorkspace('.promptworkshop/fixtures/twin-2.json', { ...conversation, name: 'Twin' }),
			await inWorkspace('.promptworkshop/fixtures/huge.json', JSON.stringify('x'.repeat(20 * 1024 * 1024))),
			await inWorkspace('.promptworkshop/fixtures/deep.json', '['.repeat(100_000)),
			await inWorkspace('.promptworkshop/fixtures/über/..名前 v1..json', {
				...conversation,
				name: '../über/名前',
			}),
		);
	});
	after(async () => {
		await vscode.commands.executeCommand('workbench.action.closeAllEditors');
		await wire.stop();
		await configure('promptWorkshop', 'providers', undefined);
		await Promise.all(files.map((file) => rm(file, { force: true })));
	});
	beforeEach(() => wire.reset());

	it('lists fixtures of every place that counts, the malformed one with its error, and no others', async () => {
		const folder = vscode.workspace.workspaceFolders?.[0];
		const lab = vscode.workspace.getConfiguration('promptWorkshop', folder);
		await lab.update(
			'lab.fixturePaths',
			['more labs', 'no such folder'],
			vscode.ConfigurationTarget.WorkspaceFolder,
		);
		try {
			const list = await api.listFixtures();
			const names = list.map(({ name }) => name);
			for (const name of ['Sky', 'Named', 'With schema', 'Configured', 'Twin', 'Statistics tutor']) {
				assert.ok(names.includes(name), name);
			}
			assert.ok(!names.includes('Not a fixture'));
			assert.match(list.find(({ name }) => name === 'broken')?.error ?? '', /not valid JSON/);
			assert.match(list.find(({ id }) => id.endsWith('/no such folder'))?.error ?? '', /does not exist/);
			assert.equal(list.find(({ name }) => name === 'Sky')?.module, 'physics');
			assert.equal(new Set(list.map(({ id }) => id)).size, list.length);
		} finally {
			await lab.update('lab.fixturePaths', undefined, vscode.ConfigurationTarget.WorkspaceFolder);
		}
	});

	it('loads a fixture by name and id in the sectioned form', async () => {
		const fixture = await api.loadFixture('Sky');
		assert.match(fixture.id, /\/\.promptworkshop\/fixtures\/physics\/sky\.json$/);
		assert.equal(fixture.baseSystemPrompt, systemPrompt);
		assert.equal(fixture.sections[0]?.context, 'The student is twelve.');
		assert.deepEqual(await api.loadFixture(fixture.id), fixture);
		assert.match((await rejectionOf(() => api.loadFixture('Nowhere'))).message, /^Fixture 'Nowhere' not found$/);
		assert.match((await rejectionOf(() => api.loadFixture('Twin'))).message, /Several fixtures/);
		assert.match((await rejectionOf(() => api.loadFixture('broken'))).message, /not valid JSON/);
	});

	it('takes a file that is huge or nested without end for malformed, and any name for a name', async () => {
		const errors = new Map((await api.listFixtures()).map(({ name, error }) => [name, error ?? '']));
		assert.match(errors.get('huge') ?? '', /20\.0 MB; the limit is 20 MB/);
		assert.match(errors.get('deep') ?? '', /nested deeper than 64 levels/);
		for (const name of ['huge', 'deep']) {
			assert.match((await rejectionOf(() => api.loadFixture(name))).message, /the limit is|nested deeper/);
		}
		const { id } = await api.loadFixture('../über/名前');
		assert.match(id, /\/über\/\.\.名前 v1\.\.json$/);
		assert.equal((await api.loadFixture(id)).sections[0]?.conversations[0]?.messages.length, messages.length + 1);
		assert.match((await rejectionOf(() => api.loadFixture(`${id}/../../broken.json`))).message, /not found$/);
	});

	it('regenerates with thinking under the given prompt, and never sends recorded thinking', async () => {
		wire.reply('chat', wire.script.chat({ thinking: 'Light scatters.', text: 'Rayleigh.' }));
		const parts = await collect(api.regenerate({ messages, systemPrompt, model: 'local/m', enableThinking: true }));
		const turn = foldParts(parts);
		assert.equal(turnText(turn), 'Rayleigh.');
		assert.equal(turnThinking(turn), 'Light scatters.');
		assert.deepEqual(parts.at(-1), { type: 'done', stopReason: 'stop' });
		const sent = wire.requestsTo('chat').at(-1)?.text ?? '';
		assert.ok(sent.includes(systemPrompt) && sent.includes('Because of the sea.'));
		assert.ok(!sent.includes('recorded thought'));
	});

	it('continues a conversation, and rejects bad arguments before the first part', async () => {
		wire.reply('chat', wire.script.chat({ text: 'More.' }));
		const parts = await collect(api.continueConversation({ messages, systemPrompt, model: 'local/m' }));
		assert.equal(turnText(foldParts(parts)), 'More.');
		const bad = { messages: [], systemPrompt } as LabRunOptions;
		assert.match((await rejectionOf(() => collect(api.regenerate(bad)))).message, /^messages must/);
		assert.equal(wire.requestsTo('chat').length, 1);
	});

	it('works with the built-in guide', async () => {
		const parts = await collect(api.regenerate({ messages, systemPrompt }));
		assert.match(turnText(foldParts(parts)), /not a language model/);
	});

	it('stops a running answer at the provider', async () => {
		wire.reply('chat', wire.script.chat({ text: 'Half of it.', hold: { after: 'text' } }));
		const controller = new AbortController();
		const parts: StreamPart[] = [];
		for await (const part of api.regenerate({
			messages,
			systemPrompt,
			model: 'local/m',
			signal: controller.signal,
		})) {
			parts.push(part);
			if (part.type === 'text') {
				controller.abort();
			}
		}
		assert.deepEqual(parts.at(-1), { type: 'done', stopReason: 'cancelled' });
		await eventually(() => assert.ok(wire.requestsTo('chat').at(-1)?.leftAt));
	});

	it('says that scoring needs a model where the guide is chosen', async () => {
		const assessment = (await api.listFixtures()).find(({ type }) => type === 'assessment');
		assert.equal(await run('lab.score', assessment?.id), undefined);
		assert.equal(wire.requestsTo('chat').length, 0);
		await vscode.commands.executeCommand('workbench.action.closeAllEditors');
	});

	it('writes nothing to the database, whatever command and API member is used', async () => {
		await settledStore();
		const before = { ...(await storeStatus()), dump: await logicalDump(api) };

		for (const [member, parameters] of Object.entries(labMembers)) {
			const answer = (api as unknown as Record<string, (...given: unknown[]) => unknown>)[member]?.(
				...parameters,
			);
			await (isStream(answer) ? collect(answer) : answer);
		}
		for (const id of ['lab.regenerate', 'lab.continue']) {
			await collect((await run(id, runOptions())) as AsyncIterable<StreamPart>);
		}
		const matrixFile = join(tmpdir(), `lab-matrix-${process.pid}.json`);
		files.push(matrixFile);
		const answers = await runEveryLabCommand(run, { wire, matrixFile });
		assert.deepEqual([...answers.keys()].sort(), labCommands(process.env['PROJECT_ROOT'] ?? ''));
		const scores = answers.get('lab.score') as { status: string; score: string }[];
		assert.deepEqual([...new Set(scores.map(({ status, score }) => `${status} ${score}`))], ['complete 4']);
		const { cells } = JSON.parse(await readFile(matrixFile, 'utf8')) as { cells: { status: string }[] };
		assert.equal(cells.length, 2);
		assert.equal(typeof answers.get('lab.retry'), 'string');
		await vscode.commands.executeCommand('workbench.action.closeAllEditors');

		const after = { ...(await storeStatus()), dump: await logicalDump(api) };
		assert.ok(Object.keys(before.dump).length > 5, 'the dump has the tables');
		assert.deepEqual(after, before);
	});

	it('captures a pasted conversation as a fixture that it then lists', async () => {
		const text = 'System: Be brief.\nUser: Hi\nThinking: greet\nAssistant: Hello.\nUser: Bye';
		const { uri } = (await run('captureFixture', { text, name: 'Small talk' })) as { uri: string };
		const file = vscode.Uri.parse(uri).fsPath;
		files.push(file);
		assert.match(file, /\.promptworkshop\/fixtures\/small-talk\.fixture\.json$/);
		assert.match(await readFile(file, 'utf8'), /"thinking": "greet"/);
		const fixture = await api.loadFixture('Small talk');
		assert.equal(fixture.baseSystemPrompt, 'Be brief.');
		assert.equal(fixture.sections[0]?.conversations[0]?.messages.length, 3);
	});
});

describe('access to the Prompt Lab', () => {
	const provider = 'lab-test-accounts';
	const account = { id: 'account-1', label: 'ada@example.org' };
	let api: PromptWorkshopApi;
	let registration: vscode.Disposable;
	let accounts: vscode.AuthenticationSessionAccountInformation[] = [];

	before(async () => {
		api = await activated();
		const changed = new vscode.EventEmitter<vscode.AuthenticationProviderAuthenticationSessionsChangeEvent>();
		registration = vscode.authentication.registerAuthenticationProvider(provider, 'Lab test', {
			onDidChangeSessions: changed.event,
			getSessions: async () =>
				accounts.map((one) => ({ id: `session-${one.id}`, accessToken: 'none', account: one, scopes: [] })),
			createSession: () => Promise.reject(new Error('nobody signs in here')),
			removeSession: async () => undefined,
		});
	});
	after(async () => {
		await configure('promptWorkshop', 'lab.facilitators', undefined);
		await configure('promptWorkshop', 'lab.authProvider', undefined);
		registration.dispose();
	});

	async function restrict(to: string, authProvider: string): Promise<void> {
		await configure('promptWorkshop', 'lab.facilitators', [to]);
		await configure('promptWorkshop', 'lab.authProvider', authProvider);
	}

	it('answers that a provider is missing', async () => {
		await restrict(account.label, 'no-such-provider');
		assert.match((await rejectionOf(() => api.listFixtures())).message, /"no-such-provider" is missing or failed/);
	});

	it('answers that sign in is needed where the account is known and gave no session', async () => {
		await restrict(account.label, provider);
		accounts = [account];
		assert.match(
			(await rejectionOf(() => api.listFixtures())).message,
			/^Sign in needed: allow .*ada@example\.org/,
		);
	});

	it('guards every Lab command and API member against an account that is not listed [attack 13]', async () => {
		await restrict('somebody.else@example.org', provider);
		accounts = [account];
		const options: LabRunOptions = { messages, systemPrompt };
		const members: Record<string, () => Promise<unknown>> = {
			listFixtures: () => api.listFixtures(),
			loadFixture: () => api.loadFixture('Sky'),
			regenerate: () => collect(api.regenerate(options)),
			continueConversation: () => collect(api.continueConversation(options)),
		};
		for (const [name, member] of Object.entries(members)) {
			assert.equal(
				(await rejectionOf(member)).message,
				'You need facilitator or admin access to use the Prompt Lab',
				name,
			);
		}
		// VS Code makes some of its own for the view promptWorkshop.lab.
		const ofView = /\.lab\.(focus|open|resetViewLocation|removeView|toggleVisibility)$/;
		const registered = (await vscode.commands.getCommands(true))
			.filter((id) => /^promptWorkshop\.(openLab$|filterFixtures$|lab\.)/.test(id) && !ofView.test(id))
			.map((id) => id.replace('promptWorkshop.', ''));
		assert.deepEqual(registered.sort(), labCommands(process.env['PROJECT_ROOT'] ?? ''));
		for (const id of registered) {
			assert.equal(await run(id, options), undefined, id);
		}
	});

	it('lets the local profile in where nobody is listed, and ignores what the workspace lists', async () => {
		await configure('promptWorkshop', 'lab.facilitators', undefined);
		assert.ok((await api.listFixtures()).length > 0);
		const refused = await rejectionOf(() =>
			vscode.workspace
				.getConfiguration('promptWorkshop')
				.update('lab.facilitators', ['me'], vscode.ConfigurationTarget.Workspace),
		);
		assert.ok(refused);
	});
});
