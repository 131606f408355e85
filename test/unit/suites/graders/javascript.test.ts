import assert from 'node:assert/strict';
import { gradeAnswer } from '../../../../src/suites/gradeAnswer.ts';
import type { GradedAnswer } from '../../../../src/suites/graders/grader.ts';
import type { Sandbox } from '../../../../src/suites/sandbox.ts';
import { assertion, graderContext } from '../../../support/suites/gradeWith.ts';
import { testSandbox } from '../../../support/suites/testSandbox.ts';

describe('javascript', function () {
	this.timeout(20_000);
	let sandbox: Sandbox;

	before(() => {
		sandbox = testSandbox({ limits: { code: 20_000 } });
	});

	after(() => sandbox.dispose());

	async function grade(type: string, value: unknown, threshold?: number, fields: Partial<GradedAnswer> = {}) {
		const one = assertion(type, { value, ...(threshold !== undefined && { threshold }) });
		const { verdict, assertions } = await gradeAnswer([one], undefined, {
			...graderContext('an answer', fields),
			sandbox,
		});
		const [result] = assertions;
		return { verdict, score: result?.score, reason: result?.reason ?? '' };
	}

	for (const [type, code, threshold, verdict, score] of [
		['javascript', 'output.includes("answer")', undefined, 'pass', 1],
		['not-javascript', 'output.includes("answer")', undefined, 'fail', 0],
		['not-javascript', 'false', undefined, 'pass', 1],
		['javascript', '0.2', undefined, 'pass', 0.2],
		['javascript', '0', undefined, 'fail', 0],
		['javascript', '0.2', 0.5, 'fail', 0.2],
		['not-javascript', '0.2', 0.5, 'pass', 0.2],
		['javascript', '7', 7, 'pass', 1],
		['javascript', '-7', -8, 'pass', 0],
		['javascript', 'false', 0, 'fail', 0],
		['javascript', '({ pass: true, score: 0.2, reason: "r" })', 0.5, 'pass', 0.2],
		['not-javascript', '({ pass: true, score: 0.2, reason: "r" })', undefined, 'fail', 0.2],
		['javascript', '({ pass: false, score: 3, reason: "" })', undefined, 'fail', 1],
	] as const) {
		it(`${type} ${code} is ${verdict} with ${score}${threshold === undefined ? '' : ` at ${threshold}`}`, async () => {
			const result = await grade(type, code, threshold);
			assert.deepEqual([result.verdict, result.score], [verdict, score]);
			assert.notEqual(result.reason, '');
		});
	}

	for (const [code, reason] of [
		['NaN', /gives NaN/],
		['"yes"', /gives "yes"/],
		['undefined', /gives undefined/],
		['({ pass: true, score: NaN, reason: "r" })', /"score":null/],
		['({ pass: 1, score: 1, reason: "r" })', /must give/],
		['output.nothing()', /TypeError/],
		['file://grade.js', /from a file is not run/],
		['', /needs a value/],
		[{ code: 'true' }, /needs a value/],
	] as const) {
		it(`is an error, also under not-, for ${JSON.stringify(code)}`, async () => {
			for (const type of ['javascript', 'not-javascript']) {
				const result = await grade(type, code);
				assert.equal(result.verdict, 'error');
				assert.match(result.reason, reason);
			}
		});
	}

	it('gives the code what is known of the answer', async () => {
		const fields: Partial<GradedAnswer> = {
			vars: { name: 'Ada' },
			prompt: 'Be kind.',
			query: 'Hello?',
			model: 'a/b',
			expected: 'x',
			toolCalls: [{ name: 'search', input: { q: 1 } }],
			latencyMs: 5,
			costUsd: 0.1,
			metadata: { k: 1 },
			turn: { blocks: [{ type: 'thinking', id: '1', text: 'Hm.' }] },
		};
		const known =
			'({ pass: true, score: 1, reason: JSON.stringify([output, Object.values(context), Object.keys(context)]) })';
		const all = await grade('javascript', known, undefined, fields);
		assert.deepEqual(JSON.parse(all.reason), [
			'an answer',
			[
				{ name: 'Ada' },
				'Be kind.',
				'Hello?',
				'a/b',
				'x',
				[{ name: 'search', input: { q: 1 } }],
				5,
				0.1,
				'Hm.',
				{ k: 1 },
			],
			['vars', 'prompt', 'query', 'provider', 'expected', 'tools', 'latencyMs', 'cost', 'thinking', 'metadata'],
		]);
		const few = await grade('javascript', known);
		assert.deepEqual((JSON.parse(few.reason) as unknown[])[2], ['vars', 'prompt', 'query', 'provider', 'tools']);
	});
});
