import assert from 'node:assert/strict';
import fc from 'fast-check';
import Mustache from 'mustache';
import { renderTemplate, type RenderOptions } from '../../../../src/prompts/variables/renderTemplate.ts';
import { processorTime } from '../../../support/processorTime.ts';
import { announceSeed, fuzzSeed } from '../../../support/random.ts';

function render(text: string, values: Record<string, unknown> = {}, options?: RenderOptions): string {
	const rendered = renderTemplate(text, values, options);
	return 'text' in rendered ? rendered.text : `! ${rendered.problems.map(({ message }) => message).join(' | ')}`;
}

describe('rendering a template', () => {
	for (const [text, values, expected] of [
		['Hi {{name}}!', { name: 'Ada' }, 'Hi Ada!'],
		['{{{a}}}{{&a}}{{a}}', { a: '<&"\'>' }, '<&"\'><&"\'><&"\'>'],
		['{{a.b.0.c}}', { a: { b: [{ c: 7 }] } }, '7'],
		['{{a}} {{b}} {{c}} {{d}}', { a: null, b: true, c: ['x', 2, null], d: { e: [1] } }, ' true x,2, {"e":[1]}'],
		['{{a | upper}}{{a|lower}}{{ b | trim }}', { a: 'Äb', b: ' x ' }, 'ÄBäbx'],
		['{{l | join(", ")}} {{l|join}} {{l | json}}', { l: ['a', 'b'] }, 'a, b ab ["a","b"]'],
		["{{no | default('x')}}{{e | default('x')}}{{no.b | default(3) | trim}}", { e: '' }, 'x3'],
		['{{#l}}{{n}}={{top}};{{/l}}', { l: [{ n: 1 }, { n: 2 }], top: 't' }, '1=t;2=t;'],
		['{{#l}}[{{.}}]{{/l}}{{^e}}none{{/e}}', { l: ['a', 'b'], e: [] }, '[a][b]none'],
		['{{#l}}{{#note}}({{note}}){{/note}}{{/l}}', { l: [{ note: 'x' }, {}] }, '(x)'],
		['{{#yes}}y{{/yes}}{{#no}}n{{/no}}{{^no}}!{{/no}}', { yes: true, no: false }, 'y!'],
		['a{{! no }}b', {}, 'ab'],
		['\\{{a}} \\\\{{a}} \\n \\{{"a"}}', { a: 1 }, '{{a}} \\1 \\n \\{{"a"}}'],
		['${{a}} {"x":{"y":{{a}}}}', { a: 1 }, '${{a}} {"x":{"y":1}}'],
		['{{a}}', { a: '{{b}} {{#c}} \\{{d}}', b: 'no' }, '{{b}} {{#c}} \\{{d}}'],
		['l\n {{#a}} \nx\n{{/a}}\r\nend\n{{! c }}', { a: true }, 'l\nx\nend\n'],
		['{{größe}}', { größe: 1 }, '1'],
	] as const) {
		it(`of ${JSON.stringify(text)}`, () => {
			assert.equal(render(text, values), expected);
		});
	}

	it('reaches nothing but own data: no prototype, method, getter or length of a text', () => {
		const values = {
			text: 'abc',
			list: [1],
			object: {},
			run: () => 'code',
			get secret() {
				return 'code';
			},
		};
		for (const name of [
			'__proto__',
			'constructor',
			'constructor.name',
			'text.length',
			'text.0',
			'list.map',
			'object.toString',
			'object.__proto__',
			'list.constructor.name',
			'toString',
			'hasOwnProperty',
			'secret',
		]) {
			assert.equal(render(`{{${name}}}`, values), `! The variable "${name}" has no value`);
			assert.equal(render(`{{${name} | default("-")}}`, values), '-');
		}
		assert.match(render('{{run}}', values), /The value of "run" cannot be used here/);
		assert.equal(render('{{#object}}{{#__proto__}}x{{/__proto__}}{{/object}}', values), '');
		assert.equal(render('{{__proto__}}', JSON.parse('{"__proto__": "own"}') as Record<string, unknown>), 'own');
	});

	it('names each variable without a value once, and keeps its tag in the preview', () => {
		const rendered = renderTemplate('{{a}} {{b}} {{a}} {{#c}}x{{/c}}', { b: 1 });
		assert.ok('problems' in rendered);
		assert.deepEqual(
			rendered.problems.map(({ code, variable, start }) => [code, variable, start]),
			[
				['missing-value', 'a', 0],
				['missing-value', 'c', 18],
			],
		);
		assert.equal(rendered.preview, '{{a}} 1 {{a}} ');
	});

	it('previews what it can of a template with problems', () => {
		const rendered = renderTemplate('{{a}} {{#b}} {{> c}} {{/d}} {{a | x}}', { a: 1 });
		assert.ok('problems' in rendered);
		assert.equal(rendered.problems.length, 4);
		assert.equal(rendered.preview, '1 {{#b}} {{> c}} {{/d}} {{a | x}}');
	});

	it('with chosen names leaves everything else as it is', () => {
		const only = new Set(['a', 'l']);
		const text =
			'What is {{x}} in {{a}}? {{> p}} {{y | z}} \\{{x}} \\{{a}} {{#x}}{{a}}{{/y}} {{#l}}{{k}}{{/l}} {{.}}';
		assert.equal(
			render(text, { a: 1, l: [{ k: 2 }] }, { only }),
			'What is {{x}} in 1? {{> p}} {{y | z}} \\{{x}} {{a}} {{#x}}1{{/y}} 2 {{.}}',
		);
		assert.match(render('{{a | nope}}', { a: 1 }, { only }), /There is no filter "nope"/);
		assert.match(render('{{a}}', {}, { only }), /The variable "a" has no value/);
	});

	it('renders 10,000 variables in 50 ms', function () {
		this.timeout(30_000);
		const names = Array.from({ length: 10_000 }, (_, index) => `variable_${index}`);
		const text = names.map((name) => `{{ ${name} }}`).join(' and ');
		const values = Object.fromEntries(names.map((name) => [name, 'x']));
		render(text, values);
		const times = Array.from({ length: 5 }, () => {
			const used = processorTime();
			render(text, values);
			return used();
		});
		assert.ok(Math.min(...times) < 50, `${times.join(', ')} ms`);
	});

	it('ends a result that is too long, and sections that repeat without end', function () {
		this.timeout(30_000);
		const list = Array.from({ length: 1_000 }, () => 'x'.repeat(100));
		assert.match(render('{{#l}}{{#l}}{{.}}{{/l}}{{/l}}', { l: list }), /longer than 10000000 characters/);
		assert.match(render('{{#l}}{{#l}}{{#l}}{{/l}}{{/l}}{{/l}}', { l: list }), /repeat too often/);
		assert.match(render('{{a}}', { a: 'abc' }, { maxLength: 2 }), /longer than 2 characters/);
	});

	it('survives values that are deep or circular', () => {
		const circle: Record<string, unknown> = {};
		circle['self'] = circle;
		assert.match(render('{{c}}', { c: circle }), /cannot be written as JSON/);
		const ring: unknown[] = [];
		ring.push(ring);
		assert.match(render('{{r}}', { r: ring }), /cannot be written as JSON/);
		const deep = '{{#a}}'.repeat(100) + '{{/a}}'.repeat(100);
		assert.equal(render(deep, { a: [true] }), '');
	});

	it('previews sections that are nested too deeply as they are written', () => {
		const deeper = (depth: number) => '{{#a}}'.repeat(depth) + 'x' + '{{/a}}'.repeat(depth);
		const rendered = renderTemplate(deeper(50_000), { a: true });
		assert.ok('problems' in rendered);
		assert.deepEqual(
			rendered.problems.map(({ code }) => code),
			['too-deep'],
		);
		assert.equal(rendered.preview, deeper(50_000 - 100));
	});

	it('agrees with Mustache on sections and lonely lines', function () {
		this.timeout(30_000);
		announceSeed();
		const name = fc.constantFrom('a', 'b', 'l', 'o', 'o.k', 'no', 'zero');
		const space = fc.constantFrom('', ' ', '\n', '  \n', 'x', '\r\n', '\t');
		const { text } = fc.letrec<{ text: string; part: string }>((tie) => ({
			text: fc.array(tie('part'), { maxLength: 5 }).map((parts) => parts.join('')),
			part: fc.oneof(
				{ depthSize: 'small' },
				space,
				fc.constantFrom('a', 'b', 'o.k', 'zero').map((of) => `{{${of}}}`),
				fc.constant('{{! c }}'),
				fc
					.tuple(fc.constantFrom('#', '^'), name, space, tie('text'), space)
					.map(([sigil, of, before, inner, after]) => `{{${sigil}${of}}}${before}${inner}${after}{{/${of}}}`),
			),
		}));
		const values = { a: 'A', b: true, l: [1, { a: 'inner' }, 'x'], o: { k: ['v'] }, no: false, zero: 0 };
		fc.assert(
			fc.property(text, (template) => {
				const expected = Mustache.render(template, values, {}, { escape: String });
				assert.equal(render(template, values), expected, template);
			}),
			{ seed: fuzzSeed, numRuns: 2_000 },
		);
	});
});
