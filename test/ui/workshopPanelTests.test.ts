import assert from 'node:assert/strict';
import { AppError } from '../../src/common/errors.ts';
import type { ToolView } from '../../src/common/workshopProtocol.ts';
import { parts, query, result, whole } from '../support/webview/testedResult.ts';
import { detailsOf, draftFixture, runFixture } from '../support/webview/workshopFixtures.ts';
import { HistoryFixture } from '../support/webview/workshopHistory.ts';
import type { WorkshopHost } from '../support/webview/workshopHost.ts';
import { workshopPages } from '../support/webview/workshopPages.ts';

describe('tests in the Workshop panel', () => {
	const open = workshopPages();
	let host: WorkshopHost;

	const tab = (name: string) => host.page.getByRole('tab', { name }).click();
	const question = () => host.page.getByRole('textbox', { name: 'Test question' });
	const openResult = (patch = {}, given = result) =>
		open(
			{ show: 'test', latestId: 'test-1', resultCount: 1 },
			{ result: async () => detailsOf(given, whole, patch) },
		);

	it('runs a test and shows thinking, tools with their articles, the marked answer and its figures', async () => {
		host = await open(
			{ show: 'test' },
			{ result: async () => detailsOf(result, whole), runTest: async () => ({ testId: 'test-1' }) },
		);
		await question().fill('too short');
		await host.page.getByText('10 to 1,000 characters; this has 9').waitFor();
		assert.equal(await host.page.locator('.run').getAttribute('disabled'), '');
		await question().fill(query);
		await host.page.getByLabel('Thinking').selectOption('high');
		await host.page.getByRole('spinbutton', { name: 'Articles' }).fill('20');
		await host.page.getByRole('spinbutton', { name: 'Articles' }).blur();
		await host.page.locator('.run').click();
		assert.deepEqual(await host.waitForCall('runTest'), {
			query,
			topic: 'nodejs blog',
			limit: 20,
			thinking: 'high',
			vars: {},
			otherModel: false,
		});
		const run = runFixture({ kind: 'test', key: 'test-1', query, topic: 'nodejs blog' });
		host.state.runs.push(run);
		host.server.send('runStarted', run);
		await host.page.locator('.stop').waitFor();
		host.stream('test-1', ...parts);
		await host.page.getByText('"upgrade breaking"').waitFor();
		await host.page.getByText('23 articles').waitFor();
		await host.page.getByText('Answering · ').waitFor();
		assert.equal(await host.page.locator('.citation').count(), 0);
		const text = await host.page.locator('.answer pw-markdown').elementHandle();
		host.stream('test-1', { type: 'result', result }, { type: 'done', stopReason: 'stop' });
		host.server.send('results', { changed: ['test-1'], removed: [], total: 1, recentQueries: [query] });
		for (const mark of ['supported', 'not returned', 'unknown']) {
			await host.page.getByRole('img', { name: new RegExp(`^${mark}`) }).waitFor();
		}
		assert.equal(await text?.evaluate((node) => node.isConnected), true, 'the answer is marked, not rebuilt');
		assert.deepEqual(await host.page.locator('.metrics li').allInnerTexts(), [
			...['31 articles', '12.3 s', 'first token 0.9 s', '2,481 characters', '5.1k → 813 tokens', '$0.021'],
		]);
		await host.page.getByText('Prompt version 2 (the current text)').waitFor();
		assert.equal(await host.page.getByRole('tab', { name: 'History' }).innerText(), 'History 1');
	});

	it('shows what the kind uses, filled as in the last test of the draft', async () => {
		const page = async (patch: Parameters<typeof draftFixture>[0]) => {
			host = await open(
				{ show: 'test', draft: draftFixture(patch) },
				{ runTest: async () => ({ testId: 'test-1' }) },
			);
			const labels = host.page.locator('.form .labelled > span:first-child');
			await labels.first().waitFor();
			return { labels: await labels.allInnerTexts() };
		};
		assert.deepEqual((await page({ kind: 'assistant' })).labels, ['Test model', 'Thinking']);
		await question().fill(query);
		await host.page.locator('.run').click();
		assert.deepEqual(await host.waitForCall('runTest'), {
			...{ query, topic: 'General', limit: 50, thinking: 'low', vars: {}, otherModel: false },
		});
		assert.deepEqual((await page({ kind: 'agent' })).labels, ['Topic', 'Test model', 'Thinking']);
		assert.equal(await host.page.getByLabel('Topic').inputValue(), 'General');
		const testForm = { topic: 'nodejs blog', thinking: 'high' as const, limit: 20, vars: {} };
		assert.deepEqual((await page({ kind: 'agent', testForm })).labels, [
			...['Topic', 'Test model', 'Thinking', 'Articles'],
		]);
		assert.equal(await host.page.getByLabel('Topic').inputValue(), 'nodejs blog');
		assert.equal(await host.page.getByLabel('Thinking').inputValue(), 'high');
		assert.equal(await host.page.getByRole('spinbutton', { name: 'Articles' }).inputValue(), '20');
	});

	it('asks for the values of variables, each by its type, and sends them as typed', async () => {
		const draft = draftFixture({
			kind: 'assistant',
			variables: [
				{ name: 'product', type: 'text', note: 'As customers call it' },
				{ name: 'tone', type: 'choice', choices: ['plain', 'warm'], default: 'warm' },
				{ name: 'words', type: 'number', default: '120' },
				{ name: 'order', type: 'json' },
				{ name: 'rules', type: 'text', default: '' },
			],
			usedVariables: ['product', 'tone', 'words', 'order', 'rules'],
			testForm: { vars: { product: 'Parcels' } },
		});
		host = await open({ show: 'test', draft }, { runTest: async () => ({ testId: 'test-1' }) });
		const field = (name: string) => host.page.getByLabel(name, { exact: true });
		assert.equal(await field('product').inputValue(), 'Parcels');
		assert.equal(await field('tone').inputValue(), 'warm');
		assert.equal(await field('words').inputValue(), '120');
		await host.page.getByText('As customers call it').waitFor();
		await question().fill(query);
		await host.page.getByText('The prompt needs a value here').waitFor();
		assert.equal(await host.page.getByText('The prompt needs a value here').count(), 1, 'a default may be empty');
		await field('order').fill('{"id": 7');
		await host.page.getByText('"order" must be JSON').waitFor();
		assert.equal(await host.page.locator('.run').getAttribute('disabled'), '');
		await field('order').fill('{"id": 7}');
		await field('tone').selectOption('plain');
		await host.page.locator('.run').click();
		assert.deepEqual(await host.waitForCall('runTest'), {
			...{ query, topic: 'General', limit: 50, thinking: 'low', otherModel: false },
			vars: { product: 'Parcels', tone: 'plain', order: '{"id": 7}' },
		});
	});

	it('shows which tools the model is offered, what their calls give, and which are those of the topic', async () => {
		const tools: ToolView[] = [
			{ name: 'get_order', description: 'Order by id', results: 2, otherwise: 'result' },
			{ name: 'get_topic_articles', description: '', results: 0, otherwise: 'none' },
			{ name: 'refund', description: '', results: 0, otherwise: 'error' },
		];
		const draft = draftFixture({ kind: 'agent', tools, testForm: { topic: 'nodejs blog', vars: {} } });
		host = await open({ show: 'test', draft }, { action: async () => null });
		const summary = host.page.locator('.offered-tools summary');
		assert.equal(await summary.innerText(), '3 tools of the draft and 6 of the topic');
		await summary.click();
		const rows = await host.page.getByLabel('Tools that the model is offered').locator('li').allInnerTexts();
		assert.deepEqual(
			rows.slice(0, 4).map((row) => row.replace(/\s+/g, ' ').trim()),
			[
				'get_order 2 results by arguments, one for other calls',
				'get_topic_articles no result is written, so every call fails',
				'refund every call fails with the same error',
				'enhanced_database_search of the topic nodejs blog',
			],
		);
		assert.equal(rows.length, 9);
		await host.page.getByText('get_topic_articles has the name of a tool of the topic').waitFor();
		await host.page.getByLabel('Topic').selectOption('General');
		await host.page.getByText('3 tools of the draft', { exact: true }).waitFor();
		assert.equal(await host.page.getByText('has the name of a tool of the topic').count(), 0);
		await host.page.getByRole('button', { name: 'Edit tools…' }).click();
		assert.deepEqual(await host.waitForCall('action'), { action: 'editTools' });
	});

	it('shows no tools where there are none, and asks an agent for some', async () => {
		host = await open({ show: 'test', draft: draftFixture({ kind: 'assistant' }) });
		await host.page.locator('.run').waitFor();
		assert.equal(await host.page.locator('.offered-tools').count(), 0);
		host.server.send('draft', draftFixture({ kind: 'agent' }));
		await host.page.getByText('No tools yet').waitFor();
		await host.page.getByRole('button', { name: 'Edit tools…' }).waitFor();
	});

	it('asks no question where the prompt is the message of the user', async () => {
		const draft = draftFixture({ kind: 'assistant', promptRole: 'user', questions: ['Never shown?'] });
		const asked = { ...result, query: '' };
		host = await open(
			{ show: 'test', draft },
			{ runTest: async () => ({ testId: 'test-1' }), result: async () => detailsOf(asked, whole) },
		);
		await host.page.getByText('A test sends the saved text as the message of the user').waitFor();
		await host.page.getByText('The prompt is the message of the user, so there is no question.').waitFor();
		assert.equal(await question().count(), 0);
		assert.equal(await host.page.getByText('Never shown?').count(), 0);
		await host.page.locator('.run').click();
		assert.deepEqual(await host.waitForCall('runTest'), {
			...{ query: '', topic: 'General', limit: 50, thinking: 'low', vars: {}, otherModel: false },
		});
		await host.page.getByText('The prompt as the question').waitFor();
	});

	it('offers to declare names that are not declared, and runs nothing before', async () => {
		const undeclared = ['customer', 'city'];
		const draft = draftFixture({ undeclared, usedVariables: undeclared });
		host = await open({ show: 'test', draft }, { declare: async () => null });
		await question().fill(query);
		await host.page.getByText('Not declared: customer, city').waitFor();
		assert.equal(await host.page.locator('.run').getAttribute('disabled'), '');
		await host.page.getByRole('button', { name: 'Declare them' }).click();
		assert.deepEqual(await host.waitForCall('declare'), { names: undeclared });
		const variables = undeclared.map((name) => ({ name, type: 'text' as const }));
		host.server.send('draft', draftFixture({ variables, usedVariables: undeclared }));
		await host.page.getByLabel('customer').fill('Ada');
		await host.page.getByLabel('city').fill('Porto');
		await host.page.locator('.run:not([disabled])').waitFor();
	});

	it('runs a test again with the values that it had', async () => {
		host = await openResult({}, { ...result, parameters: { ...result.parameters, vars: { days: 7, gone: 'x' } } });
		host.server.send(
			'draft',
			draftFixture({ variables: [{ name: 'days', type: 'number', default: '3' }], usedVariables: ['days'] }),
		);
		await host.page.getByText('days: 7').waitFor();
		await host.page.getByRole('button', { name: 'Run again' }).click();
		assert.deepEqual(((await host.waitForCall('runTest')) as { vars: unknown }).vars, { days: '7' });
	});

	it('changes the kind, and goes back to the stored one if that fails', async () => {
		host = await open(
			{ show: 'test' },
			{
				update: async () => {
					throw new AppError('storage', 'The disk is full');
				},
			},
		);
		const kind = host.page.getByLabel('Kind');
		assert.equal(await kind.inputValue(), 'research');
		await kind.selectOption('agent');
		assert.deepEqual(await host.waitForCall('update'), { kind: 'agent' });
		await host.page.getByText('The disk is full').waitFor();
		assert.equal(await kind.inputValue(), 'research');
	});

	it('follows an answer while it streams, and shows it from its beginning when it is complete', async () => {
		host = await open({ show: 'test' }, { result: async () => detailsOf(result, whole) });
		for (const [key, stopReason, atTop] of [
			['test-1', 'stop', true],
			['test-2', 'cancelled', false],
		] as const) {
			const run = runFixture({ kind: 'test', key, query, topic: 'nodejs blog' });
			host.state.runs.push(run);
			host.server.send('runStarted', run);
			const text = Array.from({ length: 80 }, (_, index) => `Paragraph ${index} of ${key}.\n\n`).join('');
			host.stream(key, { type: 'text', id: 'a', text });
			await host.page.getByText(`Paragraph 79 of ${key}.`).waitFor();
			await host.page.waitForFunction(() => (document.querySelector('.scroll')?.scrollTop ?? 0) > 500);
			host.stream(key, { type: 'done', stopReason });
			host.server.send('results', { changed: [key], removed: [], total: 1, recentQueries: [query] });
			await host.page.locator('.rating-row').waitFor();
			await host.page.waitForFunction(
				(top) => (document.querySelector('.scroll')?.scrollTop === 0) === top,
				atTop,
			);
			assert.equal(await host.page.locator('.scroll').evaluate(({ scrollTop }) => scrollTop === 0), atTop);
		}
	});

	it('leaves the focus where one goes on when the button that had it is off or gone', async () => {
		host = await open({ show: 'test' }, { result: async () => detailsOf(result, whole) });
		await question().fill(query);
		await host.page.locator('.run:not([disabled])').focus();
		await host.page.keyboard.press('Enter');
		await host.waitForCall('runTest');
		const run = runFixture({ kind: 'test', key: 'test-1', query, topic: 'nodejs blog' });
		host.state.runs.push(run);
		host.server.send('runStarted', run);
		await host.page.locator('.stop').waitFor();
		await host.page.locator('.form-line:focus').waitFor();
		await host.page.keyboard.press('Escape');
		await host.expectCall('stop', { kind: 'test' });
		await host.page.locator('.stop').focus();
		host.stream('test-1', { type: 'done', stopReason: 'cancelled' });
		await host.page.locator('.run').waitFor();
		await host.page.locator('.form-line:focus').waitFor();
	});

	it('offers to set the key of the provider where that was refused, in the result and where a test does not start', async () => {
		const error = { code: 'auth', message: '401 from api.example.com: the key was rejected.' };
		host = await open(
			{ show: 'test', latestId: 'test-1', resultCount: 1 },
			{
				result: async () => detailsOf({ ...result, status: 'failed', error }, whole),
				runTest: async () => {
					throw new AppError('auth', 'No key is stored.', { info: { provider: 'other' } });
				},
			},
		);
		await host.page.getByRole('alert').getByRole('button', { name: 'Set API key…' }).click();
		await host.expectCall('setKey', { provider: 'scripted' });
		await host.page.getByRole('button', { name: 'Run again' }).click();
		const note = host.page.getByRole('alert').filter({ hasText: 'No key is stored.' });
		await note.getByRole('button', { name: 'Set API key…' }).click();
		await host.expectCall('setKey', { provider: 'other' });
	});

	it('says why a test cannot run, at the button', async () => {
		const reason = 'The prompt must have at least 50 characters to be tested, and has 3';
		host = await open({
			show: 'test',
			draft: draftFixture({ testBlocked: reason, commitBlocked: 'At least 100 characters' }),
		});
		await question().fill(query);
		await host.page.getByText(reason).waitFor();
		assert.equal(await host.page.locator('.run').getAttribute('disabled'), '');
		const commit = host.page.locator('.commit');
		assert.equal(await commit.getAttribute('disabled'), '');
		assert.equal(await commit.getAttribute('aria-describedby'), 'commit-blocked');
		await host.page.locator('#commit-blocked').getByText('At least 100 characters').waitFor();
	});

	it('says of a test of another window that it runs, in the history and where it is opened', async () => {
		const running = { ...result, status: 'interrupted', stopReason: null } as const;
		host = await open(
			{ show: 'test', latestId: 'test-1', resultCount: 1 },
			{
				result: async () => detailsOf(running, null, { elsewhere: true }),
				history: new HistoryFixture([running]).answer,
			},
		);
		await host.page.locator('.status-running', { hasText: 'running in another window' }).waitFor();
		assert.equal(await host.page.getByText('interrupted').count(), 0);
		assert.equal(await host.page.getByText('not stored').count(), 0);
		await tab('History');
		await host.page.getByRole('img', { name: 'running in another window' }).waitFor();
		assert.ok(await host.page.getByRole('button', { name: /^Delete: / }).isDisabled());
	});

	it('says of the guide that it is no model, and does not compare it', async () => {
		host = await openResult({}, { ...result, isModel: false });
		await host.page.getByText('Not a model, did not read the prompt.').waitFor();
		await host.page.getByRole('button', { name: 'Run again' }).waitFor();
		assert.equal(await host.page.getByRole('button', { name: 'Compare with previous' }).count(), 0);
	});

	it('offers recent questions again', async () => {
		host = await open({ show: 'test', recentQueries: [query, 'Another question'] });
		await host.page.getByRole('combobox', { name: 'Questions' }).selectOption('Another question');
		await host.page.waitForFunction(() => document.querySelector('textarea')?.value === 'Another question');
	});
});
