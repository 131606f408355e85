import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { eventually, until } from '../support/eventually.ts';
import { startUiSession, type UiSession } from '../support/vscode/uiSession.ts';
import type { Workbench } from '../support/vscode/workbench.ts';
import { modelLists } from '../support/wire/modelLists.ts';
import { WireServer } from '../support/wire/wireServer.ts';

const canary = 'sk-canary-4711-of-the-provider-test';

/** Adding a server, giving it a key and taking the key away, as a person does it. */
describe('providers and keys', () => {
	let wire: WireServer;
	/** A local server at another port than its usual one. */
	let moved: WireServer;
	let session: UiSession;
	let workbench: Workbench;

	before(async () => {
		wire = await WireServer.start();
		const data = [
			{
				id: 'chat-wire',
				created: 3,
				context_length: 128_000,
				pricing: { prompt: '0.0000005', completion: '0.000002' },
			},
			{ id: 'iconic', created: 2, display_name: '$(trash) Delete' },
			{ id: 'text-embedding-wire', created: 1 },
		];
		wire.always('models', { body: JSON.stringify({ object: 'list', data }) });
		moved = await WireServer.start();
		moved.always('models', { body: JSON.stringify(modelLists.llamaCpp) });
		session = await startUiSession();
		// A key runs the exports as a program would, without a dialog.
		const exported = join(session.workspace, '..', 'exported');
		const keys = [
			{ key: 'ctrl+alt+8', command: 'promptWorkshop.exportAllData', args: exported },
			{ key: 'ctrl+alt+9', command: 'promptWorkshop.exportDatabase', args: join(exported, 'workshop.db') },
		];
		await writeFile(join(session.server.dataDir, 'data', 'User', 'keybindings.json'), JSON.stringify(keys));
		workbench = await session.openWindow();
		await workbench.openContainer('Prompt Workshop');
		await workbench.view('Drafts').getByText('New Draft').waitFor();
	});
	afterEach(function () {
		return session.photographFailure(this.currentTest);
	});
	after(async () => {
		await session.close();
		await wire.stop();
		await moved.stop();
	});

	const quickInput = () => workbench.page.locator('.quick-input-widget:visible');
	const refused = (text: string | RegExp) => workbench.quickInputMessage.filter({ hasText: text }).waitFor();
	const authorization = () => wire.requestsTo('models').at(-1)?.headers['authorization'];

	/** Lists the models of every provider, and leaves. */
	async function listModels(): Promise<void> {
		const asked = wire.requestsTo('models').length;
		await workbench.runCommandAndChoose('Prompt Workshop: Choose Model', 'Design chat');
		await workbench.quickPickRows('chat-wire').first().waitFor();
		assert.ok(wire.requestsTo('models').length > asked);
		await workbench.page.keyboard.press('Escape');
	}

	/** The list is long, so it is filtered. */
	async function add(what: string): Promise<void> {
		await workbench.runCommand('Prompt Workshop: Add Provider');
		await workbench.page.getByPlaceholder('Choose a service or a server').fill(what);
		await workbench.quickPickChoose(what);
	}
	const other = 'OpenAI-compatible: enter an address…';
	const settings = () =>
		filesBelow(session.server.dataDir)
			.filter((file) => file.endsWith('settings.json'))
			.map((file) => readFileSync(file, 'utf8'))
			.join('\n');

	it('adds a server in steps that check what one types, with a way back', async () => {
		await add(other);
		await workbench.quickStep('Add Provider (1/2)');
		for (const [address, message] of [
			['not-an-address', /is not an http or https address/],
			['http://models.example/v1?key=1', /query/],
			['https://someone@models.example/v1', /user name or password/],
		] as const) {
			await workbench.quickInput.fill(address);
			await refused(message);
		}
		await workbench.screenshot('provider-address');
		await workbench.quickInputType(wire.baseUrl);
		await workbench.quickStep('Add Provider (2/3)');
		assert.equal(await workbench.quickInput.inputValue(), 'local');
		await workbench.quickInput.fill('My server');
		await refused('Use lowercase letters');
		await workbench.quickInput.fill('openai');
		await refused('A provider "openai" already exists');
		await quickInput().getByRole('button', { name: 'Back' }).click();
		await workbench.quickStep('Add Provider (1/3)');
		assert.equal(await workbench.quickInput.inputValue(), wire.baseUrl);
		await workbench.page.keyboard.press('Enter');
		await workbench.quickStep('Add Provider (2/3)');
		await workbench.quickInputType('mine');
		await workbench.quickStep('Add Provider (3/3)');
		await quickInput().getByText(`for ${wire.origin} only`).waitFor();
		assert.equal(await workbench.quickInput.getAttribute('type'), 'password');
		await workbench.quickInput.fill('two words');
		await refused('This is not a key');
	});

	it('tests the connection before anything is saved, and says what is wrong without the key [attack 11]', async () => {
		wire.reply('models', { status: 401, body: `{"error":{"message":"Wrong key ${canary}"}}` });
		await workbench.quickInputType(canary);
		const warning = workbench.notification('mine refused the key (401). Copy the whole key again.');
		await warning.waitFor();
		assert.doesNotMatch((await warning.textContent()) ?? '', new RegExp(canary));
		await workbench.screenshot('provider-key-refused');
		assert.doesNotMatch(settings(), /"mine"/);
		await warning.getByRole('button', { name: 'Enter Key Again' }).click();
		await workbench.quickStep('Add Provider');
		await workbench.quickInputType('');
		await workbench.notification('mine works: 2 of 3 models can chat').waitFor();
		assert.match(settings(), /"mine"/);
	});

	it('offers the models of the new server with context and price, and those that cannot chat on demand', async () => {
		await workbench.quickStep('Choose a model of mine for chat and tests');
		await workbench.quickPickRows('chat-wire').waitFor();
		const row = (await workbench.quickPickRows('chat-wire').textContent()) ?? '';
		assert.ok(row.includes('128K tokens of context · $0.50 in and $2 out per million tokens'), row);
		await workbench.quickPickRows('$(trash) Delete').waitFor();
		assert.equal(await quickInput().locator('.codicon-trash').count(), 0, 'a name draws no icon [attack 16]');
		assert.equal(await workbench.quickPickRows('text-embedding-wire').count(), 0);
		await workbench.screenshot('provider-models');
		await workbench.quickPickRows('Show all models').click();
		await workbench.quickPickRows('text-embedding-wire').waitFor();
		await workbench.page.keyboard.press('Escape');
		await quickInput().waitFor({ state: 'hidden' });
		await listModels();
		assert.equal(authorization(), undefined, 'the refused key is not stored');
	});

	it('changes nothing when it is left or cancelled', async () => {
		const before = settings();
		await add('Groq');
		await workbench.quickStep('Add Groq (1/2)');
		await workbench.quickInputType('groq');
		await workbench.quickStep('Add Groq (2/2)');
		await quickInput().getByText('from https://console.groq.com/keys').waitFor();
		await workbench.page.keyboard.press('Enter');
		await refused('Enter the key');
		await workbench.page.keyboard.press('Escape');
		await quickInput().waitFor({ state: 'hidden' });

		wire.reply('models', { holdHeaders: 'never' });
		await add(other);
		await workbench.answerStep('Add Provider (1/2)', wire.baseUrl);
		await workbench.answerStep('Add Provider (2/3)', 'slow');
		await workbench.answerStep('Add Provider (3/3)', canary);
		const progress = workbench.notification('Testing the connection to slow');
		await progress.waitFor();
		await progress.getByRole('button', { name: 'Cancel' }).click();
		await progress.waitFor({ state: 'detached' });
		await until(() => wire.requestsTo('models').at(-1)?.leftAt !== undefined, 'the connection to be closed');
		assert.equal(settings(), before);
	});

	it('says how to start a local server, takes its other address, and uses the model that is chosen', async () => {
		await add('llama.cpp');
		await workbench.answerStep('Add llama.cpp (1/1)', 'llama-cpp');
		const warning = workbench.notification('Is llama.cpp running? Start it with "llama-server -m"');
		await warning.waitFor();
		await workbench.screenshot('provider-not-running');
		await warning.getByRole('button', { name: 'Change Address' }).click();
		await workbench.quickStep('Add llama.cpp (1/2)');
		assert.equal(await workbench.quickInput.inputValue(), 'http://127.0.0.1:8080/v1');
		await workbench.quickInputType(moved.baseUrl);
		await workbench.quickStep('Add llama.cpp (2/2)');
		await workbench.page.keyboard.press('Enter');
		await workbench.quickStep('Choose a model of llama.cpp for chat and tests');
		await workbench.quickPickChoose('qwen3-8b.gguf');
		await until(
			() => /"promptWorkshop\.testModel": "llama-cpp\/qwen3-8b\.gguf"/.test(settings()),
			'the model in the settings',
		);
		assert.match(settings(), /"promptWorkshop\.chatModel": "llama-cpp\/qwen3-8b\.gguf"/);
	});

	it('tests a server without a list with one of its models, and saves one that does not answer if that is wanted', async () => {
		const bare = await WireServer.start();
		const address = bare.baseUrl;
		try {
			await add(other);
			await workbench.answerStep('Add Provider (1/2)', address);
			await workbench.answerStep('Add Provider (2/3)', 'bare');
			await workbench.answerStep('Add Provider (3/3)', '');
			const noList = workbench.notification('bare has no list of models at');
			await noList.getByRole('button', { name: 'Enter Model Name' }).click();
			bare.reply('chat', { status: 404, body: '{"error":{"message":"no such model"}}' });
			await workbench.answerStep('Model', 'chat-wrong');
			const unknown = workbench.notification('bare does not know chat-wrong');
			await unknown.getByRole('button', { name: 'Enter Model Name' }).click();
			await workbench.answerStep('Model', 'chat-bare');
			await workbench.notification('bare works: it has one model').waitFor();
			await workbench.quickStep('Choose a model of bare for chat and tests');
			await workbench.quickPickChoose('Choose later');
			assert.match(settings(), /"models": \[\s*"chat-bare"\s*\]/);
		} finally {
			await bare.stop();
		}
		await add(other);
		await workbench.answerStep('Add Provider (1/2)', address);
		await workbench.answerStep('Add Provider (2/3)', 'closed');
		await workbench.answerStep('Add Provider (3/3)', '');
		const closed = workbench.notification('Is the server running, and is this its port?');
		await closed.waitFor();
		assert.doesNotMatch(settings(), /"closed"/);
		await closed.getByRole('button', { name: 'Save Anyway' }).click();
		await workbench.notification('closed is saved, although its test failed').waitFor();
		assert.match(settings(), /"closed"/);
	});

	it('checks a key before it is stored, never shows it, and sends it to its server only [attack 11]', async () => {
		const setKey = async (key: string) => {
			await workbench.runCommandAndChoose('Prompt Workshop: Set API Key', 'mine');
			await workbench.quickStep('API key for mine');
			await quickInput().getByText(`for ${wire.origin} only`).waitFor();
			assert.equal(await workbench.quickInput.getAttribute('type'), 'password');
			await workbench.quickInput.fill(' ');
			await refused('The key is empty');
			await workbench.screenshot('key-empty');
			await workbench.quickInputType(key);
		};
		wire.reply('models', { status: 401, body: `{"error":{"message":"Wrong key ${canary}"}}` });
		await setKey(canary);
		const warning = workbench.notification('refused the key');
		await warning.waitFor();
		assert.doesNotMatch((await warning.textContent()) ?? '', new RegExp(canary));
		await workbench.screenshot('key-refused');
		await warning.getByRole('button', { name: 'Enter another key' }).click();
		await workbench.quickStep('API key for mine');
		await workbench.page.keyboard.press('Escape');
		await quickInput().waitFor({ state: 'hidden' });
		await listModels();
		assert.equal(authorization(), undefined, 'a refused key is not stored');
		await setKey(canary);
		await workbench.notification('The API key for mine was stored').waitFor();
		await listModels();
		assert.equal(authorization(), `Bearer ${canary}`);
	});

	it('takes a model that no list has by the name that is typed', async () => {
		await workbench.runCommand('Prompt Workshop: Choose Model');
		await workbench.quickPickChoose('Design chat');
		await workbench.quickPickRows('chat-wire').first().waitFor();
		await workbench.quickInput.fill('mine/not-on-the-list');
		await workbench.quickPickRows('chat-wire').waitFor({ state: 'hidden' });
		await workbench.quickPickChoose('Enter a model name…');
		await quickInput().getByText('As provider/model').waitFor();
		assert.equal(await workbench.quickInput.inputValue(), 'mine/not-on-the-list');
		await workbench.page.keyboard.press('Enter');
		await quickInput().waitFor({ state: 'hidden' });
		await until(() => settings().includes('"mine/not-on-the-list"'), 'the name in the settings');
	});

	/** What the clipboard holds, once it is something else. */
	const copied = (before: string) =>
		eventually(async () => {
			const text = await workbench.page.evaluate(() => navigator.clipboard.readText());
			assert.notEqual(text, before);
			return text;
		});

	it('shows thinking that only its end reveals, the same after a reload, and the request without the key', async () => {
		const pieces = wire.script.chat({ text: ['They want a prompt.', '\n</think>\n\nTell me more.'] });
		wire.always('chat', [...pieces.slice(0, 2), { hold: 'middle' }, ...pieces.slice(2)]);
		await workbench.runCommand('Prompt Workshop: New Draft');
		await workbench.answerStep('New Draft (1/3)', 'Research');
		await workbench.answerStep('New Draft (2/3)', 'Late thinker');
		await workbench.answerStep('New Draft (3/3)', 'Tell engineering managers what a release changes');
		const tab = 'Workshop: Late thinker';
		await workbench.tab(tab).waitFor();
		let panel = await workbench.webviewFrame(tab);
		await panel.locator('.answer').getByText('They want a prompt.').waitFor();
		wire.release('middle');
		await panel.locator('.answer').getByText('Tell me more.').waitFor();
		assert.equal((await panel.locator('.answer').innerText()).trim(), 'Tell me more.');
		await panel.getByRole('button', { name: 'Stop' }).waitFor({ state: 'detached' });
		panel = await workbench.reloadWorkshop('Late thinker');
		await panel.locator('.answer').getByText('Tell me more.').waitFor();
		assert.equal((await panel.locator('.answer').innerText()).trim(), 'Tell me more.');
		await panel.getByRole('button', { name: /^Thinking/ }).click();
		await panel.locator('.thinking-body').getByText('They want a prompt.').waitFor();

		await workbench.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
		await panel.getByRole('button', { name: 'Show request' }).click();
		await workbench.notification('with keys masked').getByRole('button', { name: 'Copy as curl' }).click();
		const command = await copied('');
		assert.ok(command.startsWith(`curl -N -X 'POST' '${wire.baseUrl}/chat/completions'`), command);
		assert.match(command, /'authorization: Bearer '"\$API_KEY"/);
		assert.match(command, /"model":"not-on-the-list"/);
		assert.ok(!command.includes(canary));

		await panel.getByRole('button', { name: 'Show request' }).click();
		await workbench.notification('with keys masked').getByRole('button', { name: 'For Another Shell…' }).click();
		await workbench.quickPickRows('PowerShell').waitFor();
		assert.equal(await workbench.quickPickRows('cmd.exe').count(), 0, 'cmd.exe takes no line of this length');
		await workbench.quickPickChoose('PowerShell');
		const other = await copied(command);
		assert.match(other, /^@'\n/);
		assert.ok(other.includes(`url = "${wire.baseUrl}/chat/completions"`), other);
		assert.match(other, /curl\S* .*--config -/);
		assert.ok(!other.includes(canary));
	});

	it('keeps no key in a file, an export, a stored answer, a page or its state, and forgets it when it is removed [attack 11]', async () => {
		const exported = join(session.workspace, '..', 'exported');
		await mkdir(exported);
		await workbench.page.keyboard.press('Control+Alt+8');
		await workbench.page.keyboard.press('Control+Alt+9');
		const isWhole = (file: string) => file.endsWith('workshop.json') && !file.includes('.unfinished');
		await until(() => filesBelow(exported).some(isWhole), 'the exported data');
		await until(() => existsSync(join(exported, 'workshop.db')), 'the exported database');

		// The packaged extension lies unpacked among these files.
		const files = [
			...filesBelow(session.server.dataDir),
			...filesBelow(session.workspace),
			...filesBelow(exported),
		];
		assert.ok(
			files.some((file) => file.endsWith('extension.js')),
			'the package is searched',
		);
		assert.ok(
			files.some((file) => file.endsWith('.gz')),
			'stored answers are searched',
		);
		assert.deepEqual(files.filter(holdsCanary), []);

		const pages = await Promise.all(workbench.page.frames().map((frame) => frame.content()));
		assert.ok(pages.length > 1, 'the page of a panel is searched');
		assert.deepEqual(
			pages.filter((content) => content.includes(canary)),
			[],
		);
		assert.deepEqual(await workbench.page.evaluate(placesInBrowser, canary), []);
		assert.ok(!(await workbench.page.evaluate(() => navigator.clipboard.readText())).includes(canary));

		await workbench.runCommandAndChoose('Prompt Workshop: Remove API Key', 'mine');
		await workbench.notification('The API key for mine was removed').waitFor();
		await listModels();
		assert.equal(authorization(), undefined);
	});
});

/** Whether a file has the key in it, as it lies there or unpacked. */
function holdsCanary(file: string): boolean {
	const bytes = readFileSync(file);
	return bytes.includes(canary) || (file.endsWith('.gz') && gunzipSync(bytes).includes(canary));
}

/** Where a text stands in what the browser keeps for the workbench and its pages; runs in the browser. */
async function placesInBrowser(text: string): Promise<string[]> {
	const found: string[] = [];
	const look = (place: string, value: unknown) => {
		const shown =
			value instanceof ArrayBuffer || ArrayBuffer.isView(value) ? new TextDecoder().decode(value) : value;
		if ((typeof shown === 'string' ? shown : (JSON.stringify(shown) ?? '')).includes(text)) {
			found.push(place);
		}
	};
	const settled = <T>(request: IDBRequest<T>) =>
		new Promise<T>((resolve, reject) => {
			request.onsuccess = () => resolve(request.result);
			request.onerror = () => reject(request.error ?? new Error('IndexedDB failed'));
		});
	for (const storage of [localStorage, sessionStorage]) {
		for (const [key, value] of Object.entries(storage)) {
			look(key, value);
		}
	}
	for (const { name = '' } of await indexedDB.databases()) {
		const database = await settled(indexedDB.open(name));
		for (const store of database.objectStoreNames) {
			const records = database.transaction(store).objectStore(store);
			const [keys, values] = await Promise.all([settled(records.getAllKeys()), settled(records.getAll())]);
			values.forEach((value, index) => look(`${name}/${store}/${JSON.stringify(keys[index])}`, value));
		}
		database.close();
	}
	return found;
}

function filesBelow(folder: string): string[] {
	return readdirSync(folder, { recursive: true, encoding: 'utf8' })
		.map((name) => join(folder, name))
		.filter((file) => existsSync(file) && statSync(file).isFile());
}
