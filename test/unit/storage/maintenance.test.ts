import assert from 'node:assert/strict';
import { isAppError } from '../../../src/common/errors.ts';
import { Database } from '../../../src/storage/database.ts';
import { storeFolder } from '../../../src/storage/storeFolder.ts';
import { callEveryMethod, testResult } from '../../support/storage/everyMethod.ts';
import { SimulatedFiles } from '../../support/storage/simulatedFiles.ts';
import { loadSqlJs } from '../../support/storage/sql.ts';
import { type TestStore, openTestStore, time } from '../../support/storage/testStore.ts';

/** The public contract: tables and columns of the exported database, as product.md names them. */
const publicSchema: Record<string, string> = {
	users: 'username created_at',
	auspex_chats: 'id topic title user_id metadata created_at updated_at',
	auspex_messages: 'id chat_id role content thinking parts provider_blocks model status usage request_ref created_at',
	auspex_prompts: 'id name title content description is_default user_created created_at updated_at',
	auspex_prompt_drafts:
		'id user_id draft_name draft_content draft_description workshop_chat_id parent_prompt_name status revision metadata created_at updated_at',
	auspex_test_results:
		'test_id draft_id version_id query topic response_preview response_length full_response_stored response_ref tools_used article_count citations execution_time_ms time_to_first_token_ms model provider thinking parameters usage cost_usd stop_reason status error user_rating notes timestamp',
	prompt_versions: 'id owner_kind owner_id content_hash reason author label created_at',
	prompt_texts: 'content_hash content',
	prompt_suites: 'owner_kind owner_id content created_at updated_at',
	suite_runs:
		'run_id suite suite_name suite_hash started_at ended_at status reason trials done calls cost_usd max_cost_usd max_calls blessed_at',
	suite_variants:
		'run_id position label prompt prompt_hash model is_model thinking passed failed errors reused cost_usd rate worth',
	trash: 'id deleted_at',
};

describe('exports and imports', () => {
	let files: SimulatedFiles;
	let store: TestStore;

	beforeEach(async () => {
		files = new SimulatedFiles();
		store = await openTestStore('/store', files);
		await callEveryMethod(store);
	});

	const exported = async (from = store) =>
		JSON.parse((await from.exportAll()).find(({ path }) => path === 'workshop.json')?.text ?? '') as Record<
			string,
			Record<string, unknown>[]
		>;

	it('a plain SQLite file with the public schema', async () => {
		await store.exportDatabase('/out/copy.db');
		const bytes = await files.read('/out/copy.db');
		assert.equal(new TextDecoder().decode(bytes?.subarray(0, 15)), 'SQLite format 3');
		const database = new Database(await loadSqlJs(), bytes);
		for (const [table, columns] of Object.entries(publicSchema)) {
			const found = database.rows('SELECT name FROM pragma_table_info(?)', [table]).map((row) => row['name']);
			assert.deepEqual(
				columns.split(' ').filter((column) => !found.includes(column)),
				[],
				table,
			);
		}
		assert.equal(database.row('SELECT count(*) AS n FROM auspex_prompt_drafts')?.['n'], 1);
		assert.deepEqual(database.problems(), []);
		await assert.rejects(store.exportDatabase('copy.db'), (error) => isAppError(error, 'validation'));
	});

	it('readable files and one JSON with the results in their draft', async () => {
		const reference = await store.blobs.put('{"the":"full answer"}');
		await store.write(({ results }) =>
			results.put(testResult({ testId: 't-3', draftId: 1, responseRef: reference, fullResponseStored: true })),
		);
		const all = await store.exportAll();
		const paths = all.map(({ path }) => path);
		assert.equal(new Set(paths.map((path) => path.toLowerCase())).size, paths.length, 'no two names collide');
		assert.deepEqual(
			paths.filter((path) => !/^[a-z0-9/_.-]+$/.test(path) || path.includes('..')),
			[],
		);
		assert.ok(all.some(({ path, text }) => path.startsWith('drafts/1-first') && text.includes('New')));
		assert.ok(
			all.some(({ path, text }) => path.startsWith('results/draft-1/t-3') && text.includes('"full answer"')),
		);
		assert.ok(all.some(({ path, text }) => path.startsWith('chats/') && text.includes('Answer')));
		assert.ok(all.some(({ path }) => path.startsWith('versions/draft-1/')));
		const { auspex_prompt_drafts: drafts } = await exported();
		assert.deepEqual(
			(drafts?.[0]?.['test_results'] as Record<string, unknown>[]).map((result) => result['test_id']).sort(),
			['t-1', 't-2', 't-3'],
		);
	});

	it('draft names never lead out of the folder [attack 14]', async () => {
		for (const draftName of ['../../etc/passwd', '/absolute', 'CON', 'nul.txt', 'ÄÖÜ', '..']) {
			await store.write(({ drafts }) => drafts.create({ draftName, draftContent: 'x', now: time }));
		}
		for (const { path } of await store.exportAll()) {
			assert.doesNotMatch(path, /\.\.|^\/|\\/);
			assert.doesNotMatch(path.split('/').at(-1) ?? '', /^(con|nul|prn|aux)\b/i);
		}
	});

	it('an import into an empty store brings everything back under new ids', async () => {
		const reference = await store.blobs.put('full');
		await store.write(({ results }) =>
			results.put(testResult({ testId: 't-3', draftId: 1, responseRef: reference, fullResponseStored: true })),
		);
		const json = (await store.exportAll())[0]?.text ?? '';
		const other = await openTestStore('/other', new SimulatedFiles());
		await other.write(({ drafts }) => drafts.create({ draftName: 'mine', draftContent: 'mine', now: time }));
		const summary = await other.importAll(json);
		const runs = [{ what: '2 runs of suites', reason: '"suite_runs": their trials are not in the file' }];
		assert.deepEqual(summary, { drafts: 1, chats: 1, prompts: 1, results: 3, versions: 2, skipped: runs });
		const draft = await other.read(({ drafts }) => drafts.get(2));
		assert.equal(draft.draftContent, 'New');
		assert.equal(draft.parentPromptName, 'second');
		const messages = await other.read(({ chats }) => chats.messages(draft.workshopChatId ?? 0));
		assert.deepEqual(
			messages.map(({ content }) => content),
			['Hello', 'Answer'],
		);
		const results = await other.read(({ results }) => results.list(2));
		const full = results.find(({ testId }) => testId === 't-3');
		assert.equal(await other.blobs.get(full?.responseRef ?? ''), 'full');
		const version = results.find(({ testId }) => testId === 't-1')?.versionId ?? 0;
		assert.equal(await other.read(({ versions }) => versions.get(version).content), 'New');
		assert.deepEqual(await other.read(({ versions }) => versions.list('draft', 2).map(({ label }) => label)), [
			null,
			'The first',
		]);
		assert.equal(await other.read(({ prompts }) => prompts.getDefault().name), 'auspex_default');
	});

	it('a test that ran while it was exported does not run after the import', async () => {
		await store.write(({ results }) =>
			results.put(testResult({ testId: 'running', draftId: 1, status: 'interrupted', stopReason: null })),
		);
		const other = await openTestStore('/other', new SimulatedFiles());
		await other.importAll((await store.exportAll())[0]?.text ?? '');
		assert.equal((await other.read(({ results }) => results.get('running'))).stopReason, 'unknown');
	});

	it('imported twice, drafts are doubled, prompts and texts are not, and test ids stay unique', async () => {
		const json = (await store.exportAll())[0]?.text ?? '';
		const summary = await store.importAll(json);
		assert.deepEqual(
			{ ...summary, versions: 0, skipped: 0 },
			{ drafts: 1, chats: 1, prompts: 0, results: 3, versions: 0, skipped: 0 },
		);
		assert.equal(await store.read(({ results }) => results.list(1).length), 3);
	});

	it('a prompt whose name is taken by another text gets a new name', async () => {
		const data = await exported();
		const [prompt] = data['auspex_prompts'] ?? [];
		const text = { ...data, auspex_prompts: [{ ...prompt, content: 'Another text' }], auspex_prompt_drafts: [] };
		await store.importAll(JSON.stringify(text));
		assert.equal(await store.read(({ prompts }) => prompts.get('auspex_default_2').content), 'Another text');
		assert.equal(await store.read(({ prompts }) => prompts.get('auspex_default_2').isDefault), false);
	});

	it('foreign users become the local one, unknown fields and wrong texts are dropped, bad rows are named [attack 2]', async () => {
		const text = JSON.stringify({
			format: 'prompt-workshop-export',
			version: 1,
			auspex_prompt_drafts: [
				{
					id: 5,
					user_id: 'eve',
					draft_name: 'ok',
					draft_content: 'x',
					status: 'draft',
					revision: 1,
					created_at: time,
					updated_at: time,
					apiKey: 'k',
					baseUrl: 'u',
					['__proto__']: { polluted: true },
				},
				{
					id: 6,
					draft_name: 'bad status',
					draft_content: 'x',
					status: 'hacked',
					created_at: time,
					updated_at: time,
				},
				{ id: 7, draft_name: 'no content', status: 'draft', created_at: time, updated_at: time },
			],
			prompt_texts: [{ content_hash: 'f'.repeat(64), content: 'not this hash' }],
			prompt_versions: [
				{
					id: 1,
					owner_kind: 'draft',
					owner_id: 5,
					content_hash: 'f'.repeat(64),
					reason: 'save',
					author: 'user',
					created_at: time,
				},
			],
		});
		assert.match(text, /"__proto__":\{"polluted":true\}/, 'it reaches the JSON');
		const summary = await store.importAll(text);
		assert.equal(summary.drafts, 1);
		assert.deepEqual(
			summary.skipped.map(({ what }) => what),
			['auspex_prompt_drafts no content', 'auspex_prompt_drafts bad status', 'prompt_versions 1'],
		);
		const [newest] = await store.read(({ drafts }) => drafts.list());
		assert.equal(await store.read(({ drafts }) => drafts.get(newest?.id ?? 0).userId), 'local');
		assert.equal(Object.hasOwn(Object.prototype, 'polluted'), false);
		const exportedText = JSON.stringify(await exported(store));
		assert.doesNotMatch(exportedText, /apiKey|baseUrl|polluted/);
	});

	it('a byte order mark that belongs to a text survives log, snapshot, export and import', async () => {
		const textsOf = (data: Awaited<ReturnType<typeof exported>>) =>
			data['auspex_prompt_drafts']?.map((draft) => draft['draft_content']);
		const content = '\uFEFFYou answer questions about tides.';
		const first = await openTestStore('/marked', files);
		await first.write(({ drafts }) => drafts.create({ draftName: 'x', draftContent: content, now: time }));
		await first.close();
		const second = await openTestStore('/marked', files);
		await second.checkpoint();
		await second.close();
		const third = await openTestStore('/marked', files);
		const data = await exported(third);
		assert.deepEqual(textsOf(data), [content]);
		const json = JSON.stringify(data);
		await third.close();
		const other = await openTestStore('/other', files);
		await other.importAll(json);
		assert.deepEqual(textsOf(await exported(other)), [content]);
		await other.close();
	});

	for (const [name, text] of Object.entries({
		'no JSON': '{"format":',
		'another file': '{"name":"x"}',
		'a newer version': '{"format":"prompt-workshop-export","version":2}',
	})) {
		it(`${name} is refused and changes nothing`, async () => {
			const before = await exported();
			await assert.rejects(store.importAll(text), (error) => isAppError(error, 'validation'));
			assert.deepEqual(await exported(), before);
		});
	}
});

describe('storeFolder', () => {
	const extension = 'auspex.prompt-workshop';
	const metas = (ids: string[]) => (path: string) => {
		const name = /([^/\\]+)[\\/]meta\.json$/.exec(path)?.[1] ?? '';
		return Promise.resolve(ids.includes(name) ? JSON.stringify({ id: name }) : undefined);
	};

	it('is the one that VS Code gives where it has the plain id', async () => {
		assert.equal(await storeFolder(`/w/abc/${extension}`, metas(['abc'])), `/w/abc/${extension}`);
	});

	it('is the plain id’s for a second and a third window', async () => {
		assert.equal(await storeFolder(`/w/abc-1/${extension}`, metas(['abc'])), `/w/abc/${extension}`);
		assert.equal(await storeFolder(`/w/abc-12/${extension}`, metas(['abc'])), `/w/abc/${extension}`);
		assert.equal(await storeFolder(`C:\\w\\abc-1\\${extension}`, metas(['abc'])), `C:\\w\\abc\\${extension}`);
	});

	it('keeps an id that itself ends in a number or begins with a dash', async () => {
		assert.equal(await storeFolder(`/w/abc-1/${extension}`, metas(['abc', 'abc-1'])), `/w/abc-1/${extension}`);
		assert.equal(await storeFolder(`/w/-5a31/${extension}`, metas(['-5a31'])), `/w/-5a31/${extension}`);
		assert.equal(await storeFolder(`/w/-5a31-2/${extension}`, metas(['-5a31'])), `/w/-5a31/${extension}`);
		assert.equal(await storeFolder(`/w/-531/${extension}`, metas(['-531'])), `/w/-531/${extension}`);
	});

	it('trusts no half-written meta.json and no other folder', async () => {
		const half = () => Promise.resolve('{"id":');
		assert.equal(await storeFolder(`/w/abc-1/${extension}`, half), `/w/abc-1/${extension}`);
		assert.equal(await storeFolder('/globalStorage', half), '/globalStorage');
	});
});
