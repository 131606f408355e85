import assert from 'node:assert/strict';
import fc from 'fast-check';
import nunjucks from 'nunjucks';
import { exportFiles } from '../../../src/formats/exportFiles.ts';
import { renderTemplate } from '../../../src/prompts/variables/renderTemplate.ts';
import { importText } from '../../support/formats/importText.ts';
import { templatesOf } from '../../support/formats/templatesOf.ts';

const values = {
	town: 'Lucca & "Pisa"',
	empty: '',
	sights: ['the {{wall}}', 'a <tower>'],
	open: true,
	closed: false,
	guide: { name: 'Ada', tours: [{ title: 'Old town' }, { title: 'Walls' }] },
	days: 3,
};

const engine = new nunjucks.Environment(null, { autoescape: false });
// Jinja's name of the filter that Nunjucks calls dump.
engine.addFilter('tojson', (value: unknown) => JSON.stringify(value));

function ours(text: string): string {
	const rendered = renderTemplate(text, values);
	assert.ok('text' in rendered, JSON.stringify(rendered));
	return rendered.text;
}

/** promptfoo fills its prompts in with Nunjucks: what that renders is what our draft renders. */
describe('Nunjucks in a config of promptfoo', () => {
	it('that is imported renders as there', async () => {
		const inline = fc.constantFrom(
			...['You guide.', '{', '}', '$5', 'a "b" & <c>', '- item', '\\', '%', '\\{', '  '],
			...[
				'{{town}}',
				'{{ guide.name }}',
				'{{ town | upper }}',
				'{{town|trim|lower}}',
				'{{ sights | join(", ") }}',
			],
			...[
				'{{ missing | default("x") }}',
				'{{ guide | dump }}',
				'a{# note #}',
				'in  {{- town }}',
				'{{ town -}}  by day',
			],
			...['{% if open %}open{% endif %}', '{% if not closed %}open{% else %}shut{% endif %}'],
			...[
				'{% for one in sights %}- {{ one }}; {% endfor %}',
				'{% for one in guide.tours %}{{ one.title }} {% endfor %}',
			],
			...['{% raw %}{{ town }} {% if %}{% endraw %}', '{% if empty %}full{% else %}empty{% endif %}'],
		);
		await fc.assert(
			fc.asyncProperty(templatesOf(inline, fc.constant('A line.')), async (template) => {
				const { drafts } = await importText('promptfooconfig.yaml', JSON.stringify({ prompts: [template] }));
				assert.equal(ours(drafts[0]?.text ?? ''), engine.renderString(template, values));
			}),
			{ numRuns: 1000 },
		);
	});

	it('that is exported renders as the draft does', async () => {
		const inline = fc.constantFrom(
			...['You guide.', '{', '}', '{%', '{#', '$5', '${{town}}', '\\', '\\{{town}}', '<b>'],
			...['{{town}}', '{{guide.name}}', '{{town | upper}}', '{{guide | json}}', 'a{{! note }}'],
			...['{{#open}}open{{/open}}', '{{^closed}}open{{/closed}}', '{{#sights}}- {{.}}; {{/sights}}'],
		);
		const alone = fc.constantFrom(
			'{{! a note }}',
			'{{#open}}\nyes\n{{/open}}',
			'{{#sights}}\n* {{.}}\n{{/sights}}',
			'{{^closed}}\n\nyes\n{{/closed}}',
		);
		await fc.assert(
			fc.asyncProperty(templatesOf(inline, alone), async (text) => {
				const draft = {
					name: 'a',
					text,
					kind: 'assistant' as const,
					variables: Object.keys(values).map((name) => ({ name, type: 'json' as const })),
					tools: [],
					promptRole: 'user' as const,
				};
				const { files } = exportFiles({ draft, suites: [] }, 'prompty');
				const [, body = ''] = /\nuser:\n([\s\S]*)$/.exec(files[0]?.text ?? '') ?? [];
				// The file ends with a line break of its own.
				assert.equal(engine.renderString(body, values).trimEnd(), ours(text).trimEnd());
			}),
			{ numRuns: 1000 },
		);
	});
});
