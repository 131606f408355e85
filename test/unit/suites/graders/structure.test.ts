import assert from 'node:assert/strict';
import { AppError } from '../../../../src/common/errors.ts';
import { gradeAnswer } from '../../../../src/suites/gradeAnswer.ts';
import { findJsonObjects } from '../../../../src/suites/grading/findJsonObjects.ts';
import { processorTime } from '../../../support/processorTime.ts';
import { announcedRandom } from '../../../support/random.ts';
import { directSandbox } from '../../../support/suites/directSandbox.ts';
import { assertion, graderContext, gradeWith } from '../../../support/suites/gradeWith.ts';

/** What an assertion says of an answer, as `true: reason`. */
async function says(type: string, value: unknown, output: string): Promise<string> {
	const { pass, error, reason } = await gradeWith(assertion(type, value === undefined ? {} : { value }), output);
	return `${error ? 'error' : pass}: ${reason}`;
}

function isJson(text: string): boolean {
	try {
		JSON.parse(text);
		return text !== '';
	} catch {
		return false;
	}
}

const order = { type: 'object', required: ['id'], properties: { id: { type: 'integer' } } };

describe('graders of structure', () => {
	for (const [type, value, output, expected] of [
		['is-json', undefined, '[1]', 'true: The answer is JSON: "[1]"'],
		['is-json', undefined, 'x', 'false: The answer is not JSON: "x"'],
		['is-json', order, '{"id":1}', 'true: The answer is JSON that fits the schema: “{"id":1}”'],
		[
			'is-json',
			order,
			'{"id":"1"}',
			'false: The answer is JSON that does not fit the schema: /id must be integer: “{"id":"1"}”',
		],
		[
			'is-json',
			'required: [a]',
			'{}',
			`false: The answer is JSON that does not fit the schema: / must have required property 'a': "{}"`,
		],
		['is-json', '[', '{}', 'error: The schema is neither JSON nor YAML'],
		['is-json', 5, '{}', 'error: "is-json" needs a value: a JSON Schema'],
		['is-json', { tpye: 'string' }, '{}', 'error: The schema is not valid: strict mode: unknown keyword: "tpye"'],
		[
			'is-json',
			{ $ref: 'https://x.y/z.json' },
			'{}',
			'error: The schema refers to "https://x.y/z.json", but only references inside',
		],
		['is-json', { $async: true, type: 'object' }, '{}', 'error: The schema must not be asynchronous'],
		['is-json', { $ref: '#' }, '{}', 'error: The schema refers to itself without end'],
		['is-json', { pattern: '(' }, '{}', 'error: The schema is not valid: Invalid regular expression'],
		['contains-json', undefined, 'a {"b":1} c', 'true: The answer contains a JSON object: “{"b":1}”'],
		['contains-json', undefined, 'a [1] c', 'false: The answer contains no JSON object: "a [1] c"'],
		[
			'contains-json',
			order,
			'a {"b":1} {"id":2}',
			'true: The answer contains JSON that fits the schema: “{"id":2}”',
		],
		[
			'contains-json',
			order,
			'a {"b":1}',
			`false: The answer contains no JSON that fits the schema: / must have required property 'id': “{"b":1}”`,
		],
		['is-xml', undefined, '<a/>', 'true: The answer is XML with the root <a>'],
		[
			'is-xml',
			undefined,
			'<a>1 < 2</a>',
			'false: The answer is not XML: at 6, "<" that starts no tag: "<a>1 < 2</a>"',
		],
		['is-xml', undefined, '<a>', 'false: The answer is not XML: at 4, <a> is not closed: "<a>"'],
		[
			'is-xml',
			undefined,
			'<a b="1" b="2"/>',
			'false: The answer is not XML: at 1, <a has a wrong attribute or no end',
		],
		['is-xml', undefined, '<a/><b/>', 'false: The answer is not XML: at 5, a second root element'],
		[
			'is-xml',
			undefined,
			'<a><!-- x -- y --></a>',
			'false: The answer is not XML: at 4, a comment that does not end',
		],
		[
			'is-xml',
			undefined,
			'<!DOCTYPE a SYSTEM "x"><a><![CDATA[<]]>&#65;<?p?></a>',
			'true: The answer is XML with the root <a>',
		],
		['is-xml', 'a.c', '<a><b/></a>', 'false: The answer is XML without a.c: "<a><b/></a>"'],
		['is-xml', { requiredElements: 'b' }, '<b/>', 'true'],
		['is-xml', 5, '<b/>', 'error: "is-xml" needs a value: paths of elements such as "root.item"'],
		['contains-xml', 'a.b.1', 'x <a><b/><b/></a>', 'true: The answer contains "<a>"'],
		['contains-xml', 'c', 'x <a><b/></a>', 'false: The answer contains "<a>", but not c'],
		['contains-xml', undefined, 'List<String>', 'false: The answer contains no XML element: "List<String>"'],
	] as const) {
		it(`${type} says of ${output}: ${expected}`, async () => {
			const said = await says(type, value, output);
			assert.ok(said.startsWith(expected), said);
		});
	}

	it('contains-json finds what is complete, also in something that is not', async () => {
		for (const output of [
			'{"a": {"b":1} x',
			'{"say {"b":1}',
			'[{"b":1}, oops',
			'{"a":"\\"{"}{"b":1}',
			'{ {"b":1} }',
		]) {
			assert.match(await says('contains-json', { required: ['b'] }, output), /^true/, output);
		}
		for (const output of [
			'{"a":01}',
			'{"a":1,}',
			'{,}',
			'{"a" 1}',
			'{"a":[1,]}',
			'{"a":tru}',
			'{"a":"\t"}',
			'{"a":}',
		]) {
			assert.match(await says('contains-json', undefined, output), /^false/, output);
		}
	});

	it('contains-json finds what a search that tries every pair of braces finds', () => {
		const random = announcedRandom();
		const pieces = ['{', '}', '[', ']', '"a"', '"', '"{"', ':', ',', '1', ' ', 'x', '{}', '"a":1', 'null'];
		for (let run = 0; run < 20_000; run++) {
			const text = Array.from({ length: 12 }, () => pieces[Math.trunc(random() * pieces.length)]).join('');
			const found = findJsonObjects(text);
			for (const [start, end] of found) {
				assert.ok(isJson(text.slice(start, end)), text);
			}
			const starts = [...text.matchAll(/\{/g)].map(({ index }) => index);
			const ends = [...text.matchAll(/\}/g)].map(({ index }) => index + 1);
			const isThere = starts.some((start) => ends.some((end) => isJson(text.slice(start, end))));
			assert.equal(found.length > 0, isThere, text);
		}
	});

	it('take linear time, whatever is in the answer', async function () {
		this.timeout(60_000);
		const bound = Array.from({ length: 20_000 }, (_, index) => `<a xmlns:p${index}="x">`).join('');
		for (const piece of [
			bound,
			'{',
			'{"a":',
			'[{"a":',
			'{"a":"',
			'{"',
			'{}',
			'<a>',
			'<!--',
			'<a b="',
			'<![CDATA[',
			'<a b="1" ',
			'&amp;<',
			'</a>',
		]) {
			// The shorter text first, so that a time that grows with the square fails soon.
			for (const length of [50_000, 200_000]) {
				const output = piece.repeat(Math.ceil(length / piece.length));
				const spent = processorTime();
				await says('contains-json', undefined, output);
				await says('contains-xml', undefined, output);
				await says('is-xml', undefined, output);
				assert.ok(spent() < length / 100, `${piece.slice(0, 20)} took ${spent()} ms`);
			}
		}
	});

	it('read long and deep JSON', async () => {
		const longText = JSON.stringify({ a: 'x'.repeat(5_000_000) });
		assert.match(await says('contains-json', undefined, longText), /^true/);
		const deep = `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
		assert.match(await says('contains-json', undefined, deep), /^true/);
		const items = JSON.stringify({ a: Array.from({ length: 50_000 }, (_, id) => ({ id, b: 1 })) });
		const schema = { properties: { a: { type: 'array', uniqueItems: true } } };
		assert.match(await says('is-json', schema, items), /^true/);
		assert.match(await says('is-json', schema, '{"a":[{"x":1,"y":2},{"y":2,"x":1}]}'), /^false/);
		assert.match(await says('is-json', schema, '{"a":[{"x":1},[["x",1]]]}'), /^true/);
	});

	it('read newer schemas that say so', async () => {
		const schema = {
			$schema: 'https://json-schema.org/draft/2020-12/schema',
			prefixItems: [{ type: 'string' }],
			items: false,
		};
		assert.match(await says('is-json', { ...schema, type: 'array', minItems: 1 }, '["a"]'), /^true/);
		assert.match(await says('is-json', { ...schema, type: 'array', minItems: 1 }, '[1]'), /^false/);
	});

	it('match the patterns of a schema in the sandbox, where they may take their time', async () => {
		const schema = {
			type: 'object',
			patternProperties: { '^id_': { type: 'string', pattern: '^\\d+$' } },
			additionalProperties: false,
		};
		assert.match(await says('is-json', schema, '{"id_a":"12","id_b":"3"}'), /^true/);
		assert.match(await says('is-json', schema, '{"id_a":"12","id_b":"x"}'), /^false.*\/id_b must match pattern/);
		assert.match(await says('is-json', schema, '{"name":"12"}'), /^false/);
		const sandbox = { ...directSandbox, matches: () => Promise.reject(new AppError('validation', 'too slow')) };
		const context = { ...graderContext('{"id_a":"12"}'), sandbox };
		const { verdict, assertions } = await gradeAnswer(
			[assertion('is-json', { value: schema })],
			undefined,
			context,
		);
		assert.deepEqual([verdict, assertions[0]?.reason], ['error', 'too slow']);
		const both = await Promise.all(['1', 'x', '2', 'y'].map((id) => says('is-json', schema, `{"id_a":"${id}"}`)));
		assert.deepEqual(
			both.map((said) => said.slice(0, 4)),
			['true', 'fals', 'true', 'fals'],
		);
	});

	for (const [format, right, wrong] of [
		['date', '2024-02-29', '2023-02-29'],
		['time', '12:00:00Z', '25:00:00Z'],
		['date-time', '2024-02-29T12:00:00+02:00', '2024-02-29 noon'],
		['duration', 'P1DT2H', 'PT'],
		['email', 'ada@example.org', 'ada@'],
		['hostname', 'example.org', '-x.org'],
		['ipv4', '127.0.0.1', '256.0.0.1'],
		['ipv6', '::1', ':::'],
		['uri', 'https://x.y/z?a=1', '/z'],
		['url', 'https://x.y', 'mailto:a@b.c'],
		['uri-reference', '/z', 'a b'],
		['uuid', '123e4567-e89b-12d3-a456-426614174000', '123e4567'],
		['regex', 'a+', '('],
		['json-pointer', '/a/~0b', 'a'],
		['byte', 'YWJj', 'YWJ'],
	] as const) {
		it(`know the format ${format}`, async () => {
			const schema = { type: 'string', format };
			assert.match(await says('is-json', schema, JSON.stringify(right)), /^true/);
			assert.match(await says('is-json', schema, JSON.stringify(wrong)), /^false/);
		});
	}
});
