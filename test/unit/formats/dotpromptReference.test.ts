import assert from 'node:assert/strict';
import { Dotprompt } from 'dotprompt';
import fc from 'fast-check';
import { exportFiles } from '../../../src/formats/exportFiles.ts';
import { renderTemplate } from '../../../src/prompts/variables/renderTemplate.ts';
import { importText } from '../../support/formats/importText.ts';
import { templatesOf } from '../../support/formats/templatesOf.ts';

const values = {
	town: 'Lucca & "Pisa"',
	empty: '',
	sights: ['the {{wall}}', 'a <tower>'],
	none: [],
	open: true,
	closed: false,
	guide: { name: 'Ada', tours: [{ title: 'Old town' }, { title: 'Walls' }] },
	days: 3,
};

/** The text of the only message, as the library of Dotprompt renders it. */
async function asRendered(source: string): Promise<string> {
	const { messages } = await new Dotprompt().render(source, { input: values });
	return messages.map(({ content }) => content.map((part) => ('text' in part ? part.text : '')).join('')).join('\n');
}

function ours(text: string): string {
	const rendered = renderTemplate(text, values);
	assert.ok('text' in rendered, JSON.stringify(rendered));
	return rendered.text;
}

const words = fc.constantFrom(
	'You guide.',
	'{',
	'}',
	'$5',
	'a "b" & <c>',
	'- item',
	'\\',
	'\\{{town}}',
	'é',
	'%}',
	'  ',
);
const tags = fc.constantFrom(
	'{{town}}',
	'{{{town}}}',
	'{{guide.name}}',
	'in  {{~town}}',
	'{{town~}}  by day',
	'a{{! note }}',
	'a{{!-- note with }} --}}',
	'{{json guide}}',
	'{{#if open}}open{{/if}}',
	'{{#if closed}}open{{else}}shut{{/if}}',
	'{{#if empty}}full{{else}}empty{{/if}}',
	'{{#unless closed}}open{{/unless}}',
	'{{#each sights}}- {{this}}; {{/each}}',
	'{{#each guide.tours}}{{title}} by {{../guide.name}}. {{/each}}',
	'{{#each none}}x{{else}}nothing{{/each}}',
);
/** Two of these in one line would leave it there and take it away here: only one stands in each. */
const lines = fc.constantFrom(
	'{{! a note }}',
	'  {{!-- a note with }} --}}',
	'{{#if open}}\nyes\n{{else}}\nno\n{{/if}}',
	'{{#each sights}}\n* {{this}}\n{{/each}}',
);
/** The library that defines the format is the reference: what it renders is what our draft renders. */
describe('Dotprompt', () => {
	it('that is imported renders as its own library renders it', async () => {
		await fc.assert(
			fc.asyncProperty(templatesOf(fc.oneof(words, tags), lines), async (template) => {
				const { drafts } = await importText('a.prompt', `---\nname: a\n---\n${template}`);
				// An import takes white space from both ends of a message.
				assert.equal(ours(drafts[0]?.text ?? '').trim(), (await asRendered(template)).trim());
			}),
			{ numRuns: 1000 },
		);
	});

	it('that is exported renders as the draft does', async () => {
		const inline = fc.constantFrom(
			...['You guide.', '{', '}', '$5', '${{town}}', '\\', '\\{{town}}', '<b>'],
			...['{{town}}', '{{guide.name}}', '{{town | json}}', 'a{{! note }}', '{{#open}}open{{/open}}'],
			...['{{^closed}}open{{/closed}}', '{{#sights}}- {{.}}; {{/sights}}', '{{#guide}}{{name}}{{/guide}}'],
		);
		const alone = fc.constantFrom(
			'{{! a note }}',
			'{{#open}}\nyes\n{{/open}}',
			'{{#sights}}\n* {{.}}\n{{/sights}}',
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
				const { files, report } = exportFiles({ draft, suites: [] }, 'dotprompt');
				const [file] = files;
				assert.deepEqual(
					report.filter(({ outcome }) => outcome === 'dropped'),
					[],
				);
				assert.equal(await asRendered(file?.text ?? ''), ours(text));
			}),
			{ numRuns: 1000 },
		);
	});
});
