import assert from 'node:assert/strict';
import { isAppError } from '../../../../src/common/errors.ts';
import type { SuiteRunOptions } from '../../../../src/common/suiteModel.ts';
import { bisectionSentence } from '../../../../src/suites/bisect/bisectionSentence.ts';
import { runBisection, type BisectionOptions } from '../../../../src/suites/bisect/runBisection.ts';
import { versionContext } from '../../../../src/suites/bisect/versionContext.ts';
import { runSuite } from '../../../../src/suites/runSuite.ts';
import { AnsweringModels } from '../../../support/suites/answeringModels.ts';
import { suiteContext, suiteUri, type TestContext } from '../../../support/suites/suiteContext.ts';

const text = `prompt: draft:a
models: own/m
cases:
  - { name: other, query: other, assert: [{ type: equals, value: yes }] }
  - { name: broken, query: broken, repeat: 3, assert: [{ type: equals, value: 'yes' }] }`;
const count = 10;
const versions = Array.from({ length: count }, (_, index) => `version:${index + 1}`);
const names = versions.map((_, index) => `v${index + 1}`);

/** Versions whose text is their position. */
function fixture(answer: (version: number, asked: number) => string): {
	context: TestContext;
	models: AnsweringModels;
} {
	const models = new AnsweringModels(({ system }, number) => answer(Number(system), number));
	const context = suiteContext(models);
	versions.forEach((reference, index) => (context.prompts[reference] = { text: String(index) }));
	return { context, models };
}

function search(context: TestContext, changes: Partial<BisectionOptions> = {}, signal?: AbortSignal) {
	const source = { uri: suiteUri, name: 'a', text, format: 'yaml' as const };
	return runBisection(
		(options: SuiteRunOptions) => runSuite(context, source, { ...options, ...(signal && { signal }) }),
		{ name: 'broken', versions, model: 'own/m', ...changes },
	);
}

describe('the search of a failing case', () => {
	it('asks versions in ordinary runs of the one case, and names the first bad one', async () => {
		const { context, models } = fixture((version) => (version < 7 ? 'yes' : 'no'));
		const steps: number[] = [];
		const outcome = await search(context, { onStep: (version) => steps.push(version) });
		assert.deepEqual([outcome.kind, outcome.kind === 'found' && outcome.bad], ['found', 7]);
		assert.equal(models.requests.length, outcome.answers);
		const runs = await context.records.list({ suite: suiteUri });
		assert.deepEqual([runs.length, runs.every(({ status }) => status === 'complete')], [steps.length, true]);
		assert.deepEqual(steps.slice(0, 2), [9, 0]);
		assert.match(
			bisectionSentence(outcome, { name: 'broken', names }),
			/^"broken" fails since v8: it still passes at v7 \(11 answers\)\. If it changed more than once/,
		);
	});

	it('leaves out versions whose answers are errors, and says which', async () => {
		const { context } = fixture((version) => {
			if (version === 4) {
				throw new Error('no answer');
			}
			return version < 4 ? 'yes' : 'no';
		});
		const outcome = await search(context);
		assert.match(
			bisectionSentence(outcome, { name: 'broken', names }),
			/^"broken" passes at v4 and fails at v6; between them v5 could not be judged/,
		);
	});

	it('repeats a flaky case, and says how sure it is', async () => {
		// Of four answers to a good version one fails.
		const { context } = fixture((version, number) => (version < 3 && number % 4 !== 1 ? 'yes' : 'no'));
		const outcome = await search(context);
		assert.deepEqual(
			[outcome.kind, outcome.kind === 'found' && [outcome.good, outcome.bad, outcome.isFlaky]],
			['found', [2, 3, true]],
		);
		assert.match(bisectionSentence(outcome, { name: 'broken', names }), /flaky.*at most 5 %/);
	});

	it('ends at its limit of requests over all runs, at an abort, and with the error of a run', async () => {
		const limited = fixture((version) => (version < 7 ? 'yes' : 'no'));
		await assert.rejects(
			search(limited.context, { maxCalls: 4 }),
			(error) => isAppError(error, 'validation') && /limit/.test(error.message),
		);
		assert.equal(limited.models.requests.length, 4);
		const stop = new AbortController();
		const stopped = fixture((_version, number) => {
			if (number === 2) {
				stop.abort();
			}
			return 'no';
		});
		await assert.rejects(search(stopped.context, {}, stop.signal), (error) => isAppError(error, 'cancelled'));
		assert.ok(stopped.models.requests.length <= 4);
		const { context } = fixture(() => 'no');
		await assert.rejects(search(context, { name: 'none' }), (error) => isAppError(error, 'not-found'));
	});

	it('says in words how it ended otherwise', () => {
		const say = (outcome: Parameters<typeof bisectionSentence>[0]) =>
			bisectionSentence(outcome, { name: 'c', names: names.slice(0, 4) });
		assert.match(say({ kind: 'passes', answers: 4 }), /passes at v4, so there is nothing to find/);
		assert.match(say({ kind: 'unsure', version: 3, answers: 2 }), /could not be judged at v4/);
		assert.match(
			say({ kind: 'never-passed', tried: [0, 1], answers: 3 }),
			/fails at v4 and passes at none.*: v1, v2\./,
		);
	});
});

describe('the context of versions', () => {
	it('asks them with the topic and thinking level of the tests of their prompt', async () => {
		const { context } = fixture(() => 'yes');
		const own = await context.resolvePrompt('draft:a', suiteUri);
		const versioned = versionContext(context, { ...own, thinking: 'high', topic: 'News' });
		const { thinking, topic, text: found } = await versioned.resolvePrompt('version:2', suiteUri);
		assert.deepEqual([thinking, topic, found], ['high', 'News', '1']);
		const plain = await versionContext(context, own).resolvePrompt('version:2', suiteUri);
		assert.equal(plain.thinking, undefined);
	});
});
