import assert from 'node:assert/strict';
import { AppError } from '../../../../src/common/errors.ts';
import type { RunRequest } from '../../../../src/providers/provider.ts';
import { coverRules, type RuleCoverage } from '../../../../src/suites/coverage/coverRules.ts';
import { asideSuite } from '../../../../src/suites/asideSuite.ts';
import { mutedContext } from '../../../../src/suites/coverage/mutedContext.ts';
import { baselineRepeats } from '../../../../src/suites/coverage/stableVerdict.ts';
import { planRun } from '../../../../src/suites/planRun.ts';
import { runSuite } from '../../../../src/suites/runSuite.ts';
import { AnsweringModels, question } from '../../../support/suites/answeringModels.ts';
import { suiteContext, suiteUri } from '../../../support/suites/suiteContext.ts';

const prompt = `# Support

You answer questions about parcels.
- Say "please" in every answer.
- Never name a price.

Be brief.
`;

const suite = `prompt: draft:a
models: own/m
cases:
  - { name: polite, query: Where is it?, assert: [{ type: contains, value: please }] }
  - { name: price, query: What does it cost?, assert: [{ type: not-contains, value: '$' }] }
  - { name: other, query: Hello, assert: [{ type: contains, value: hello }] }
  - { name: recorded, query: Hello, output: please, assert: [{ type: contains, value: please }] }
`;

/** Obeys the line about "please" and the one about prices. */
const obeys = (request: RunRequest) => {
	const parts = [
		'hello',
		...(request.system?.includes('please') ? ['please'] : []),
		...(question(request).includes('cost') && !request.system?.includes('price') ? ['$5'] : []),
	];
	return parts.join(' ');
};

async function cover(
	answer: (request: RunRequest, number: number) => string = obeys,
	limits: { maxCalls?: number; signal?: AbortSignal } = {},
) {
	const models = new AnsweringModels(answer);
	const context = suiteContext(models, { prompts: { 'draft:a': { text: prompt } } });
	const source = { uri: suiteUri, name: 'a', text: suite, format: 'yaml' } as const;
	const options = { repeat: baselineRepeats };
	const { variants, cases } = await planRun(context, source, options);
	const variant = variants.find((one) => one.kind === 'asked');
	assert.ok(variant?.kind === 'asked');
	const baseline = [];
	for await (const event of runSuite(context, source, options)) {
		baseline.push(...(event.type === 'trial' ? [event.trial] : []));
	}
	const before = models.requests.length;
	const rounds: number[] = [];
	const found = await coverRules({
		source,
		variant,
		cases,
		baseline,
		maxCalls: limits.maxCalls ?? 200,
		run: (of, given, prompts) => runSuite(mutedContext(context, prompts), of, given),
		signal: limits.signal ?? new AbortController().signal,
		onRound: (blocks) => rounds.push(blocks),
	});
	return { found, rounds, context, asked: models.requests.slice(before) };
}

const shown = ({ rules }: RuleCoverage) =>
	rules.map(({ start, changed, isUndecided }) => `${start + 1} ${changed.join()}${isUndecided ? '?' : ''}`);

describe('rule coverage', () => {
	it('names for each line the cases whose verdict it decides', async () => {
		const { found, rounds, asked } = await cover();
		assert.deepEqual(shown(found), ['1 ', '3 ', '4 polite', '5 price', '7 ']);
		assert.deepEqual(found.stable, ['polite', 'price', 'other']);
		assert.deepEqual(rounds, [5, 2]);
		assert.equal(found.calls, 19);
		assert.equal(asked.length, 19);
		assert.equal(found.reason, undefined);
	});

	it('asks in runs of their own, which are no runs of the suite', async () => {
		const { context } = await cover();
		assert.equal((await context.records.list({ suite: suiteUri })).length, 1);
		const [last, first] = (await context.records.list({ suite: asideSuite(suiteUri, 'coverage') })).slice(-2);
		assert.ok(last && first);
		assert.deepEqual(
			first.variants.map(({ label }) => label),
			['without line 1', 'without line 3', 'without line 4', 'without line 5', 'without line 7'],
		);
		assert.equal(new Set(first.variants.map(({ promptHash }) => promptHash)).size, 5);
	});

	it('leaves a flaky case out, and a verdict that changes once only does not count', async () => {
		let count = 0;
		const flaky = await cover((request) => (question(request) === 'Hello' && count++ % 2 ? 'no' : obeys(request)));
		assert.deepEqual(flaky.found.stable, ['polite', 'price']);
		assert.deepEqual(shown(flaky.found), ['1 ', '3 ', '4 polite', '5 price', '7 ']);
		let hellos = 0;
		const once = await cover((request) =>
			question(request) === 'Hello' && ++hellos === baselineRepeats + 1 ? 'no' : obeys(request),
		);
		assert.deepEqual(shown(once.found), ['1 ', '3 ', '4 polite', '5 price', '7 ']);
		assert.equal(once.found.calls, 21);
	});

	it('mutes blocks if the budget is small, and says what it has not decided', async () => {
		const { found, rounds, asked } = await cover(obeys, { maxCalls: 12 });
		assert.equal(rounds[0], 2);
		assert.ok(asked.length <= 12);
		const decided = found.rules.filter(({ changed }) => changed.length > 0);
		assert.ok(decided.every(({ start }) => start === 3 || start === 4));
		assert.ok(found.rules.some(({ isUndecided }) => isUndecided));
	});

	it('decides nothing from errors, and ends at a stop', async () => {
		let count = 0;
		const { found } = await cover((request) => {
			if (++count > 3 * baselineRepeats) {
				throw new AppError('auth', 'The key is rejected');
			}
			return obeys(request);
		});
		assert.ok(found.rules.every(({ changed, isUndecided }) => changed.length === 0 && isUndecided));
		const stop = new AbortController();
		stop.abort();
		await assert.rejects(cover(obeys, { signal: stop.signal }), { code: 'cancelled' });
	});
});
