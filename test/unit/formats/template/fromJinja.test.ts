import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Findings } from '../../../../src/formats/reading/findings.ts';
import { fromJinja } from '../../../../src/formats/template/fromJinja.ts';
import { parseTemplate } from '../../../../src/prompts/variables/parseTemplate.ts';
import { renderTemplate } from '../../../../src/prompts/variables/renderTemplate.ts';

function convert(text: string) {
	const findings = new Findings();
	const converted = fromJinja(text, { findings, lineAt: (offset) => text.slice(0, offset).split('\n').length });
	return {
		converted,
		named: findings.report().map(({ line, what, outcome }) => `${line ?? '-'} ${outcome} ${what}`),
	};
}

const values = {
	a: 'A',
	empty: '',
	no: false,
	list: ['x', 'y'],
	items: [
		{ id: 1, tags: ['p'] },
		{ id: 2, tags: [] },
	],
	o: { p: { q: 'deep' } },
};

describe('a template of Jinja or Nunjucks', () => {
	// What the template engine itself gives.
	for (const [template, expected] of [
		['{{ a }} {{a|lower}} {{ a | upper | trim }}', 'A a A'],
		['{{ o.p["q"] }} {{ list[1] }} {{ o | dump }}', 'deep y {"p":{"q":"deep"}}'],
		['{{ list | join(", ") }} {{ missing | default("d") }} {{ a | safe }}', 'x, y d A'],
		['{% if a %}yes{% else %}no{% endif %} {% if not empty %}none{% endif %}', 'yes none'],
		['{% if no %}1{% else %}2{% endif %}', '2'],
		['{% for x in list %}[{{ x }}]{% endfor %}', '[x][y]'],
		['{% for i in items %}{{ i.id }}:{% for t in i.tags %}{{ t }}{% endfor %};{% endfor %}', '1:p;2:;'],
		['a{# note #}b', 'ab'],
		['a  {{- a -}}  b', 'aAb'],
		['{% raw %}{{ a }}{% endraw %}', '{{ a }}'],
		['{ {{ a }} } and {"k": {{ a }}}', '{ A } and {"k": A}'],
		['\\{{ a }} \\\\{{ a }}', '\\A \\\\A'],
		['{"json": {"deep": 1}} }} {', '{"json": {"deep": 1}} }} {'],
	] as const) {
		it(`gives the same text: ${template}`, () => {
			assert.deepEqual(renderTemplate(convert(template).converted, values), { text: expected });
		});
	}

	it('keeps what has no counterpart as text, and names it with its line', () => {
		const template =
			'a\n{{ a + 1 }} {{ a | title }} {% set b = 1 %}\n{% if a == 1 %}x{% elif a %}y{% endif %} {{ f(x) }}{% include "a" %}';
		const { converted, named } = convert(template);
		assert.deepEqual(renderTemplate(converted, {}), { text: template });
		assert.deepEqual(
			named.map((one) => one.slice(0, 9)),
			['2 dropped', '2 dropped', '2 dropped', '3 dropped', '3 dropped', '3 dropped', '3 dropped', '3 dropped'],
		);
	});

	it('reaches no code [attack 10]', () => {
		for (const attack of [
			'{{ constructor.constructor("return 1")() }}',
			'{{ a.__proto__ }}',
			'{{ a.constructor }}',
			'{{ [].map }}',
		]) {
			assert.deepEqual(renderTemplate(convert(attack).converted, values), { text: attack });
		}
	});

	it('is read in time, whatever it is', function () {
		this.timeout(20_000);
		const started = performance.now();
		for (const text of [
			'{{ a '.repeat(20_000),
			'{% if a %}'.repeat(20_000),
			'{{{{{{'.repeat(20_000),
			'{#'.repeat(50_000),
		]) {
			convert(text);
		}
		assert.ok(performance.now() - started < 10_000);
	});

	it('always becomes a template of ours', () => {
		const piece = fc.constantFrom(
			'{{ a }}',
			'{{',
			'}}',
			'{%',
			'%}',
			'{% if a %}',
			'{% else %}',
			'{% endif %}',
			'{% for x in l %}',
			'{{ x.y }}',
			'{% endfor %}',
			'{% raw %}',
			'{% endraw %}',
			'{',
			'}',
			'\\',
			'$',
			't',
			' ',
			'\n',
			'{#',
			'#}',
			'-',
		);
		fc.assert(
			fc.property(fc.array(piece, { maxLength: 15 }), (pieces) => {
				assert.deepEqual(parseTemplate(convert(pieces.join('')).converted).problems, []);
			}),
			{ numRuns: 5_000 },
		);
	});
});
