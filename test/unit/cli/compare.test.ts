import assert from 'node:assert/strict';
import { copyFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Comparison } from '../../../src/common/comparison.ts';
import type { StoredTrial, Verdict } from '../../../src/common/suiteModel.ts';
import { CliFolder, providersFile, suiteText } from '../../support/cli/testTerminal.ts';
import { WireServer } from '../../support/wire/wireServer.ts';
import { projectRoot } from '../../support/vscode/projectRoot.ts';

/** A suite of recorded answers: case `c<i>` is right with a variant if `i` is below its number. */
function recordedSuite(right: Record<string, number>, cases = 20): string {
	return JSON.stringify({
		defaults: { assert: [{ type: 'equals', value: 'yes' }] },
		cases: Array.from({ length: cases }, (_, index) => ({
			name: `c${index}`,
			query: `Question ${index}`,
			outputs: Object.fromEntries(
				Object.entries(right).map(([label, count]) => [label, index < count ? 'yes' : 'no']),
			),
		})),
	});
}

interface Report {
	run: { suite: string; suiteName: string; variants: { label: string }[] };
	pins: { plan: { variants: { label: string }[] } };
	trials: StoredTrial[];
}

describe('prompt-workshop compare', () => {
	let folder: CliFolder;
	beforeEach(async () => {
		folder = await CliFolder.make({ 'a.prompttest.json': recordedSuite({ only: 10 }) });
		assert.equal((await folder.run('grade --out a.json')).code, 1);
	});
	afterEach(() => folder.remove());

	const read = async (name: string) => JSON.parse(await readFile(join(folder.path, name), 'utf8')) as Report;
	const edit = async (from: string, to: string, change: (report: Report) => void) => {
		const report = await read(from);
		change(report);
		await folder.write({ [to]: JSON.stringify(report) });
	};
	/** A report like another one, in which a case has another verdict where one is given. */
	const regraded = (from: string, to: string, verdictOf: (index: number, variant: string) => Verdict | undefined) =>
		edit(from, to, ({ trials }) => {
			for (const trial of trials) {
				trial.verdict = verdictOf(trial.case.index, trial.variant) ?? trial.verdict;
			}
		});
	const passBelow = (count: number) => (index: number) => (index < count ? 'pass' : 'fail') as Verdict;
	const comparisonsOf = (out: string) => (JSON.parse(out) as { comparisons: Comparison[] }).comparisons;

	it('counts one case as one', async () => {
		await folder.write({ 'one.prompttest.json': recordedSuite({ only: 1 }, 1) });
		assert.equal((await folder.run('grade one.prompttest.json --out one.json')).code, 0);
		const { out } = await folder.run('compare one.json one.json');
		assert.match(out, /^ {2}1 case compared: 1 passed by both, 0 by neither\. p = 1\.$/m);
	});

	it('says in one sentence that B is better, with the counts, the p-value and the cases', async () => {
		await regraded('a.json', 'b.json', passBelow(18));
		const { code, out, err } = await folder.run('compare a.json b.json');
		assert.equal(err, '');
		assert.equal(
			out,
			[
				'B is better: +40.0 points (13.4 to 63.6), 8 cases only B, 0 only A',
				'  A: a.json, only: 10 of 20, 30 to 70 %',
				'  B: b.json, only: 18 of 20, 70 to 97 %',
				'  20 cases compared: 10 passed by both, 2 by neither. p = 0.00801.',
				'  Only B, or more often B: c10, c11, c12, c13, c14, c15, c16, c17',
				'',
			].join('\n'),
		);
		assert.equal(code, 0);
	});

	it('--fail-on-regression ends with 1 if and only if the verdict is worse, whatever the rates are', async () => {
		await regraded('a.json', 'worse.json', passBelow(1));
		await regraded('a.json', 'lower.json', passBelow(7));
		await regraded('a.json', 'better.json', passBelow(19));
		for (const [name, code, sentence] of [
			['worse', 1, /^B is worse: -45\.0 points \(/],
			['lower', 0, /^Not told apart: -15\.0 points \(.*\), 0 cases only B, 3 only A\. About \d+ more cases/],
			['better', 0, /^B is better: \+45\.0 points \(/],
			['a', 0, /^Not told apart: 0 points/],
		] as const) {
			const found = await folder.run(`compare a.json ${name}.json --fail-on-regression`);
			assert.match(found.out, sentence);
			assert.equal(found.code, code, name);
			assert.equal((await folder.run(`compare a.json ${name}.json`)).code, 0);
		}
	});

	it('counts errors and answers taken from the other side apart, and names cases of only one run', async () => {
		await regraded('a.json', 'b.json', (index) => (index === 0 ? 'error' : undefined));
		await edit('b.json', 'b.json', ({ trials }) => {
			const second = trials.find((trial) => trial.case.index === 1);
			assert.ok(second);
			second.reused = true;
			trials.splice(
				trials.findIndex((trial) => trial.case.index === 2),
				1,
			);
		});
		const { code, out } = await folder.run('compare a.json b.json');
		assert.equal(code, 0);
		assert.match(out, /B: b\.json, only: 8 of 18, .*, 1 error\n {2}17 cases compared/);
		assert.match(out, /Left out because of errors: c0\./);
		assert.match(out, /Left out because both have the same stored answer: c1\./);
		assert.match(out, /Only A has: c2\./);
	});

	it('--json and --out give all of it to programs, and .md as a document', async () => {
		await regraded('a.json', 'b.json', passBelow(18));
		const { out } = await folder.run('compare a.json b.json --json --out {suite}.comparison.json --out c.md');
		const { type, ...printed } = JSON.parse(out) as Record<string, unknown>;
		assert.equal(type, 'comparison');
		const [comparison] = comparisonsOf(out);
		assert.deepEqual(
			[comparison?.both, comparison?.onlyA, comparison?.onlyB, comparison?.neither, comparison?.verdict],
			[10, 0, 8, 2, 'better'],
		);
		const stored = (await read('a.comparison.json')) as unknown as Record<string, unknown>;
		assert.deepEqual(stored, { format: 'prompt-workshop-comparison', version: 1, ...printed });
		const text = await readFile(join(folder.path, 'c.md'), 'utf8');
		assert.match(text, /^# a\.prompttest\.json\n\n\*\*B is better: \+40\.0 points/);
		// It is not a run.
		assert.equal((await folder.run('compare a.comparison.json a.json')).code, 2);
	});

	it('adds itself to the summary of a step of GitHub Actions', async () => {
		const environment = { GITHUB_STEP_SUMMARY: join(folder.path, 'step.md') };
		await folder.run('compare a.json a.json', { environment });
		assert.match(
			await readFile(join(folder.path, 'step.md'), 'utf8'),
			/^# a\.prompttest\.json\n\n\*\*Not told apart/,
		);
	});

	describe('of several variants', () => {
		beforeEach(async () => {
			await folder.write({ 'a.prompttest.json': recordedSuite({ old: 8, new: 19, other: 9 }) });
			await folder.run('grade --out variants.json');
		});

		it('compares those of one run with the first or with a named one, adjusted for their number', async () => {
			const found = comparisonsOf((await folder.run('compare variants.json --json')).out);
			assert.deepEqual(
				found.map(({ a, b, verdict, family }) => [a.label, b.label, verdict, family]),
				[
					['old', 'new', 'better', 2],
					['old', 'other', 'not-told-apart', 2],
				],
			);
			const named = await folder.run('compare variants.json --baseline-variant new --fail-on-regression');
			assert.equal(named.code, 1);
			assert.match(named.out, /^B is worse: -55\.0 points .*\n {2}A: variants\.json, new: 19 of 20/);
			assert.match(named.out, /Adjusted for 2 comparisons\./);
		});

		it('compares those of B with the only one of A, or with a named one', async () => {
			const nothing = await folder.run('compare a.json variants.json');
			assert.equal(nothing.code, 2);
			assert.match(nothing.err, /Nothing to compare: there is no case that both have answered/);
			await edit('variants.json', 'first.json', (report) => {
				report.trials = report.trials.filter(({ variant }) => variant === 'old');
				for (const variants of [report.run.variants, report.pins.plan.variants]) {
					variants.splice(1);
				}
				for (const variant of [...report.run.variants, ...report.pins.plan.variants]) {
					variant.label = 'first';
				}
				for (const trial of report.trials) {
					trial.variant = 'first';
				}
			});
			const single = comparisonsOf((await folder.run('compare first.json variants.json --json')).out);
			assert.deepEqual(
				single.map(({ a, b, verdict, family }) => [a.label, b.label, verdict, family]),
				[
					['first', 'old', 'not-told-apart', 3],
					['first', 'new', 'better', 3],
					['first', 'other', 'not-told-apart', 3],
				],
			);
			const found = comparisonsOf(
				(await folder.run('compare variants.json variants.json --baseline-variant old --json')).out,
			);
			assert.deepEqual(
				found.map(({ a, b, verdict, family }) => [a.label, b.label, verdict, family]),
				[
					['old', 'old', 'not-told-apart', 3],
					['old', 'new', 'better', 3],
					['old', 'other', 'not-told-apart', 3],
				],
			);
		});

		it('pairs those of two runs by their labels, and names those of only one', async () => {
			await edit('variants.json', 'two.json', (report) => {
				report.run.variants = report.run.variants.filter(({ label }) => label !== 'other');
				report.trials = report.trials.filter(({ variant }) => variant !== 'other');
			});
			const { code, out } = await folder.run('compare variants.json two.json');
			assert.match(out, /^Not told apart: 0 points .*\n {2}A: variants\.json, old: 8 of 20/);
			assert.match(out, /\nNot told apart: 0 points .*\n {2}A: variants\.json, new: 19 of 20/);
			assert.match(out, /\nNot compared, since there is no counterpart: other\n$/);
			assert.equal(code, 0);
		});

		it('is a line below the rates of grade and merge, but not of a part', async () => {
			const { out } = await folder.run('grade');
			assert.match(out, /, other: 9 of 20, .*\nold \(A\), new \(B\): B is better: \+55\.0 points \(/);
			assert.match(
				out,
				/\n {2}Adjusted for 2 comparisons\.\nold \(A\), other \(B\): Not told apart: \+5\.0 points/,
			);
			for (const part of [1, 2]) {
				const cut = await folder.run(`run --shard ${part}/2 --out part-${part}.json`);
				assert.doesNotMatch(cut.out, /\(A\)/);
			}
			assert.match((await folder.run('merge part-1.json part-2.json')).out, /old \(A\), new \(B\): B is better/);
		});

		it('refuses a part of a run', async () => {
			await folder.run('run --shard 1/2 --out part-1.json');
			for (const line of [
				'compare part-1.json',
				'compare variants.json part-1.json',
				'run --baseline part-1.json',
			]) {
				const { code, out, err } = await folder.run(line);
				assert.deepEqual([code, out], [2, '']);
				assert.match(
					err,
					/part-1\.json is part 1 of 2 of a run\. Join the parts first: prompt-workshop merge /,
				);
			}
		});
	});

	it('prints the sentence of the sample suite, whose answers are recorded', async () => {
		const name = 'triage.prompttest.yaml';
		const text = await readFile(join(projectRoot, 'fixtures/sample-workspace/prompts', name), 'utf8');
		// Code runs in the bundle only, which installed.test.ts has.
		await folder.write({ [name]: text.replace(/ +- type: javascript\n.*\n.*\n/, '') });
		const { code, out } = await folder.run(`grade ${name}`);
		assert.equal(code, 1);
		assert.match(
			out,
			/\nfirst version \(A\), with rules \(B\): Not told apart: \+25\.0 points \(.*\), 6 cases only B, 2 only A\. About \d+ more cases/,
		);
	});

	it('says nothing about variants that have no case in common', async () => {
		await folder.write({
			'a.prompttest.json': JSON.stringify({
				cases: [
					{ name: 'one', query: 'q', outputs: { old: 'x' }, assert: [{ type: 'equals', value: 'x' }] },
					{ name: 'two', query: 'r', outputs: { new: 'x' }, assert: [{ type: 'equals', value: 'x' }] },
				],
			}),
		});
		const { code, out } = await folder.run('grade');
		assert.equal(code, 0);
		assert.doesNotMatch(out, /Not told apart|\(A\)/);
	});

	for (const [line, message] of [
		['compare', /compare takes the JSON reports of two runs, first the one to compare with, or of one run/],
		['compare a.json a.json a.json', /compare takes the JSON reports of two runs/],
		['compare a.json', /a\.json has one variant: name a second report to compare it with/],
		['compare a.json nothing.json', /There is no report nothing\.json/],
		['compare a.json a.prompttest.json', /a\.prompttest\.json: This is not the JSON report of a run/],
		['compare a.json a.json --baseline-variant none', /The run has no variant none/],
		['compare a.json a.json --out c.xml', /--out c\.xml: the name must end with \.json or \.md/],
		['run --fail-on-regression', /--fail-on-regression needs a run to compare with: --baseline REPORT/],
		['run --baseline-variant only', /--baseline-variant needs a run to compare with: --baseline REPORT/],
		['run --baseline nothing.json', /There is no report nothing\.json/],
		['run --baseline a.json --baseline-variant none', /The run has no variant none/],
		['run --baseline a.json --shard 1/2', /A part of a run is not compared: leave out --baseline, join the parts/],
		['grade --baseline a.json', /There is no option --baseline/],
	] as const) {
		it(`refuses "${line}" with 2 and a sentence`, async () => {
			const { code, out, err } = await folder.run(line);
			assert.equal(code, 2, err);
			assert.match(err, message);
			assert.equal(out, '');
		});
	}

	describe('as run --baseline', () => {
		it('compares the cases in common by their hash, and names the others', async () => {
			await regraded('a.json', 'base.json', passBelow(1));
			const cases = (JSON.parse(recordedSuite({ only: 10 })) as { cases: object[] }).cases;
			const changed = cases.map((one, index) => (index === 3 ? { ...one, query: 'Another question' } : one));
			const defaults = { assert: [{ type: 'equals', value: 'yes' }] };
			const added = { name: 'added', query: 'q', outputs: { only: 'yes' } };
			await folder.write({
				'a.prompttest.json': JSON.stringify({ defaults, cases: [added, ...changed.slice(0, -1)] }),
			});
			const { code, out } = await folder.run('run --baseline base.json');
			assert.equal(code, 1);
			assert.match(
				out,
				/\nB is better: \+44\.4 points .*, 8 cases only B, 0 only A\n {2}A: base\.json, only: 1 of 20/,
			);
			assert.match(out, /B: a\.prompttest\.json, only: 11 of 20, .*\n {2}18 cases compared/);
			assert.match(
				out,
				/Only A has: c19\.\n {2}Only B has: added\.\n {2}Changed in between, so not compared: c3\./,
			);
		});

		it('--fail-on-regression: only the verdict decides, single failures do not', async () => {
			await regraded('a.json', 'high.json', passBelow(20));
			await regraded('a.json', 'little.json', passBelow(13));
			await regraded('a.json', 'low.json', passBelow(1));
			for (const [options, code, sentence] of [
				['--baseline high.json', 1, /^B is worse: -50\.0 points/m],
				['--baseline little.json', 0, /^Not told apart: -15\.0 points/m],
				['--baseline low.json', 0, /^B is better: \+45\.0 points/m],
				['--baseline low.json --fail-under 0.9', 1, /^B is better/m],
				['--baseline little.json --fail-under 0.5', 0, /^Not told apart/m],
				['--baseline high.json --fail-under 0.5', 1, /^B is worse/m],
			] as const) {
				const found = await folder.run(`run ${options} --fail-on-regression`);
				assert.match(found.out, sentence);
				assert.equal(found.code, code, options);
			}
			// Without it, failures count as ever.
			assert.equal((await folder.run('run --baseline low.json')).code, 1);
		});

		it('refuses the report of another suite, also if it has the same cases', async () => {
			await copyFile(join(folder.path, 'a.prompttest.json'), join(folder.path, 'b.prompttest.json'));
			const { code, out, err } = await folder.run('run b.prompttest.json --baseline a.json');
			assert.deepEqual([code, out], [2, '']);
			assert.match(err, /a\.json is a run of another suite: a\.prompttest\.json, not b\.prompttest\.json/);
		});

		it('takes the report of the same suite from another machine', async () => {
			await edit('a.json', 'base.json', (report) => {
				report.run.suite = 'file:///builds/prompts/a.prompttest.json';
				report.run.suiteName = 'prompts/a.prompttest.json';
			});
			assert.match((await folder.run('run --baseline base.json')).out, /^Not told apart: 0 points/m);
		});

		it('compares each suite with its own report', async () => {
			await folder.write({ 'b.prompttest.json': recordedSuite({ only: 5 }) });
			const refused = await folder.run('run --baseline a.json');
			assert.equal(refused.code, 2);
			assert.match(refused.err, /--baseline a\.json is one file for 2 suites: write \{suite\} into its name/);
			await folder.run('grade --out base-{suite}.json');
			await regraded('base-b.json', 'base-b.json', passBelow(20));
			const { code, out } = await folder.run('run --baseline base-{suite}.json --fail-on-regression');
			assert.match(out, /^Not told apart: 0 points[^]*^B is worse: -75\.0 points/m);
			assert.equal(code, 1);
		});

		it('prints the comparison as JSON, and everything for people beside it', async () => {
			const { out, err } = await folder.run('run --baseline a.json --json');
			const lines = out.trimEnd().split('\n');
			assert.equal((JSON.parse(lines.at(-1) ?? '') as { type: string }).type, 'comparison');
			assert.match(err, /^Not told apart: 0 points/m);
		});
	});

	describe('before a model is asked', () => {
		let wire: WireServer;
		beforeEach(async () => {
			wire = await WireServer.start();
			await folder.write({
				'prompt.md': 'Be brief.',
				'providers.json': providersFile(wire.baseUrl),
				'm.prompttest.yaml': suiteText(6),
			});
		});
		afterEach(() => wire.stop());
		const run = (options: string) => folder.run(`run m.prompttest.yaml --providers providers.json ${options}`);

		it('refuses a baseline with which the run has no case or no variant in common', async () => {
			await run('--model local/m --model local/n --out two.json');
			wire.reset();
			const variants = await run('--model local/o --baseline two.json');
			assert.equal(variants.code, 2);
			assert.match(variants.err, /two\.json has no variant of this run\. Choose one with --baseline-variant: /);
			await folder.write({ 'm.prompttest.yaml': suiteText(6).replaceAll('Question', 'Problem') });
			const cases = await run('--model local/m --baseline two.json');
			assert.equal(cases.code, 2);
			assert.match(cases.err, /Nothing to compare: two\.json has no case of this run/);
			const guide = await run('--model offline/guide --baseline two.json');
			assert.equal(guide.code, 2);
			assert.equal(wire.requests.length, 0);
		});

		it('errors of trials and the limit of requests come before a regression', async () => {
			await run('--out base.json');
			wire.reset();
			wire.always('chat', wire.script.chat({ text: 'No.' }));
			assert.equal((await run('--baseline base.json --fail-on-regression')).code, 1);
			const capped = await run('--baseline base.json --fail-on-regression --max-calls 5');
			assert.equal(capped.code, 4);
			assert.match(capped.out, /Only A has: c/);
			wire.reply('chat', { status: 400, body: '{"error":{"message":"bad"}}' });
			const broken = await run('--baseline base.json --fail-on-regression --concurrency 1');
			assert.equal(broken.code, 3);
			assert.match(broken.out, /Left out because of errors: c/);
		});

		it('goes on with --resume, and compares the whole run', async () => {
			await run('--out base.json');
			assert.equal((await run('--max-calls 2')).code, 4);
			const { code, out } = await run('--resume --max-calls 9 --baseline base.json --fail-on-regression');
			assert.equal(code, 0);
			assert.match(out, /^Not told apart: 0 points[^]*\n {2}6 cases compared/m);
		});
	});
});
