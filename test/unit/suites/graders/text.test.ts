import assert from 'node:assert/strict';
import { assertion, gradeWith } from '../../../support/suites/gradeWith.ts';

const long = 'lorem ipsum '.repeat(20_000);

/** What an assertion says of an answer, as `true: reason`. */
async function says(type: string, value: unknown, output: string, threshold?: number): Promise<string> {
	const fields = { ...(value === undefined ? {} : { value }), ...(threshold === undefined ? {} : { threshold }) };
	const { pass, error, reason } = await gradeWith(assertion(type, fields), output);
	return `${error ? 'error' : pass}: ${reason}`;
}

describe('graders of text', () => {
	for (const [type, value, output, expected] of [
		['equals', 'Paris', 'Paris', 'true: The answer equals "Paris"'],
		['equals', 'Paris', 'London', 'false: The answer does not equal "Paris"; it is "London"'],
		['equals', { a: [1] }, '{"a": [1]}', 'true: The answer equals {"a":[1]}'],
		['equals', undefined, 'x', 'error: "equals" needs a value: the expected text, list or object'],
		['contains', 'b', 'abc', 'true: The answer contains "b": "abc"'],
		['contains', 'B', 'abc', 'false: The answer does not contain "B"; it is "abc"'],
		['icontains', 'B', 'abc', 'true: The answer contains "B": "abc"'],
		['contains-any', 'x, b', 'abc', 'true: The answer contains "b"'],
		['contains-any', ['x', 'y'], 'abc', 'false: The answer contains none of ["x","y"]; it is "abc"'],
		['contains-all', ['a', 'y'], 'abc', 'false: Of ["a","y"], the answer does not contain ["y"]; it is "abc"'],
		['icontains-any', 'X, C', 'abc', 'true: The answer contains "C"'],
		['icontains-all', 'A, C', 'abc', 'true: The answer contains all of ["A","C"]'],
		['contains-all', '"a, b', 'a', 'error: In the list, the quotes that open at 1 do not close'],
		['contains-all', 'x, "a"b', 'a', 'error: In the list, a comma must follow the quotes that close at 6'],
		['starts-with', 'ab', 'abc', 'true: The answer starts with "ab"'],
		['starts-with', 'bc', 'abc', 'false: The answer does not start with "bc", but with "abc"'],
		['ends-with', 'bc', 'abc', 'true: The answer ends with "bc"'],
		['ends-with', 'ab', 'abc', 'false: The answer does not end with "ab", but with "abc"'],
		['regex', '^a.c$', 'abc', 'true: The answer matches "^a.c$"'],
		['regex', '^b', 'abc', 'false: The answer does not match "^b"; it is "abc"'],
		['word-count', 3, 'a b', 'false: The answer has 2 words; expected 3'],
		['word-count', { min: 1 }, 'a b', 'true: The answer has 2 words; expected at least 1'],
		['word-count', { max: 1 }, 'a b', 'false: The answer has 2 words; expected at most 1'],
		['word-count', { min: 1, max: 2 }, 'a b', 'true: The answer has 2 words; expected 1 to 2'],
		[
			'is-refusal',
			undefined,
			'I cannot help you',
			'true: The answer refuses with "I cannot help": "I cannot help you"',
		],
		['is-refusal', undefined, 'Gladly', 'false: The answer does not refuse; it is "Gladly"'],
	] as const) {
		it(`${type} says of ${output}: ${expected}`, async () => {
			assert.equal(await says(type, value, output), expected);
		});
	}

	it('shorten what they show and keep it on one line', async () => {
		const reason = await says('contains', 'END', `${long}\nEND${long}`);
		assert.match(reason, /^true: .{50,200}$/);
		assert.match(reason, /: "….{20,60}⏎END.{20,60}…"$/);
		assert.match(await says('equals', 'x', `${'a'.repeat(119)}😀b`), /it is "a{119}…"$/);
	});

	it('levenshtein counts changes, at once for short texts', async () => {
		const expected = 'true: The edit distance from "kitten" to the answer "sitting" is 3; the limit is 5';
		assert.equal(await says('levenshtein', 'kitten', 'sitting'), expected);
		assert.match(await says('levenshtein', 'kitten', 'sitting', 2), /^false: .* is more than 2$/);
		assert.match(await says('levenshtein', 'a', 'a', -1), /^false/);
	});

	it('levenshtein lets others run while it compares long texts, and refuses what would take too long', async () => {
		const other = long.slice(0, 6000).replaceAll('o', '0');
		let turns = 0;
		let compared = false;
		const compare = says('levenshtein', long.slice(0, 6000), other, 1000).finally(() => (compared = true));
		while (!compared) {
			await new Promise((resolve) => setImmediate(resolve));
			turns++;
		}
		assert.match(await compare, /^true: .* is 500; the limit is 1000$/);
		assert.ok(turns > 3, `others ran ${turns} times`);
		assert.match(
			await says('levenshtein', `a${long}`, `b${long}c`.replaceAll('m', 'n'), 50_000),
			/^error: .*too long/,
		);
	});

	it('rouge-n says what it compared', async () => {
		assert.equal(
			await says('rouge-n', 'the cat sat', 'the dog sat'),
			'false: ROUGE is 0.67, below 0.75: expected "the cat sat"; the answer is "the dog sat"',
		);
	});

	it('is-refusal takes the word of the provider', async () => {
		const { pass, reason } = await gradeWith(assertion('is-refusal'), 'Gladly', { stopReason: 'refusal' });
		assert.deepEqual([pass, reason], [true, 'The provider says that the model refused']);
	});

	for (const [name, output, share] of [
		['ru', 'Привет, мир', 1],
		['ja', '東京はカタカナ!', 1],
		['Greek', 'Καλημέρα', 1],
		['Cyrl', 'Привет abcdef', 0.5],
		['en', 'Привет', 0],
		['zh-Hant', '東京', 1],
		['ko', '안녕 hello', 2 / 7],
		['fr', '123 !', 0],
	] as const) {
		it(`language finds ${share} of "${output}" in the script of ${name}`, async () => {
			const { score, pass } = await gradeWith(assertion('language', { value: name }), output);
			assert.equal(score, share);
			assert.equal(pass, share >= 0.9);
		});
	}

	it('language names what it needs', async () => {
		const expected =
			'error: "language" needs a value: a language such as "ja", or a script such as "Cyrl" or "Greek"';
		assert.equal(await says('language', 'Klingon script', 'x'), expected);
		assert.equal(await says('language', 5, 'x'), expected);
		assert.equal(
			await says('language', 'ru', 'Привет ab', 0.5),
			'true: 75 % of the letters are in the script of "ru"; expected at least 50 %: "Привет ab"',
		);
	});
});
