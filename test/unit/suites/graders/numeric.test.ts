import assert from 'node:assert/strict';
import { findNumbers } from '../../../../src/suites/grading/findNumbers.ts';
import { processorTime } from '../../../support/processorTime.ts';
import { assertion, gradeWith } from '../../../support/suites/gradeWith.ts';

async function says(value: unknown, output: string, threshold?: number): Promise<string> {
	const fields = threshold === undefined ? { value } : { value, threshold };
	const { pass, error, reason } = await gradeWith(assertion('numeric', fields), output);
	return `${error ? 'error' : pass}: ${reason}`;
}

describe('findNumbers', () => {
	for (const [text, ...values] of [
		['1,234,567.89', 1234567.89],
		['1.234.567,89', 1234567.89],
		["1 234 567 and 1'234", 1234567, 1234],
		['1,00,000', 100000],
		['1,234', 1234],
		['1.234', 1.234],
		['3,5 and 0,125', 3.5, 0.125],
		['−5 and -5 and +5', -5, -5, 5],
		['5-10, 5 – 10', 5, 10, 5, 10],
		['1.2e3, 1.2 × 10^3, 4×10⁻³', 1200, 1200, 0.004],
		['$1.2 million, $2B, 3.5k', 1200000, 2e9, 3500],
		['1,2,3', 1, 2, 3],
		['v2.0 and 1.2.3 and 192.168.0.1'],
		['x = .5.', 0.5],
		['no number in A4'],
	] as [string, ...number[]][]) {
		it(`finds ${values.join(' and ') || 'nothing'} in "${text}"`, () => {
			assert.deepEqual(
				findNumbers(text).map(({ value }) => value),
				values,
			);
		});
	}

	it('reads a decimal comma where it is told to', () => {
		assert.deepEqual(
			findNumbers('1,234 and 1.234', true).map(({ value }) => value),
			[1.234, 1234],
		);
	});

	it('takes linear time', () => {
		for (const piece of ['1 ', '1,', '1 234', '-', '$', '1e', "1'234"]) {
			const spent = processorTime();
			findNumbers(piece.repeat(200_000 / piece.length));
			assert.ok(spent() < 2000, piece);
		}
	});
});

describe('the grader numeric', () => {
	for (const [value, output, pass] of [
		[42, 'First 7, so the answer is 42.', true],
		[42, '42 of 100', false],
		[{ value: 42, pick: 'first' }, '42 of 100', true],
		[{ value: 42, pick: 'any' }, 'between 1 and 42 and 100', true],
		[0.3, 'It is 0.30000000000000004', true],
		[100, 'It is 101', false],
		[{ value: 100, tolerance: 1 }, 'It is 101', true],
		[{ value: 100, tolerance: '5%' }, 'It is 95', true],
		[{ value: 100, tolerance: '5%' }, 'It is 94', false],
		['1.5 km', 'about 1,500 m away', true],
		['1.5 km', 'about 1.5', true],
		['1.5 km', '1.5 km in 20 minutes', true],
		['1.5 km', 'in 20 minutes', false],
		[{ value: '1.5 km', tolerance: '100 m' }, '1,580 m', true],
		[{ value: '1.5 km', tolerance: '100 m' }, '1,620 m', false],
		['90 min', 'It takes 1.5 hours', true],
		['$1,200', 'It costs USD 900, then $1.2k', true],
		['12%', 'a share of 12 percent', true],
		[{ value: '1,5', decimal: ',' }, '1,500', true],
		[5, 'none', false],
	] as const) {
		it(`${pass ? 'takes' : 'does not take'} "${output}" for ${JSON.stringify(value)}`, async () => {
			assert.match(await says(value, output), new RegExp(`^${pass}: `));
		});
	}

	it('says what was expected and what came', async () => {
		assert.equal(
			await says('2 kg', 'It is 2.5 kg', 0.1),
			'false: Expected 2 kg ± 0.1; the answer gives 2.5 kg: "It is 2.5 kg"',
		);
		assert.equal(await says(2, 'two'), 'false: The answer has no number like 2: "two"');
	});

	it('names a value that it cannot use', async () => {
		for (const value of [
			undefined,
			'two',
			'1 and 2',
			{ value: 1, pick: 'best' },
			{ value: 1, tolerance: -1 },
			[1],
		]) {
			assert.match(await says(value, '1'), /^error: "numeric" needs a value: a number such as 12/);
		}
	});
});
