import assert from 'node:assert/strict';
import { suiteCompletions, suiteHover } from '../../../../src/suites/editing/suiteCompletions.ts';
import { suiteCursor } from '../../../../src/suites/editing/suiteCursor.ts';
import { wordEnd } from '../../../../src/suites/editing/wordEnd.ts';
import { graders } from '../../../../src/suites/graders/all.ts';
import { suiteSchema } from '../../../../src/suites/suiteSchema.ts';

const schema = suiteSchema(graders);

function at(marked: string) {
	const offset = marked.indexOf('|');
	const text = marked.slice(0, offset) + marked.slice(offset + 1);
	const cursor = suiteCursor(text, offset);
	assert.ok(cursor);
	return { cursor, word: text.slice(cursor.start, cursor.end) };
}

const labels = (marked: string) => suiteCompletions(schema, at(marked).cursor).map(({ label }) => label);

describe('completion in a suite', () => {
	it('offers the fields that are not there yet', () => {
		const top = labels('topic: General\n|\n');
		assert.ok(['prompt', 'models', 'cases', 'defaults'].every((name) => top.includes(name)));
		assert.ok(!top.includes('topic'));
		const inCase = labels('cases:\n  - name: a\n    |\n');
		assert.ok(inCase.includes('query') && inCase.includes('expected') && !inCase.includes('name'));
		assert.ok(!inCase.includes('models'));
		assert.ok(labels('defaults:\n  |\n').includes('repeat'));
	});

	it('writes the colon of a new field, and a blank if its value stands on the line', () => {
		const insert = (marked: string, label: string) =>
			suiteCompletions(schema, at(marked).cursor).find((one) => one.label === label)?.insertText;
		assert.equal(insert('|', 'topic'), 'topic: ');
		assert.equal(insert('|', 'cases'), 'cases:');
		assert.equal(insert('top|: x', 'topic'), 'topic');
	});

	it('offers values: levels, types of assertions, true and false', () => {
		assert.deepEqual(labels('defaults:\n  thinking: |\n'), ['off', 'low', 'medium', 'high']);
		const types = labels('cases:\n  - assert:\n      - { type: | }\n');
		assert.ok(types.includes('equals') && types.includes('not-contains'));
		assert.deepEqual(labels('defaults:\n  expand: |\n'), ['true', 'false']);
	});

	it('knows what the type of an assertion takes, also if the type comes later', () => {
		assert.ok(labels('defaults:\n  assert:\n    - { type: word-count, value: { | } }\n').includes('min'));
		assert.ok(labels('defaults:\n  assert:\n    - value: { | }\n      type: not-word-count\n').includes('max'));
		assert.ok(!labels('defaults:\n  assert:\n    - { type: equals, value: { | } }\n').includes('min'));
	});

	it('offers nothing in a place that suites do not have', () => {
		assert.deepEqual(labels('nowhere:\n  |\n'), []);
	});

	it('says what a field or a type means', () => {
		const hover = (marked: string) => {
			const { cursor, word } = at(marked);
			return suiteHover(schema, cursor, word);
		};
		assert.match(hover('top|ic: General\n') ?? '', /search tools/);
		assert.match(hover('cases:\n  - assert: [{ type: eq|uals, value: a }]\n') ?? '', /exactly this text/);
		assert.equal(hover('wro|ng: General\n'), undefined);
	});
});

describe('the end of what a problem is about', () => {
	it('is that of a key, a value or a quoted text', () => {
		assert.equal(wordEnd('qury: Where?', 0), 4);
		assert.equal(wordEnd('  type: not so, more', 8), 14);
		assert.equal(wordEnd('a: "b, c" # d', 3), 9);
		assert.equal(wordEnd("a: 'it''s' # d", 3), 10);
		assert.equal(wordEnd('', 0), 1);
		assert.equal(wordEnd('a:\r', 2), 3);
	});
});
