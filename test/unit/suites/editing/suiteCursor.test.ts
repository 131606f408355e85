import assert from 'node:assert/strict';
import { suiteCursor } from '../../../../src/suites/editing/suiteCursor.ts';

/** The cursor at `|`, which is not part of the text. */
function at(marked: string) {
	const offset = marked.indexOf('|');
	const text = marked.slice(0, offset) + marked.slice(offset + 1);
	const cursor = suiteCursor(text, offset);
	return (
		cursor && {
			path: cursor.path.join('.'),
			role: cursor.role,
			replaces: text.slice(cursor.start, cursor.end),
			fields: [...(cursor.fields.at(-1)?.keys() ?? [])],
		}
	);
}

describe('the place of a cursor in a suite', () => {
	it('is a key of the suite, at the top and between its fields', () => {
		assert.deepEqual(at('de|'), { path: '', role: 'key', replaces: 'de', fields: [] });
		assert.deepEqual(at('|'), { path: '', role: 'key', replaces: '', fields: [] });
		assert.deepEqual(at('topic: General\n|\ncases: []\n'), {
			path: '',
			role: 'key',
			replaces: '',
			fields: ['topic', 'cases'],
		});
		assert.deepEqual(at('top|ic: General\n'), { path: '', role: 'key', replaces: 'topic', fields: ['topic'] });
	});

	it('is a value, with or without text', () => {
		assert.deepEqual(at('thinking: l|ow # a comment\n'), {
			path: 'thinking',
			role: 'value',
			replaces: 'low',
			fields: [],
		});
		assert.deepEqual(at('thinking: |\n'), { path: 'thinking', role: 'value', replaces: '', fields: [] });
		assert.equal(at('thinking:|\n')?.role, undefined);
	});

	it('is inside the items of lists, indented or not', () => {
		const expected = { path: 'cases.1', role: 'key', replaces: 'as', fields: ['name'] };
		assert.deepEqual(at('cases:\n  - name: a\n  - name: b\n    as|\n'), expected);
		assert.deepEqual(at('cases:\n- name: a\n- name: b\n  as|\n'), expected);
		assert.deepEqual(at('cases:\r\n- name: a\r\n- name: b\r\n  as|\r\n'), expected);
		assert.deepEqual(at('cases:\n  - na|\n'), { path: 'cases.0', role: 'either', replaces: 'na', fields: [] });
		assert.deepEqual(at('cases:\n  - |\n'), { path: 'cases.0', role: 'either', replaces: '', fields: [] });
	});

	it('is in a new map below its key, and leaves it with the indentation', () => {
		assert.deepEqual(at('defaults:\n  |\n'), { path: 'defaults', role: 'either', replaces: '', fields: [] });
		assert.deepEqual(at('defaults:\n  repeat: 2\n  |\n')?.fields, ['repeat']);
		assert.deepEqual(at('defaults:\n  repeat: 2\n|\n')?.path, '');
	});

	it('is inside brackets, also of several lines and unclosed ones', () => {
		assert.deepEqual(at('assert:\n  - { type: equals, |}\n'), {
			path: 'assert.0',
			role: 'key',
			replaces: '',
			fields: ['type'],
		});
		assert.deepEqual(at('assert:\n  - { ty| }\n')?.replaces, 'ty');
		assert.deepEqual(at('assert: [{ type: eq|uals, value: "a, b: {" }]\n'), {
			path: 'assert.0.type',
			role: 'value',
			replaces: 'equals',
			fields: [],
		});
		assert.deepEqual(at('assert:\n  - { type: |\n  - { type: equals }\n')?.path, 'assert.0.type');
		assert.deepEqual(at('tags: [a, b|]\n')?.path, 'tags.1');
		assert.deepEqual(at('tools:\n  - { name: a,\n      des|: b }\n'), {
			path: 'tools.0',
			role: 'key',
			replaces: 'des',
			fields: ['name', 'des'],
		});
		assert.deepEqual(at('a: { b: { c: 1 }, d| }\n')?.path, 'a');
	});

	it('is nowhere in comments and block texts', () => {
		assert.equal(at('# topic|\n'), undefined);
		assert.equal(at('cases:\n  - query: |+\n'.replace('|+', '>') + '      ty|pe: x\n'), undefined);
		assert.equal(at('cases:\n  - query: >\n      text\n    na|\n')?.path, 'cases.0');
	});

	it('is found soon in a long suite, and not looked for in a huge one', () => {
		const one = '  - { name: a, query: "b, c", assert: [{ type: equals, value: d }] }\n';
		const text = `cases:\n${one.repeat(14_000)}`;
		const began = performance.now();
		assert.equal(suiteCursor(`${text}to`, text.length + 2)?.role, 'key');
		assert.ok(performance.now() - began < 2_000);
		assert.equal(suiteCursor(text.repeat(2), 1), undefined);
	});
});
