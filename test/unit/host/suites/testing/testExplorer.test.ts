import assert from 'node:assert/strict';
import type { SuiteRunOptions } from '../../../../../src/common/suiteModel.ts';
import { plannedRunFixture } from '../../../../support/suites/plannedRunFixture.ts';
import { AppError } from '../../../../../src/common/errors.ts';
import { until } from '../../../../support/eventually.ts';
import { FakeToken } from '../../../../support/suites/fakeTesting.ts';
import { testExplorerFixture, uri } from '../../../../support/suites/testExplorerFixture.ts';

const suiteOf = (cases: readonly string[], more = '') =>
	`prompt: draft:a\nmodels: own/m\n${more}cases:\n${cases.join('')}`;
const one = (name: string, want = name, more = '') =>
	`  - { name: ${name}, query: ${name}, assert: [{ type: equals, value: ${want} }]${more} }\n`;
const three = suiteOf([one('a'), one('b', 'other'), one('c')]);

/** A promise that the test settles. */
function gate() {
	let open = () => undefined as void;
	const opened = new Promise<void>((resolve) => (open = resolve));
	return { open: () => open(), opened };
}

describe('the Test Explorer', () => {
	it('lists suites first, and their cases at their lines once a suite is opened', async () => {
		const { explorer, open, suiteItem, lists, controller } = testExplorerFixture(three);
		await explorer.resolve(undefined);
		assert.deepEqual([lists.reads, suiteItem()?.children.size, suiteItem()?.canResolveChildren], [0, 0, true]);
		await open();
		assert.deepEqual(
			[...(suiteItem()?.children ?? [])].map(([id, item]) => [id, item.range?.start]),
			[
				['a', 3],
				['b', 4],
				['c', 5],
			],
		);
		assert.equal(controller.items.size, 1);
		assert.equal(suiteItem()?.busy, false);
	});

	it('shows the first screen of a long list while the rest is made', async () => {
		const names = Array.from({ length: 3_000 }, (_, index) => `case ${index}`);
		const { open, suiteItem } = testExplorerFixture(suiteOf(names.map((name) => one(name))));
		const opened = open();
		const sizes = () => suiteItem()?.children.size ?? 0;
		await until(() => sizes() > 0, 'the first items');
		assert.equal(sizes(), 200);
		await opened;
		assert.deepEqual(
			[...(suiteItem()?.children ?? [])].map(([id]) => id),
			names,
		);
		assert.equal(suiteItem()?.busy, false);
	});

	it('gives the items of a suite to its document after a rename, with their results, and goes on with them', async () => {
		const token = new FakeToken();
		let document = uri;
		const group = { id: 'store', label: 'Store' };
		const fixture = testExplorerFixture(three, undefined, {
			list: async () => [{ uri, document, name: document, group }],
		});
		const { explorer, controller, texts } = fixture;
		const suiteItem = () => controller.items.get('store')?.children.get(uri);
		await explorer.show(uri, uri);
		const old = suiteItem();
		const going = fixture.run([old], {
			token,
			continuous: true,
			exclude: [old?.children.get('b')].filter((found) => found !== undefined),
		});
		await fixture.run([old]);
		const description = old?.description;
		assert.ok(description);
		document = 'prompt-suite://store/draft/1/Refunds.prompttest.yaml';
		await explorer.show(uri, document);
		assert.notEqual(suiteItem(), old);
		assert.deepEqual([suiteItem()?.label, suiteItem()?.description], [document, description]);
		assert.equal(explorer.tree.suite(uri)?.item, suiteItem());
		for (const item of [suiteItem(), ...[...(suiteItem()?.children ?? [])].map(([, one]) => one)]) {
			assert.equal(item?.uri?.toString(), document);
		}
		assert.deepEqual(
			[...(suiteItem()?.children ?? [])].map(([id]) => id),
			['a', 'b', 'c'],
		);
		const runs = controller.runs.length;
		texts.set(uri, three.replaceAll('query: a', 'query: a again').replaceAll('query: b', 'query: b again'));
		await explorer.changed(uri);
		await until(() => controller.runs.length > runs, 'the continuous run');
		await until(() => controller.runs.at(-1)?.ended === 1, 'its end');
		assert.deepEqual(Object.keys(controller.runs.at(-1)?.verdicts ?? {}), ['a']);
		token.cancel();
		await going;
	});

	it('reports passes, failures with both sides at the line of the case, and errors as errors', async () => {
		const answer = (asked: string) => {
			if (asked === 'c') {
				throw new AppError('overloaded', 'The server is busy');
			}
			return asked;
		};
		const { open, run, controller, item, suiteItem } = testExplorerFixture(three, answer);
		await open();
		await run();
		const [made] = controller.runs;
		assert.deepEqual(made?.verdicts, { a: 'passed', b: 'failed', c: 'errored' });
		assert.equal(made?.ended, 1);
		assert.equal(made?.persist, false);
		const [message] = made?.messages.get('b') ?? [];
		assert.deepEqual(
			[message?.expectedOutput, message?.actualOutput, message?.location?.range.start],
			['other', 'b', 4],
		);
		assert.match(made?.messages.get('c')?.[0]?.message ?? '', /busy/);
		assert.deepEqual(
			item('c')?.tags.map(({ id }) => id),
			['error'],
		);
		assert.equal(suiteItem()?.description, '1 of 2, 9 to 91 %, 1 error');
		assert.match(made?.output ?? '', /✗ b[^\n]*\r\n {4}[^\n]+\r\n/);
	});

	it('runs the cases that were chosen, without those that were excluded', async () => {
		const { open, run, controller, item, suiteItem, models } = testExplorerFixture(three);
		await open();
		await run([suiteItem()], { exclude: [item('b')].filter((found) => found !== undefined) });
		assert.deepEqual(controller.runs[0]?.verdicts, { a: 'passed', c: 'passed' });
		await run([item('b')]);
		assert.deepEqual(controller.runs[1]?.verdicts, { b: 'failed' });
		assert.equal(models.requests.length, 3);
	});

	it('compares a run with the baseline, and asks nothing without one', async () => {
		let isWorse = false;
		const answer = (asked: string) => (isWorse && asked === 'a' ? 'x' : asked);
		const { open, run, controller, context, models, comparisons } = testExplorerFixture(three, answer);
		await open();
		await run(undefined, { withBaseline: true });
		assert.equal(models.requests.length, 0);
		assert.match(controller.runs[0]?.output ?? '', /There is no baseline of this prompt/);
		await run();
		const [first] = await context.records.list();
		assert.ok(first);
		await context.records.put({ ...first, blessedAt: '2026-11-20T10:00:00.000Z' });
		isWorse = true;
		await run(undefined, { withBaseline: true });
		const [newest] = await context.records.list();
		assert.deepEqual(comparisons, [[first.runId, newest?.runId]]);
		const { outputs = [], output = '' } = controller.runs[2] ?? {};
		assert.match(output, /Against the baseline \(A\): Not told apart: -33\.3 points/);
		assert.deepEqual(
			outputs.filter(({ text }) => text.includes('Worse than in the baseline')).map(({ item }) => item),
			['a'],
		);
	});

	it('marks a case that both passes and fails as flaky', async () => {
		let count = 0;
		const text = suiteOf([one('a', 'a', ', repeat: 5')]);
		const { open, run, item, controller } = testExplorerFixture(text, () => (count++ % 2 === 0 ? 'a' : 'x'));
		await open();
		await run();
		assert.deepEqual(
			item('a')?.tags.map(({ id }) => id),
			['flaky'],
		);
		assert.equal(item('a')?.description, 'flaky: 3 of 5');
		assert.deepEqual(controller.runs[0]?.verdicts, { a: 'failed' });
	});

	it('a suite that cannot be run is an error at the suite, and its cases have an end', async () => {
		const { open, run, controller, suiteItem } = testExplorerFixture(`models: own/m\ncases:\n${one('a')}`);
		await open();
		await run();
		const [made] = controller.runs;
		assert.equal(made?.verdicts[uri], 'errored');
		assert.equal(made.verdicts['a'], 'skipped');
		assert.match(made.messages.get(uri)?.[0]?.message ?? '', /names no prompt/);
		assert.equal(made.ended, 1);
		assert.equal(suiteItem()?.error, undefined);
	});
});

describe('known pitfalls of test explorers', () => {
	it('a stop that does not stop: requests end, what is there stays, the rest is skipped', async () => {
		const token = new FakeToken();
		const { open, run, controller, models } = testExplorerFixture(three, (asked) =>
			asked === 'a' ? 'a' : new Promise<string>(() => undefined),
		);
		await open();
		const running = run(undefined, { token });
		await until(() => models.active === 2, 'two requests that hang');
		const stopped = performance.now();
		token.cancel();
		await running;
		assert.ok(performance.now() - stopped < 1_000);
		assert.equal(models.active, 0);
		assert.deepEqual(controller.runs[0]?.verdicts, { a: 'passed', b: 'skipped', c: 'skipped' });
		assert.equal(controller.runs[0]?.ended, 1);
	});

	it('a stop while a question is open ends the run, and a late answer starts nothing', async () => {
		const question = gate();
		const token = new FakeToken();
		const { open, run, controller, models } = testExplorerFixture(three, undefined, {
			confirm: async () => {
				await question.opened;
				return { maxCalls: 100 };
			},
		});
		await open();
		const running = run(undefined, { token });
		await until(() => controller.runs.length > 0, 'the run');
		token.cancel();
		await running;
		question.open();
		await new Promise(setImmediate);
		assert.equal(controller.runs[0]?.ended, 1);
		assert.equal(models.requests.length, 0);
	});

	it('a run that the user wants as a batch is planned as one for its limits, and run as one', async () => {
		const plans: boolean[] = [];
		let options: SuiteRunOptions | undefined;
		const { open, run, controller } = testExplorerFixture(three, undefined, {
			plan: async (_source, { batch }) => {
				plans.push(batch ?? false);
				return plannedRunFixture(0);
			},
			confirm: async (_source, _plan, { planBatch }) => {
				await planBatch?.();
				return { maxCalls: 9, batch: true };
			},
			async *run(_source, given) {
				options = given;
				const batch = { state: 'waiting', requests: 3, done: 1 } as const;
				yield { type: 'batch', batch };
				yield { type: 'batch', batch };
				yield { type: 'done', stopReason: 'cancelled' };
			},
		});
		await open();
		await run();
		assert.deepEqual(plans, [false, true]);
		assert.deepEqual([options?.batch, options?.maxCalls], [true, 9]);
		assert.equal(controller.runs[0]?.output.match(/Waiting for the batch: 1 of 3 done/g)?.length, 1);
	});

	it('the Stop of the run itself stops too', async () => {
		const { open, run, controller, models } = testExplorerFixture(
			three,
			() => new Promise<string>(() => undefined),
		);
		await open();
		const running = run();
		await until(() => models.active > 0, 'a request');
		controller.runs[0]?.token.cancel();
		await running;
		assert.equal(controller.runs[0]?.ended, 1);
	});

	it('a second run that hangs: two at once both end', async () => {
		const first = gate();
		let asked = 0;
		const { open, run, controller, item } = testExplorerFixture(three, async (text) => {
			await (asked++ < 3 ? first.opened : undefined);
			return text;
		});
		await open();
		const running = run();
		await until(() => asked === 3, 'the first run');
		await run([item('a')]);
		assert.deepEqual(controller.runs[1]?.verdicts, { a: 'passed' });
		assert.equal(controller.runs[0]?.ended, 0);
		first.open();
		await running;
		assert.equal(controller.runs[0]?.ended, 1);
	});

	it('a spinner for ever: whatever is thrown, the run and all its cases end', async () => {
		for (const broken of ['plan', 'confirm', 'savedSource', 'chosenVariants'] as const) {
			const { open, run, controller } = testExplorerFixture(three, undefined, {
				[broken]: () => Promise.reject(new Error(`no ${broken}`)),
			});
			await open();
			await run();
			const [made] = controller.runs;
			assert.equal(made?.ended, 1, broken);
			assert.deepEqual(made.verdicts, { a: 'skipped', b: 'skipped', c: 'skipped', [uri]: 'errored' }, broken);
		}
	});

	it('the user who refuses a plan sees no error, and nothing is asked', async () => {
		const { open, run, controller, models } = testExplorerFixture(three, undefined, {
			confirm: () => Promise.reject(new AppError('cancelled', 'Cancelled')),
		});
		await open();
		await run();
		assert.deepEqual(controller.runs[0]?.verdicts, { a: 'skipped', b: 'skipped', c: 'skipped' });
		assert.equal(models.requests.length, 0);
	});

	it('the whole tree is rebuilt: an edit adds, moves and removes only what changed', async () => {
		const { explorer, open, texts, suiteItem, item } = testExplorerFixture(three);
		await open();
		const [a, c] = [item('a'), item('c')];
		texts.set(uri, suiteOf([one('new'), one('a'), one('c', 'else')]));
		await explorer.changed(uri);
		assert.deepEqual([...(suiteItem()?.children ?? [])].map(([id]) => id).sort(), ['a', 'c', 'new']);
		assert.equal(item('a'), a);
		assert.equal(item('c'), c);
		assert.deepEqual([a?.range?.start, c?.range?.start, a?.renamed], [4, 5, 0]);
		const { added = 0, deleted = 0, replaced = 0 } = suiteItem()?.children ?? {};
		assert.deepEqual([added, deleted, replaced], [4, 1, 0]);
	});

	it('a peek that freezes on 2,000 messages: the peek has 20, the output all', async () => {
		const text = suiteOf([one('a', 'other', ', repeat: 1000')]);
		const { open, run, controller } = testExplorerFixture(text);
		await open();
		await run();
		const messages = controller.runs[0]?.messages.get('a') ?? [];
		assert.equal(messages.length, 20);
		assert.match(messages.at(-1)?.message ?? '', /981 more/);
		const { output = '', outputs = [] } = controller.runs[0] ?? {};
		assert.equal(output.match(/✗ a/g)?.length, 1_000);
		assert.ok(outputs.length < 300, `${outputs.length} pieces of output`);
	}).timeout(20_000);

	it('stale results after a reload: what was stored is shown, and marked if it says nothing any more', async () => {
		const first = testExplorerFixture(three);
		await first.open();
		await first.run();
		const { records, files, prompts } = first.context;
		const again = (text: string) =>
			testExplorerFixture(text, undefined, {
				storedRuns: (suite) => records.list({ suite }),
				trials: (runId) => files.trials(runId),
			});
		const second = again(three);
		await second.open();
		await until(() => second.controller.runs[0]?.ended === 1, 'the stored results');
		assert.deepEqual(second.controller.runs[0]?.verdicts, { a: 'passed', b: 'failed', c: 'passed' });
		assert.equal(second.suiteItem()?.description, '2 of 3, 21 to 94 %');
		assert.deepEqual(second.controller.invalidated, []);

		const third = again(suiteOf([one('a', 'changed'), one('b', 'other'), one('c')]));
		await third.open();
		await until(() => third.controller.invalidated.length > 0, 'the mark');
		assert.deepEqual(third.controller.invalidated, [['a']]);

		const fourth = again(three);
		fourth.context.prompts['draft:a'] = { ...prompts['draft:a'], text: 'Another prompt.' };
		await fourth.open();
		await until(() => fourth.controller.invalidated.length > 0, 'the mark');
		assert.deepEqual(fourth.controller.invalidated[0]?.sort(), ['a', 'b', 'c']);
	});

	it('duplicates in a workspace of several folders: a file that is found twice is listed once', async () => {
		const { explorer, controller, suiteItem, services } = testExplorerFixture(three, undefined, {});
		const list = services.list;
		services.list = async () => [...(await list()), ...(await list())];
		await explorer.refresh();
		assert.equal(controller.items.size, 1);
		assert.equal(controller.items.get('file:///suites')?.children.added, 1);
		assert.ok(suiteItem());
	});

	it('endless resolving: opening twice at once reads once, and a failure ends the sign for it', async () => {
		const { explorer, suiteItem, lists } = testExplorerFixture(three);
		await explorer.resolve(undefined);
		const suite = suiteItem() as never;
		await Promise.all([explorer.resolve(suite), explorer.resolve(suite), explorer.resolve(undefined)]);
		assert.deepEqual([lists.reads, lists.count], [1, 1]);
		const broken = testExplorerFixture(three, undefined, { source: () => Promise.reject(new Error('no disk')) });
		await broken.open();
		assert.deepEqual([broken.suiteItem()?.busy, broken.suiteItem()?.error], [false, 'no disk']);
	});

	it('two windows: the results of a run that another window made are shown when it has ended', async () => {
		const here = testExplorerFixture(three);
		await here.open();
		await until(() => [...here.explorer.tree.suites][0]?.isRestored ?? false, 'the first look');
		const there = testExplorerFixture(three, undefined, {
			run: (source, options) => here.services.run(source, options),
		});
		await there.open();
		await there.run();
		const runId = [...here.context.runs.rows.keys()][0] ?? '';
		await here.explorer.runEnded(uri, runId);
		assert.deepEqual(here.controller.runs[0]?.verdicts, { a: 'passed', b: 'failed', c: 'passed' });
		await here.explorer.runEnded(uri, runId);
		assert.equal(here.controller.runs.length, 1);
	});

	it('words of a model move the cursor of the terminal or draw icons', async () => {
		const text = suiteOf([one('a', 'other'), '  - { name: "$(bug) \\u202ex", query: q, output: x }\n']);
		const { open, run, controller, suiteItem } = testExplorerFixture(text, () => 'red\u001b[31m');
		await open();
		await run();
		const { output = '', messages = new Map<string, never[]>() } = controller.runs[0] ?? {};
		const shown = output + JSON.stringify([...messages.values()]);
		assert.ok(!shown.includes('\u001b') && !shown.includes('\\u001b') && shown.includes('<U+001B>'), shown);
		assert.ok([...(suiteItem()?.children ?? [])].some(([, { label }]) => label === '\\$(bug) <U+202E>x'));
	});
});

describe('a continuous run', () => {
	const continuous = async (fixture: ReturnType<typeof testExplorerFixture>) => {
		const token = new FakeToken();
		await fixture.open();
		await until(() => [...fixture.explorer.tree.suites][0]?.isRestored ?? false, 'the first look');
		const ended = fixture.run([fixture.suiteItem()], { token, continuous: true });
		return { token, ended };
	};

	it('runs the cases whose question or grading a save changed, and no others', async () => {
		const fixture = testExplorerFixture(three);
		const { token, ended } = await continuous(fixture);
		fixture.texts.set(uri, suiteOf([one('a'), one('b', 'b'), one('d'), one('c')]));
		await fixture.explorer.changed(uri);
		await until(() => fixture.controller.runs.some((run) => run.ended === 1), 'the run');
		assert.deepEqual(fixture.controller.runs.at(-1)?.verdicts, { b: 'passed', d: 'passed' });
		assert.equal(fixture.models.requests.length, 2);
		token.cancel();
		await ended;
		fixture.texts.set(uri, suiteOf([one('a', 'x')]));
		await fixture.explorer.changed(uri);
		assert.equal(fixture.models.requests.length, 2);
	});

	it('runs all its cases when their prompt has changed', async () => {
		const fixture = testExplorerFixture(three);
		const { token, ended } = await continuous(fixture);
		await fixture.explorer.promptsChanged();
		assert.equal(fixture.models.requests.length, 0);
		fixture.context.prompts['draft:a'] = { text: 'Another prompt.', label: 'a' };
		await fixture.explorer.promptsChanged();
		await until(() => fixture.controller.runs.some((run) => run.ended === 1), 'the run');
		assert.equal(fixture.models.requests.length, 3);
		token.cancel();
		await ended;
	});

	it('asks for consent once, and stops at a limit that holds for all its runs together', async () => {
		const notes: (string | undefined)[] = [];
		const fixture = testExplorerFixture(three, undefined, {
			confirm: async (_source, _plan, { note }) => {
				notes.push(note);
				return {};
			},
		});
		const { token, ended } = await continuous(fixture);
		for (let round = 0; round < 170; round++) {
			const before = fixture.controller.runs.length;
			fixture.texts.set(uri, suiteOf([one('a', `a${round}`), one('b', `b${round}`), one('c', `c${round}`)]));
			await fixture.explorer.changed(uri);
			await until(() => fixture.controller.runs.slice(before).some((run) => run.ended === 1), 'a run');
		}
		assert.equal(notes.length, 1);
		assert.match(notes[0] ?? '', /at most \$1\.00 and make at most 500 requests/);
		assert.ok(fixture.models.requests.length <= 500, `${fixture.models.requests.length} requests`);
		assert.match(fixture.controller.runs.at(-1)?.output ?? '', /limit of this continuous run is reached/);
		token.cancel();
		await ended;
	}).timeout(60_000);
});
