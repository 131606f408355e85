import assert from 'node:assert/strict';
import { dump } from 'js-yaml';
import { importText, suitesOf } from '../../support/formats/importText.ts';
import { verdictOf } from '../../support/formats/verdictOf.ts';
import { question } from '../../support/suites/answeringModels.ts';
import { judgeWith } from '../../support/suites/judgeWith.ts';

/** The case of a run with one grader and one item. */
async function graded(grader: Record<string, unknown>, item: Record<string, unknown>) {
	const run = {
		testing_criteria: [grader],
		data_source: {
			type: 'completions',
			input_messages: { type: 'template', template: [{ role: 'user', content: 'x' }] },
			source: { type: 'file_content', content: [{ item }] },
		},
	};
	const [suite] = await suitesOf(await importText('run.json', JSON.stringify(run)));
	return suite?.cases[0];
}

describe('graders of other tools give the same verdict here', () => {
	const output = '{{ sample.output_text }}';
	for (const [operation, input, reference, label, answer, expected] of [
		['eq', output, '{{item.label}}', 'bill', 'bill', true],
		['eq', output, '{{item.label}}', 'bill', 'Bill', false],
		['eq', output, '{{item.label}}', 'bill', 'bill ', false],
		['eq', '{{item.label}}', output, '4', '4', true],
		['ne', output, '{{item.label}}', 'bill', 'Bill', true],
		['ne', output, '{{item.label}}', 'bill', 'bill', false],
		['like', output, '{{item.label}}', 'ill', 'a bill', true],
		['like', output, '{{item.label}}', 'ILL', 'a bill', false],
		['ilike', output, '{{item.label}}', 'ILL', 'a bill', true],
		['ilike', output, 'no {{item.label}}', 'bill', 'NO BILL here', true],
		['ilike', '{{item.label}}', output, 'a BILL', 'bill', true],
		['like', 'a {{item.label}}!', output, 'bill', 'bill!', true],
		['like', 'a {{item.label}}!', output, 'bill', 'Bill!', false],
		['like', output, '', 'x', 'anything', true],
		['eq', output, 'quoted "{{item.label}}"\n', 'x', 'quoted "x"\n', true],
	] as const) {
		it(`string_check ${operation} of ${input} and ${JSON.stringify(reference)}: ${answer}`, async () => {
			const one = await graded({ type: 'string_check', name: 'g', operation, input, reference }, { label });
			assert.equal(await verdictOf(one, answer), expected ? 'pass' : 'fail');
		});
	}

	// rapidfuzz.fuzz.ratio: 2 * 3 / 7 = 0.857, 2 * 2 / 6 = 0.667, and 1 for two empty texts.
	for (const [label, answer, threshold, expected] of [
		['abc', 'abcd', 0.85, true],
		['abc', 'abcd', 0.86, false],
		['abc', 'acb', 0.66, true],
		['abc', 'acb', 0.67, false],
		['', '', 1, true],
	] as const) {
		it(`text_similarity fuzzy_match of "${label}" and "${answer}" at ${threshold}`, async () => {
			const grader = {
				type: 'text_similarity',
				name: 'g',
				evaluation_metric: 'fuzzy_match',
				input: output,
				reference: '{{item.label}}',
				pass_threshold: threshold,
			};
			assert.equal(await verdictOf(await graded(grader, { label }), answer), expected ? 'pass' : 'fail');
		});
	}

	it('label_model and score_model ask what the file asks, and keep the threshold', async () => {
		const label = await graded(
			{
				type: 'label_model',
				name: 'g',
				input: [{ role: 'user', content: `Polite? ${output} for {{item.label}}` }],
				labels: ['yes', 'no'],
				passing_labels: ['yes'],
			},
			{ label: 'Ann' },
		);
		const [one] = label?.assert ?? [];
		assert.ok(one);
		const asked = await judgeWith(one, 'Hello', () => ({ reason: 'r', pass: true, score: 1 }), {
			vars: { label: 'Ann' },
		});
		assert.equal(asked.verdict, 'pass');
		assert.match(
			question(asked.requests[0] as never),
			/Polite\? Hello for Ann\n\nChoose one of these labels: yes, no/,
		);
		const score = await graded(
			{
				type: 'score_model',
				name: 'g',
				input: [{ role: 'user', content: output }],
				range: [0, 10],
				pass_threshold: 7,
			},
			{ label: 'x' },
		);
		const [scored] = score?.assert ?? [];
		assert.ok(scored);
		for (const [given, expected] of [
			[0.7, 'pass'],
			[0.69, 'fail'],
		] as const) {
			assert.equal(
				(await judgeWith(scored, 'a', () => ({ reason: 'r', pass: true, score: given }))).verdict,
				expected,
			);
		}
	});

	for (const [checks, answer, expected] of [
		[{ equals: 'Hi {{name}}' }, 'Hi Ann', true],
		[{ equals: 'Hi {{name}}' }, 'hi ann', false],
		[{ contains: 'ANN' }, 'hi ann', true],
		[{ contains: '{{name}}!' }, 'so, ANN!', true],
		[{ contains: '{{name}}!' }, 'so, ANN', false],
		[{ startsWith: 'HI {{name}}' }, 'hi ann!', true],
		[{ startsWith: 'ann' }, 'hi ann!', false],
		[{ endsWith: 'ANN!' }, 'hi Ann!', true],
		[{ endsWith: 'ann' }, 'hi Ann!', false],
		// The first one of the precedence decides alone.
		[{ endsWith: 'zzz', contains: 'hi' }, 'hi', true],
		[{ contains: 'hi', equals: 'HI' }, 'hi', false],
		[{ startsWith: 'x', endsWith: 'hi' }, 'hi', false],
	] as const) {
		it(`.prompt.yml ${JSON.stringify(checks)}: ${answer}`, async () => {
			const file = {
				messages: [{ role: 'user', content: 'Greet {{name}}' }],
				testData: [{ name: 'Ann' }],
				evaluators: [{ name: 'e', string: checks }],
			};
			const [suite] = await suitesOf(await importText('x.prompt.yml', dump(file)));
			assert.equal(await verdictOf(suite?.cases[0], answer), expected ? 'pass' : 'fail');
		});
	}

	for (const [ideal, answer, expected] of [
		['Peru', 'Peru.', true],
		['Peru', 'In Peru', false],
		[['UK', 'U.K.'], 'U.K. of course', true],
		[['UK', 'U.K.'], 'UxKx', false],
		[['a\nb', 'c'], 'a\nb c', true],
	] as const) {
		it(`the registry's ${JSON.stringify(ideal)}: ${answer}`, async () => {
			const row = JSON.stringify({ input: [{ role: 'user', content: 'q {{x}}' }], ideal });
			const [suite] = await suitesOf(await importText('s.jsonl', row));
			assert.equal(suite?.cases[0]?.query, 'q \\{{x}}');
			assert.equal(await verdictOf(suite.cases[0], answer), expected ? 'pass' : 'fail');
		});
	}
});
