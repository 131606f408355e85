import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import type { SuiteRunOptions } from '../../../../../src/common/suiteModel.ts';
import type { PlannedRun } from '../../../../../src/suites/plannedRun.ts';
import type { RunRequest } from '../../../../../src/providers/provider.ts';
import { FakeToken } from '../../../../support/suites/fakeTesting.ts';
import { testExplorerFixture, uri } from '../../../../support/suites/testExplorerFixture.ts';

const prompt = 'You are kind.\n\n- Say please.\n- Say thanks,\n  always.\n';
const suiteWith = (model: string, more = '') => `prompt: draft:a
models: [${model}, own/other]
cases:
  - { name: polite, query: q, assert: [{ type: contains, value: please }] }
  - { name: grateful, query: r, assert: [{ type: contains, value: thanks }] }
${more}`;
const suite = suiteWith('own/m');

/** Says whatever word of the prompt it is told to say. */
const obeys = (_asked: string, _signal: AbortSignal, { system = '' }: RunRequest) =>
	['please', 'thanks'].filter((word) => system.includes(word)).join(' ');

function fixture(text = suite, changes: Parameters<typeof testExplorerFixture>[2] = {}, answer = obeys) {
	const made = testExplorerFixture(text, answer, changes);
	made.context.prompts['draft:a'] = { text: prompt, label: 'a' };
	return made;
}

const marks = (details: readonly vscode.StatementCoverage[]) =>
	details.map(({ executed, location }) => [(location as unknown as { start: number }).start, executed]);

describe('Run with Rule Coverage', () => {
	it('shows for each rule how many cases it decides, and for each case its own rules', async () => {
		const { open, cover, controller, explorer, failures } = fixture();
		await open();
		await cover();
		const [run] = controller.runs;
		assert.deepEqual(run?.verdicts, { polite: 'passed', grateful: 'passed' });
		const [file] = run.coverage;
		assert.ok(file);
		assert.equal(file.uri.toString(), 'shown:draft:a');
		assert.deepEqual({ ...file.statementCoverage }, { covered: 2, total: 3 });
		assert.deepEqual(
			file.includesTests?.map(({ id }) => id),
			['polite', 'grateful'],
		);
		const { ruleDetails } = explorer;
		assert.deepEqual(marks(ruleDetails.details(file)), [
			[0, 0],
			[2, 1],
			[3, 1],
		]);
		assert.deepEqual(marks(ruleDetails.details(file, 'polite')), [
			[0, 0],
			[2, 1],
			[3, 0],
		]);
		assert.match(run.output, /Line 3 decides polite: - Say please\./);
		assert.match(run.output, /Rules that decide a verdict: 2 of 3; not tested: 0/);
		assert.equal(run.ended, 1);
		assert.deepEqual(failures, []);
	});

	it('asks first, for everything at once, and keeps to the limit', async () => {
		const asked: { plan: PlannedRun; note: string | undefined }[] = [];
		const confirm = async (_source: unknown, plan: PlannedRun, { note }: { note?: string | undefined }) => {
			asked.push({ plan, note });
			return { maxCostUsd: 3, maxCalls: 1000 };
		};
		const runs: SuiteRunOptions[] = [];
		const { open, cover, models, services } = fixture(suite, { confirm, maxCoverageCalls: () => 16 });
		const { run } = services;
		services.run = (source, options) => {
			runs.push(options);
			return run(source, options);
		};
		models.price = () => ({ input: 1, output: 1 });
		await open();
		await cover();
		assert.equal(asked.length, 1);
		assert.equal(asked[0]?.plan.estimate.calls, 16);
		assert.equal(asked[0].plan.variants.length, 1);
		assert.match(asked[0].note ?? '', /5 times .* 3 rules; .* at most 16 requests/);
		assert.deepEqual([runs[0]?.maxCalls, runs[0]?.maxCostUsd], [16, 3]);
		assert.ok(models.requests.length <= 16);
	});

	it('begins nothing that its limit cannot hold, or that the user does not want', async () => {
		const small = fixture(suite, { maxCoverageCalls: () => 13 });
		await small.open();
		await small.cover();
		assert.equal(small.models.requests.length, 0);
		assert.match(small.controller.runs[0]?.messages.get(uri)?.[0]?.message ?? '', /at least 14 requests/);
		assert.equal(small.controller.runs[0]?.coverage.length, 0);
	});

	it('shows none for the built-in guide, which is no model', async () => {
		const { open, cover, controller } = fixture(suiteWith('own/guide'));
		await open();
		await cover();
		const [run] = controller.runs;
		assert.equal(run?.verdicts['polite'], 'passed');
		assert.deepEqual(run.coverage, []);
		assert.match(run.output, /own\/guide is not a model and does not read the prompt/);
	});

	it('says that recorded answers have none', async () => {
		const { open, cover, controller } = fixture(
			'prompt: draft:a\ncases:\n  - { name: a, query: q, output: b, assert: [{ type: equals, value: b }] }\n',
		);
		await open();
		await cover();
		assert.match(controller.runs[0]?.messages.get(uri)?.[0]?.message ?? '', /No case asks the prompt/);
	});

	it('marks no lines of a prompt that was changed in the meantime', async () => {
		let count = 0;
		const made = fixture(suite, {}, (asked, signal, request) => {
			if (++count === 17) {
				made.context.prompts['draft:a'] = { text: `One line more.\n${prompt}`, label: 'a' };
			}
			return obeys(asked, signal, request);
		});
		await made.open();
		await made.cover();
		const [run] = made.controller.runs;
		assert.deepEqual(run?.coverage, []);
		assert.match(run.output, /Line 3 decides polite/);
		assert.match(run.output, /changed in the meantime/);
	});

	it('ends at a stop between its rounds, without marks', async () => {
		const token = new FakeToken();
		let count = 0;
		const { open, cover, controller, models } = fixture(suite, {}, (asked, signal, request) => {
			if (++count === 12) {
				token.cancel();
			}
			return obeys(asked, signal, request);
		});
		await open();
		await cover(undefined, token);
		assert.deepEqual(controller.runs[0]?.coverage, []);
		assert.equal(controller.runs[0]?.ended, 1);
		assert.ok(models.requests.length < 20);
	});
});
