import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseTemplate } from '../../../../src/prompts/variables/parseTemplate.ts';
import { processorTime } from '../../../support/processorTime.ts';
import { fuzzSeed, announceSeed } from '../../../support/random.ts';

/** Each problem as the text that it marks and its code. */
function problemsOf(text: string): string[] {
	return parseTemplate(text).problems.map(({ start, end, code }) => `${text.slice(start, end)} ${code}`);
}

function tagsOf(text: string): string[] {
	return parseTemplate(text).tags.map(({ kind, name }) => (name === '' ? kind : `${kind} ${name}`));
}

describe('reading a template', () => {
	it('finds tags with their names, filters and offsets', () => {
		const text =
			'Hi {{ customer.first-name | trim | default("you \\"all\\"") }}!{{#items}}{{.}}{{/items}}{{^ x }}{{/x}}';
		const { tags, problems, ends } = parseTemplate(text);
		assert.deepEqual(problems, []);
		assert.deepEqual(tagsOf(text), [
			'variable customer.first-name',
			'section items',
			'variable .',
			'end items',
			'inverted x',
			'end x',
		]);
		assert.deepEqual(tags[0]?.filters, [{ name: 'trim' }, { name: 'default', argument: 'you "all"' }]);
		const names = tags.map(({ nameStart, nameEnd, name }) => text.slice(nameStart, nameEnd) === name);
		assert.ok(names.every(Boolean));
		assert.deepEqual(
			[...ends],
			[
				[1, 3],
				[4, 5],
			],
		);
		assert.equal(text.slice(tags[1]?.start, tags[1]?.end), '{{#items}}');
	});

	for (const text of [
		'{"a":{"b":1}}',
		'{"a":{"b":{"c":[1,{"d":2}]}}}',
		'Answer as {{"title": "…", "tags": ["a"]}}',
		'{{title: string, url: string}}',
		'\\frac{{a}+{b}}{{c}-{d}}',
		'x^{{2}} and {{}} and {{ }} and {{{}}}',
		'{{\\bf bold}}',
		'${{ github.event.name }} and ${{x}}',
		'\\{{name}} and \\{{#if x}} and \\{% if x %}',
		'{{\n  "a": 1\n}}',
		'new ArrayList() {{ add(1); }}',
		'{{\n name\n}}',
		'C# uses {0} and {1:N2}, Rust {:?}, CSS a{b:c}',
		'{{{{',
		'}}}} {{',
		'{%} {#} {# {#1} \\newcommand{\\x}[1]{#1}',
		'{{ , }} {{ ; }} {{-}} {{~}} {{|}} {{=}} {{>}}',
		'style={{color: "red"}} and <Tag a={{b: 1}} />',
	]) {
		it(`leaves ${JSON.stringify(text)} as text`, () => {
			assert.deepEqual([...problemsOf(text), ...tagsOf(text)], []);
		});
	}

	for (const [text, expected] of [
		['a {{name', '{{name unclosed-tag'],
		['a {{name} b', '{{name unclosed-tag'],
		['a {{name and {{other}}', '{{name unclosed-tag'],
		['{{name\n}}', '{{name unclosed-tag'],
		['{{! never', '{{! unclosed-tag'],
		['{{> header}}', '{{> header}} unsupported'],
		['{{=<% %>=}}', '{{=<% %>=}} unsupported'],
		['{% if x %}', '{% if x %} unsupported'],
		['{# note #}', '{# note #} unsupported'],
		['{{ a + 1 }}', '{{ a + 1 }} unsupported'],
		['{{ 1 + 2 }}', '{{ 1 + 2 }} unsupported'],
		['{{ a if b else c }}', '{{ a if b else c }} unsupported'],
		['{{ now() }}', '{{ now() }} unsupported'],
		['{{ a.b(1) | upper }}', '{{ a.b(1) | upper }} unsupported'],
		['{{- name -}}', '{{- name -}} unsupported'],
		['{{x[1]}}', '{{x[1]}} bad-name'],
		['{{user name}}', '{{user name}} bad-name'],
		['{{a.}}', '{{a.}} bad-name'],
		['{{na\u200bme}}', '{{na\u200bme}} bad-name'],
		['{{\u00a0name\u00a0}}', '{{\u00a0name\u00a0}} bad-name'],
		['{{\u202ename}}', '{{\u202ename}} bad-name'],
		['{{.}}', '{{.}} bad-name'],
		['{{a | uper}}', '{{a | uper}} bad-filter'],
		['{{a | join(1, 2)}}', '{{a | join(1, 2)}} bad-filter'],
		['{{#a | upper}}', '{{#a | upper}} bad-filter'],
		['{{#a}} b', '{{#a}} unclosed-section'],
		['b {{/a}}', '{{/a}} stray-end'],
		['{{#a}}{{#b}}{{/a}}', '{{#b}} unclosed-section'],
		['{{#if x}}y{{/if}}', '{{#if x}} unsupported'],
	] as const) {
		it(`names the problem of ${JSON.stringify(text)}`, () => {
			assert.deepEqual(problemsOf(text), [expected]);
		});
	}

	it('says in full what to write', () => {
		const messages = parseTemplate('{{#a}} {{/b}} {{user name}} {% if x %}').problems.map(({ message }) => message);
		assert.deepEqual(messages, [
			'The section "a" is not closed: write {{/a}} where it ends',
			'There is no {{#b}} before this end of a section: delete it',
			'A name has no spaces: write {{user_name}}, or \\{{user name}} to keep it as text',
			'Statements such as {% if x %} are not supported. Write {{#name}}…{{/name}} for a condition or a list, or \\{% if x %} to keep it as text',
		]);
	});

	it('counts the backslashes before a tag: an odd one keeps it as text', () => {
		assert.deepEqual(tagsOf('\\{{a}} \\\\{{b}} \\\\\\{{c}}'), ['variable b']);
	});

	it('refuses sections in sections without end, and reports them once', () => {
		const deep = (depth: number) => '{{#a}}'.repeat(depth) + '{{/a}}'.repeat(depth);
		assert.deepEqual(problemsOf(deep(100)), []);
		assert.deepEqual(problemsOf(deep(5_000)), ['{{#a}} too-deep']);
	});

	for (const text of [
		'{{#a}}'.repeat(30_000) + '{{/b}}'.repeat(30_000),
		'{{#if a}}'.repeat(20_000) + '{{/b}}'.repeat(30_000),
	]) {
		it(`reads many ends without a section in linear time: ${text.slice(0, 10)}`, function () {
			this.timeout(60_000);
			const used = processorTime();
			parseTemplate(text);
			// A square takes ten times as long.
			assert.ok(used() < 700, `${used()} ms`);
		});
	}

	it('never throws, and every tag and problem lies in the text', function () {
		this.timeout(30_000);
		announceSeed();
		const piece = fc.constantFrom(
			'{',
			'}',
			'{{',
			'}}',
			'{%',
			'%}',
			'#',
			'/',
			'^',
			'!',
			'|',
			' ',
			'\\',
			'$',
			'"',
			'(',
			')',
			'.',
			'a',
			'if',
			'upper',
			'join',
			'\n',
			'é',
			'\u200b',
			'💡',
			'\ud800',
		);
		fc.assert(
			fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
				const text = pieces.join('');
				const { tags, problems } = parseTemplate(text);
				for (const { start, end } of [...tags, ...problems]) {
					assert.ok(start >= 0 && start < end && end <= text.length);
				}
				for (const [index, { start }] of tags.entries()) {
					assert.ok(start >= (tags[index - 1]?.end ?? 0), 'tags do not overlap');
				}
			}),
			{ seed: fuzzSeed, numRuns: 3_000 },
		);
	});

	for (const [name, part] of [
		['backslashes', '\\'],
		['braces', '{'],
		['open tags', '{{a'],
		['open comments', '{{!}'],
		['open statements', '{% a '],
		['open texts', '{{a|default("'],
		['hyphens', '{{a-'],
		['pipes', '{{a|'],
		['spaces', '{{ a '],
		['dots', '{{a.'],
		['balanced braces', '{{a}{'],
	] as const) {
		it(`reads 200 KB of ${name} in time that grows with the length`, function () {
			this.timeout(30_000);
			const text = part.repeat(Math.ceil(200_000 / part.length));
			const used = processorTime();
			parseTemplate(text);
			assert.ok(used() < 1_500, `${Math.round(used())} ms`);
		});
	}
});
