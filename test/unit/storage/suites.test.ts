import assert from 'node:assert/strict';
import { isAppError } from '../../../src/common/errors.ts';
import type { StoredTrial } from '../../../src/common/suiteModel.ts';
import type { Repositories, StoreChange } from '../../../src/storage/contract.ts';
import { Database } from '../../../src/storage/database.ts';
import type { MaintainedStore } from '../../../src/storage/maintainedStore.ts';
import { suiteRun } from '../../support/storage/everyMethod.ts';
import { SimulatedFiles } from '../../support/storage/simulatedFiles.ts';
import { loadSqlJs } from '../../support/storage/sql.ts';
import { type TestStore, openTestStore, time } from '../../support/storage/testStore.ts';

const later = '2026-01-02T03:05:00.000Z';
const isNotFound = (error: unknown) => isAppError(error, 'not-found');

describe('suites and runs in the store', () => {
	let files: SimulatedFiles;
	let store: TestStore;
	let changes: StoreChange[];

	const write = <T>(work: (repositories: Repositories) => T) => store.write(work);
	const putSuite = (ownerKind: 'draft' | 'prompt', ownerId: number, content: string, now = time) =>
		write(({ suites }) => suites.put({ ownerKind, ownerId, content, now }));

	beforeEach(async () => {
		files = new SimulatedFiles();
		store = await openTestStore('/store', files);
		await write(({ drafts, prompts }) => {
			drafts.create({ draftName: 'One', draftContent: 'Text', now: time });
			prompts.create({ name: 'two', title: 'Two', content: 'x', description: null, now: time });
		});
		changes = [];
		store.onDidChange((change) => changes.push(change));
	});

	describe('a suite', () => {
		it('belongs to one draft or prompt, keeps its time of creation, and its changes name the owner', async () => {
			await putSuite('draft', 1, 'first');
			await putSuite('prompt', 1, 'of the prompt');
			await putSuite('draft', 1, 'second', later);
			const found = await store.read(({ suites }) => [
				suites.list(),
				suites.get('draft', 1),
				suites.get('draft', 2),
			]);
			assert.deepEqual(found, [
				[
					{ ownerKind: 'draft', ownerId: 1, contentLength: 6, createdAt: time, updatedAt: later },
					{ ownerKind: 'prompt', ownerId: 1, contentLength: 13, createdAt: time, updatedAt: time },
				],
				'second',
				undefined,
			]);
			await write(({ suites }) => suites.remove('draft', 1));
			await write(({ suites }) => suites.remove('draft', 1));
			assert.equal(await store.read(({ suites }) => suites.get('draft', 1)), undefined);
			assert.deepEqual(
				changes.map(({ suites, drafts }) => [suites, drafts]),
				[
					[['draft:1'], []],
					[['prompt:1'], []],
					[['draft:1'], []],
					[['draft:1'], []],
					[[], []],
				],
			);
		});

		it('without an owner is refused, as one of another user is', async () => {
			await assert.rejects(putSuite('draft', 9, 'x'), isNotFound);
			await assert.rejects(putSuite('prompt', 9, 'x'), isNotFound);
			await (store as MaintainedStore).change(({ database }) => {
				database.run('INSERT INTO users (username, created_at) VALUES (?, ?)', ['eve', time]);
				database.run('UPDATE auspex_prompt_drafts SET user_id = ?', ['eve']);
			});
			await assert.rejects(putSuite('draft', 1, 'x'), isNotFound);
		});

		for (const [kind, remove] of [
			['draft', ({ trash }: Repositories) => trash.removeDraft(1, later)],
			['prompt', ({ trash }: Repositories) => trash.removePrompt('two', later)],
		] as const) {
			it(`goes to the trash with its ${kind}, and comes back with it`, async () => {
				const id = kind === 'draft' ? 1 : 2;
				await putSuite(kind, id, 'cases: []');
				await putSuite(kind === 'draft' ? 'prompt' : 'draft', 1, 'of another');
				const trashId = await write(remove);
				const left = await store.read(({ suites }) => suites.list().map(({ ownerKind }) => ownerKind));
				assert.deepEqual(left, [kind === 'draft' ? 'prompt' : 'draft']);
				await write(({ trash }) => trash.restore(trashId));
				assert.equal(await store.read(({ suites }) => suites.get(kind, id)), 'cases: []');
				const named = changes.slice(-2).map(({ suites }) => suites);
				assert.deepEqual(named, [[`${kind}:${id}`], [`${kind}:${id}`]]);
			});
		}
	});

	describe('a run', () => {
		it('is stored with its variants in their order, and replaced as a whole', async () => {
			const run = suiteRun({ runId: 'one' });
			await write(({ runs }) => runs.put(run));
			assert.deepEqual(await store.read(({ runs }) => runs.get('one')), run);
			const ended = {
				...run,
				status: 'failed' as const,
				reason: 'The disk is full',
				endedAt: later,
				variants: [...run.variants].reverse(),
			};
			await write(({ runs }) => runs.put(ended));
			assert.deepEqual(await store.read(({ runs }) => runs.list()), [ended]);
			assert.deepEqual(
				changes.map(({ runs }) => runs),
				[['one'], ['one']],
			);
			await assert.rejects(
				store.read(({ runs }) => runs.get('two')),
				isNotFound,
			);
		});

		it('is listed newest first by arrival, of one suite or of all, whatever the clock says [fault 6]', async () => {
			await write(({ runs }) => {
				runs.put(suiteRun({ runId: 'old', startedAt: '2026-01-01T00:00:00.000Z', suite: 'a' }));
				runs.put(suiteRun({ runId: 'new', startedAt: '2026-01-03T00:00:00.000Z', suite: 'a' }));
				runs.put(suiteRun({ runId: 'other', startedAt: '2026-01-02T00:00:00.000Z', suite: 'b' }));
				runs.put(suiteRun({ runId: 'same time', startedAt: '2026-01-02T00:00:00.000Z', suite: 'b' }));
			});
			const ids = (suite?: string) =>
				store.read(({ runs }) => runs.list(suite === undefined ? {} : { suite }).map(({ runId }) => runId));
			assert.deepEqual(await ids(), ['same time', 'other', 'new', 'old']);
			assert.deepEqual(await ids('a'), ['new', 'old']);
			assert.deepEqual(await ids('c'), []);
		});

		it('has rates and what they are worth, if they are known', async () => {
			const plain = suiteRun({ runId: 'one' });
			const rated = { ...plain, variants: plain.variants.map((one) => ({ ...one, rate: 0.75, worth: 3.5 })) };
			await write(({ runs }) => runs.put(rated));
			assert.deepEqual(await store.read(({ runs }) => runs.get('one')), rated);
			await write(({ runs }) => runs.put(plain));
			assert.deepEqual(await store.read(({ runs }) => runs.get('one')), plain);
		});

		it('is the baseline of its prompts instead of another run of its suite, and stays it when it goes on', async () => {
			const [first, second] = [suiteRun({ runId: 'one' }), suiteRun({ runId: 'two' })];
			const [variant] = first.variants;
			assert.ok(variant);
			await write(({ runs }) => {
				runs.put(first);
				runs.put(second);
				runs.put(suiteRun({ runId: 'other suite', suite: 'b' }));
				runs.put(suiteRun({ runId: 'other prompt', variants: [{ ...variant, prompt: 'draft:2' }] }));
				for (const runId of ['one', 'other suite', 'other prompt']) {
					runs.bless(runId, time);
				}
				runs.put(first);
			});
			const blessed = () =>
				store.read(({ runs }) =>
					runs
						.list()
						.filter(({ blessedAt }) => blessedAt !== undefined)
						.map(({ runId }) => runId),
				);
			assert.deepEqual((await blessed()).sort(), ['one', 'other prompt', 'other suite']);
			await write(({ runs }) => runs.bless('two', later));
			assert.deepEqual((await blessed()).sort(), ['other prompt', 'other suite', 'two']);
			assert.deepEqual([...(changes.at(-1)?.runs ?? [])].sort(), ['one', 'two']);
			assert.equal((await store.read(({ runs }) => runs.get('two'))).blessedAt, later);
			await write(({ runs }) => runs.unbless('two'));
			assert.deepEqual((await blessed()).sort(), ['other prompt', 'other suite']);
			await assert.rejects(
				write(({ runs }) => runs.bless('none', time)),
				isNotFound,
			);
		});

		it('is removed with its variants', async () => {
			await write(({ runs }) => runs.put(suiteRun({ runId: 'one' })));
			await write(({ runs }) => runs.remove('one'));
			await write(({ runs }) => runs.remove('one'));
			const left = await (store as MaintainedStore).inspect(({ database }) => [
				database.rows('SELECT * FROM suite_runs'),
				database.rows('SELECT * FROM suite_variants'),
			]);
			assert.deepEqual(left, [[], []]);
		});

		it('whose process ended is marked as interrupted, and no other', async () => {
			await write(({ runs }) => {
				runs.put(suiteRun({ runId: 'here' }));
				runs.put(suiteRun({ runId: 'gone' }));
				runs.put(suiteRun({ runId: 'complete', status: 'complete' }));
			});
			assert.deepEqual(await write(({ runs }) => runs.markInterrupted(['here'])), ['gone']);
			const statuses = await store.read(({ runs }) =>
				Object.fromEntries(runs.list().map(({ runId, status }) => [runId, status])),
			);
			assert.deepEqual(statuses, { here: 'running', gone: 'interrupted', complete: 'complete' });
			assert.deepEqual(changes.at(-1)?.runs, ['gone']);
		});
	});

	describe('exports', () => {
		const trial: StoredTrial = {
			trialId: 't-1',
			case: { name: 'lost parcel', hash: 'a'.repeat(64), index: 3 },
			variant: 'Triage, model-1',
			repeat: 2,
			verdict: 'fail',
			score: 0.5,
			assertions: [{ type: 'equals', pass: false, score: 0, reason: 'other text', weight: 1 }],
			output: 'billing',
			latencyMs: 12.5,
			timeToFirstTokenMs: null,
			usage: { inputTokens: 3 },
			costUsd: null,
			reused: true,
			endedAt: time,
			query: 'Where is it?',
			requestHash: 'b'.repeat(64),
			turn: { blocks: [{ type: 'text', id: 't', text: 'billing' }] },
			requests: '[]',
		};

		async function* trials(): AsyncGenerator<{ runId: string; trial: StoredTrial }> {
			yield { runId: 'one', trial };
			yield { runId: 'one', trial: { ...trial, trialId: 't-2', reused: false } };
		}

		it('the database has suites, runs and variants, and the trials as suite_trials', async () => {
			await putSuite('draft', 1, 'cases: []');
			await write(({ runs }) => runs.put(suiteRun({ runId: 'one' })));
			await store.exportDatabase('/out/copy.db', trials());
			const database = new Database(await loadSqlJs(), await files.read('/out/copy.db'));
			const count = (table: string) => database.row(`SELECT count(*) AS n FROM ${table}`)?.['n'];
			assert.deepEqual(
				['prompt_suites', 'suite_runs', 'suite_variants', 'suite_trials', 'auspex_prompt_drafts'].map(count),
				[1, 1, 2, 2, 1],
			);
			assert.deepEqual(database.problems(), []);
			assert.deepEqual(database.row('SELECT * FROM suite_trials ORDER BY trial_id'), {
				run_id: 'one',
				trial_id: 't-1',
				case_name: 'lost parcel',
				case_hash: 'a'.repeat(64),
				case_index: 3,
				variant: 'Triage, model-1',
				repeat: 2,
				verdict: 'fail',
				score: 0.5,
				assertions: JSON.stringify(trial.assertions),
				query: 'Where is it?',
				earlier: null,
				output: 'billing',
				parts: JSON.stringify(trial.turn),
				citations: null,
				latency_ms: 12.5,
				time_to_first_token_ms: null,
				usage: '{"inputTokens":3}',
				cost_usd: null,
				reused: 1,
				error: null,
				request_hash: 'b'.repeat(64),
				ended_at: time,
			});
			// The trials came only into the copy.
			assert.deepEqual(await store.read(({ runs }) => runs.list().length), 1);
		});

		it('trials that do not fit into memory are an error, and nothing is written', async () => {
			async function* tooMany(): AsyncGenerator<{ runId: string; trial: StoredTrial }> {
				yield* trials();
				throw new WebAssembly.RuntimeError('memory access out of bounds');
			}
			await assert.rejects(
				store.exportDatabase('/out/copy.db', tooMany()),
				(error) => isAppError(error, 'storage') && /do not fit/.test(error.message),
			);
			assert.equal(await files.read('/out/copy.db'), undefined);
			assert.equal(await store.read(({ drafts }) => drafts.list().length), 1);
		});

		it('all data has the suite as a file; an import gives it to the new draft and says what runs are left out', async () => {
			await putSuite('draft', 1, 'cases: [] # draft');
			await putSuite('prompt', 2, 'cases: [] # prompt');
			await write(({ runs }) => runs.put(suiteRun({ runId: 'one' })));
			const exported = await store.exportAll();
			assert.equal(
				exported.find(({ path }) => path === 'suites/draft-1.prompttest.yaml')?.text,
				'cases: [] # draft',
			);
			const json = exported[0]?.text ?? '';
			const other = await openTestStore('/other', new SimulatedFiles());
			await other.write(({ drafts }) => drafts.create({ draftName: 'mine', draftContent: 'x', now: time }));
			const { skipped } = await other.importAll(json);
			assert.deepEqual(
				await other.read(({ suites }) => [
					suites.get('draft', 1),
					suites.get('draft', 2),
					suites.get('prompt', 2),
				]),
				[undefined, 'cases: [] # draft', 'cases: [] # prompt'],
			);
			assert.deepEqual(
				skipped.map(({ what, reason }) => [what, reason]),
				[['1 run of a suite', '"suite_runs": their trials are not in the file']],
			);
			await other.write(({ suites }) =>
				suites.put({ ownerKind: 'prompt', ownerId: 2, content: 'mine', now: time }),
			);
			const again = await other.importAll(json);
			assert.equal(await other.read(({ suites }) => suites.get('prompt', 2)), 'mine');
			assert.deepEqual(
				again.skipped.map(({ what }) => what),
				['prompt_suites 2', '1 run of a suite'],
			);
		});

		it('a suite in an import that has no owner or is no text is named', async () => {
			const times = { created_at: time, updated_at: time };
			const { skipped } = await store.importAll(
				JSON.stringify({
					format: 'prompt-workshop-export',
					version: 1,
					prompt_suites: [
						{ owner_kind: 'draft', owner_id: 77, content: 'x', ...times },
						{ owner_kind: 'draft', owner_id: 78, content: 5, ...times },
					],
				}),
			);
			assert.deepEqual(
				skipped.map(({ what }) => what),
				['prompt_suites 78', 'prompt_suites 77'],
			);
			assert.deepEqual(await store.read(({ suites }) => suites.list()), []);
		});

		it('bringing another store brings the suites of its drafts, again where one has changed', async () => {
			const own = await openTestStore('/own', files);
			await putSuite('draft', 1, 'first');
			await own.bring('/store');
			await own.bring('/store');
			const suites = () =>
				own.read((repositories) =>
					repositories.suites.list().map(({ ownerId }) => repositories.suites.get('draft', ownerId)),
				);
			assert.deepEqual(await suites(), ['first']);
			await putSuite('draft', 1, 'second');
			await own.bring('/store');
			assert.deepEqual(await suites(), ['first', 'second']);
		});
	});
});
