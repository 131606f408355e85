import assert from 'node:assert/strict';
import type { AssertionResult } from '../../../../../src/common/suiteModel.ts';
import { expectedAnswers, trialMessages } from '../../../../../src/host/suites/testing/caseMessages.ts';
import { CaseTally } from '../../../../../src/host/suites/testing/caseTally.ts';
import { isOutdated } from '../../../../../src/host/suites/testing/isOutdated.ts';
import { caseLensTitle, suiteLensTitles } from '../../../../../src/host/suites/testing/lensTitles.ts';
import { caseText, suiteRate } from '../../../../../src/host/suites/testing/outcomeText.ts';
import { RunProgress } from '../../../../../src/host/suites/testing/runProgress.ts';
import { planLine, terminalLines } from '../../../../../src/host/suites/testing/runOutput.ts';
import type { ShownOutcome } from '../../../../../src/host/suites/testing/suiteTests.ts';
import type { Assertion, SuiteCase } from '../../../../../src/suites/suite.ts';
import { trialFixture } from '../../../../support/suites/runFixture.ts';

const lost = (type: string, reason: string, more: Partial<AssertionResult> = {}): AssertionResult => ({
	type,
	pass: false,
	score: 0,
	weight: 1,
	reason,
	...more,
});

describe('messages of a case', () => {
	const graded = (...assert: Partial<Assertion>[]) =>
		({
			name: 'a',
			line: 1,
			vars: { place: 'Paris' },
			tags: [],
			repeat: 1,
			assert: assert.map((one) => ({ type: 'equals', negate: false, weight: 1, line: 2, ...one })),
		}) as SuiteCase;

	it('compare the answer with what a grader expects of all of it, variables filled in', () => {
		const one = graded(
			{ value: '{{place}}' },
			{ type: 'contains', value: 'x' },
			{ negate: true, value: 'y' },
			{ type: 'numeric', value: 7 },
		);
		assert.deepEqual(expectedAnswers(one), ['Paris', undefined, undefined, '7']);
		assert.deepEqual(expectedAnswers(graded({ value: '{{missing}}' })), []);
	});

	it('say why, with both sides only where there is one to compare with', () => {
		const assertions = [
			lost('equals', 'not Paris'),
			lost('contains', 'no x'),
			{ ...lost('is-json', ''), pass: true },
		];
		const trial = trialFixture({ verdict: 'fail', assertions, output: 'Rome' });
		assert.deepEqual(trialMessages(trial, ['Paris']), [
			{ text: 'not Paris', expected: 'Paris', actual: 'Rome' },
			{ text: 'no x' },
		]);
		const { output: _output, ...stored } = trial;
		assert.deepEqual(trialMessages(stored, ['Paris'])[0], { text: 'not Paris' });
		assert.deepEqual(trialMessages(trialFixture({ verdict: 'pass' }), []), []);
	});

	it('name the parts of a set, and what went wrong where the verdict is an error', () => {
		const set = lost('assert-set', 'set', { components: [lost('contains', 'no x'), lost('regex', 'no y')] });
		const failed = trialFixture({ verdict: 'fail', assertions: [set] });
		assert.deepEqual(
			trialMessages(failed, []).map(({ text }) => text),
			['no x', 'no y'],
		);
		const error = { code: 'network' as const, message: 'The connection was lost', retryable: true };
		assert.deepEqual(trialMessages(trialFixture({ verdict: 'error', error }), []), [{ text: error.message }]);
		const broken = trialFixture({
			verdict: 'error',
			assertions: [lost('javascript', 'it threw', { error: true })],
		});
		assert.deepEqual(trialMessages(broken, []), [{ text: 'it threw' }]);
		const below = trialFixture({ verdict: 'fail', assertions: [] });
		assert.match(trialMessages(below, [])[0]?.text ?? '', /below the threshold/);
	});
});

describe('the outcome of a case', () => {
	const tallied = (...verdicts: ('pass' | 'fail' | 'error')[]) => {
		const tally = new CaseTally(verdicts.length);
		verdicts.forEach((verdict, index) => tally.add(trialFixture({ verdict, repeat: index + 1 })));
		return tally.outcome();
	};

	it('is a failure if anything failed, an error if nothing did but something could not be graded', () => {
		assert.equal(tallied('pass', 'fail', 'error').verdict, 'fail');
		assert.equal(tallied('pass', 'error').verdict, 'error');
		assert.equal(tallied('error').verdict, 'error');
		assert.equal(tallied('pass', 'pass').verdict, 'pass');
	});

	it('is flaky only where one variant both passes and fails; an error makes nothing flaky', () => {
		assert.equal(tallied('pass', 'fail').isFlaky, true);
		assert.equal(tallied('pass', 'error').isFlaky, false);
		const tally = new CaseTally(2);
		tally.add(trialFixture({ verdict: 'pass', variant: 'a' }));
		tally.add(trialFixture({ verdict: 'fail', variant: 'b' }));
		assert.equal(tally.outcome().isFlaky, false);
	});

	it('is shown with what its icon does not say', () => {
		assert.equal(caseText(tallied('pass'), false), '');
		assert.equal(caseText(tallied('pass', 'fail', 'pass'), false), 'flaky: 2 of 3');
		assert.equal(caseText(tallied('pass', 'pass', 'error'), true), '2 of 2 · error · not a model');
	});

	it('gives a rate with an interval, in which errors and what is no model have no part; errors stand beside it', () => {
		const outcomes = [...Array<'pass'>(10).fill('pass'), 'fail', 'fail', 'error'].map((verdict) =>
			tallied(verdict as 'pass'),
		);
		const label = 'claude-sonnet';
		assert.equal(suiteRate(outcomes, [{ label, isModel: true }]), '10 of 12, 55 to 95 %, 1 error');
		assert.equal(suiteRate(outcomes, [{ label, isModel: false }]), '10 of 12, not a model, 1 error');
		assert.equal(suiteRate([tallied('error')], [{ label, isModel: true }]), '1 error');
		assert.equal(suiteRate([], [{ label, isModel: true }]), undefined);
		const two = [
			{ label, isModel: true },
			{ label: 'other', isModel: true },
		];
		assert.equal(suiteRate(outcomes, two), '10 of 12, 55 to 95 %, 1 error');
	});

	it('is outdated by another case, another prompt, or a prompt that is gone', () => {
		const basis = { hash: 'h', prompts: [{ reference: 'draft:1', hash: 'p' }] };
		assert.equal(isOutdated(basis, { hash: 'h' }, new Map([['draft:1', 'p']])), false);
		assert.equal(isOutdated(basis, { hash: 'other' }, new Map([['draft:1', 'p']])), true);
		assert.equal(isOutdated(basis, { hash: 'h' }, new Map([['draft:1', 'q']])), true);
		assert.equal(isOutdated(basis, { hash: 'h' }, new Map()), true);
		assert.equal(isOutdated({ hash: 'h', prompts: [] }, { hash: 'h' }, new Map()), false);
	});
});

describe('lenses', () => {
	const outcome = (patch: Partial<ShownOutcome> = {}): ShownOutcome => ({
		verdict: 'fail',
		counts: new Map(),
		passed: 0,
		of: 1,
		errors: 0,
		isFlaky: false,
		duration: 1,
		messages: [{ text: 'no $(bug)\nsecond line' }],
		hash: 'h',
		prompts: [],
		runId: 'r',
		isOutdated: false,
		isOffline: false,
		...patch,
	});

	it('above a draft say how many cases there are, and what the latest run found and cost', () => {
		const cases = new Map(Array.from({ length: 12 }, (_, index) => [`${index}`, {} as never]));
		const latest = { runId: 'r', rate: '10 of 12, 55 to 95 %', costUsd: 0.031 };
		const outcomes = new Map([['0', outcome()]]);
		assert.deepEqual(suiteLensTitles({ cases, outcomes, latest }), {
			run: 'Run 12 cases',
			results: ['10 of 12, 55 to 95 %', '$0.03'],
		});
		assert.deepEqual(suiteLensTitles({ cases, outcomes, latest: undefined }).results, []);
		const outdated = new Map([['0', outcome({ isOutdated: true })]]);
		const free = { ...latest, costUsd: 0 };
		assert.deepEqual(suiteLensTitles({ cases, outcomes: outdated, latest: free }).results, [
			'10 of 12, 55 to 95 % (outdated)',
		]);
	});

	it('above a case say its verdict and why, in one line without icons of others', () => {
		assert.equal(caseLensTitle(outcome()), '$(error) failed · no \\$(bug)\\nsecond line');
		assert.equal(
			caseLensTitle(outcome({ verdict: 'pass', messages: [], isOutdated: true })),
			'$(pass) passed · outdated',
		);
	});
});

describe('the progress of runs', () => {
	it('adds up all that are going on, and is gone with the last', () => {
		const progress = new RunProgress();
		const plan = { type: 'plan', trials: 3, calls: 3, inputTokens: 0 } as const;
		assert.equal(progress.shown, undefined);
		progress.take({ runId: 'a', event: { ...plan, runId: 'a' } });
		progress.take({ runId: 'b', event: { ...plan, runId: 'b' } });
		progress.take({ runId: 'a', event: { type: 'trial', trial: trialFixture() } });
		assert.deepEqual(progress.shown, { runId: 'b', runs: 2, done: 1, trials: 6 });
		progress.take({ runId: 'b', event: { type: 'done', stopReason: 'stop' } });
		assert.deepEqual(progress.shown, { runId: 'a', runs: 1, done: 1, trials: 3 });
		progress.take({ runId: 'a', event: { type: 'done', stopReason: 'stop' } });
		assert.equal(progress.shown, undefined);
	});
});

describe('the output of a run', () => {
	it('has lines as a terminal needs them, and shows what a terminal would obey', () => {
		assert.equal(terminalLines('a\nb\r\nc\rd'), 'a\r\nb\r\nc\r\nd\r\n');
		assert.equal(terminalLines('\u001b]8;;http://x\u0007y'), '<U+001B>]8;;http://x<U+0007>y\r\n');
	});

	it('begins with what is planned, and one of something is not called several', () => {
		const tokens = { inputTokens: 1 };
		assert.equal(planLine('a', { trials: 1, calls: 1, ...tokens }), 'a: 1 answer, at least 1 request');
		assert.equal(
			planLine('a', { trials: 2, calls: 3, costUsd: 0.5, ...tokens }),
			'a: 2 answers, at least 3 requests, about $0.50',
		);
	});
});
