import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Findings } from '../../../../src/formats/reading/findings.ts';
import { fromHandlebars, handlebarsParts } from '../../../../src/formats/template/fromHandlebars.ts';
import { parseTemplate } from '../../../../src/prompts/variables/parseTemplate.ts';
import { renderTemplate } from '../../../../src/prompts/variables/renderTemplate.ts';

function convert(text: string) {
	const findings = new Findings();
	const converted = fromHandlebars(handlebarsParts(text), { findings, lineAt: () => 1 });
	return { converted, named: findings.report().map(({ what, outcome }) => `${outcome} ${what}`) };
}

const values = { a: 'A', no: false, list: ['x', 'y'], items: [{ id: 1 }, { id: 2 }], o: { p: 'deep' } };

describe('a template of Handlebars', () => {
	// What Handlebars gives without escaping.
	for (const [template, expected] of [
		['{{a}} {{{a}}} {{&a}} {{ o.p }} {{o/p}}', 'A A A deep deep'],
		['{{#if a}}yes{{else}}no{{/if}} {{#unless no}}none{{/unless}}', 'yes none'],
		['{{#if no}}1{{else}}2{{/if}}', '2'],
		['{{#each list}}[{{this}}]{{/each}}', '[x][y]'],
		['{{#each items}}{{id}}{{this.id}}{{../a}};{{/each}}', '11A;22A;'],
		['{{#list}}{{.}}{{/list}}{{^no}}!{{/no}}', 'xy!'],
		['{{json o}} {{json list indent=2}}', '{"p":"deep"} ["x","y"]'],
		['a{{! note }}b{{!-- {{a}} --}}c', 'abc'],
		['a  {{~a~}}  b', 'aAb'],
		['\\{{a}} \\\\{{a}}', '{{a}} \\A'],
	] as const) {
		it(`gives the same text: ${template}`, () => {
			assert.deepEqual(renderTemplate(convert(template).converted, values), { text: expected });
		});
	}

	it('keeps what has no counterpart as text, and names it', () => {
		const template = '{{> part}} {{helper x}} {{@index}} {{#custom x y}}b{{/custom}} {{else}} {{#if a}}';
		const { converted, named } = convert(template);
		assert.deepEqual(renderTemplate(converted, {}), { text: template });
		assert.equal(named.length, 7);
	});

	it('always becomes a template of ours', () => {
		const piece = fc.constantFrom(
			'{{a}}',
			'{{',
			'}}',
			'{{{',
			'}}}',
			'{{#if a}}',
			'{{else}}',
			'{{/if}}',
			'{{#each l}}',
			'{{this}}',
			'{{/each}}',
			'{{!--',
			'--}}',
			'{{!',
			'{',
			'\\',
			'$',
			't',
			' ',
			'\n',
			'~',
		);
		fc.assert(
			fc.property(fc.array(piece, { maxLength: 15 }), (pieces) => {
				assert.deepEqual(parseTemplate(convert(pieces.join('')).converted).problems, []);
			}),
			{ numRuns: 5_000 },
		);
	});
});
