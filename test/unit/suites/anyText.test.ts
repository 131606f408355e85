import assert from 'node:assert/strict';
import fc from 'fast-check';
import { announceSeed, fuzzSeed } from '../../support/random.ts';
import { readText } from '../../support/suites/readText.ts';

const suite = `description: x # comment
prompt: [draft:a]
tools: [{ name: t, result: "{{args.id}}", results: [{ when: { id: 1 }, result: { a: 1 } }] }]
defaults: &d
  vars: { a: [x, y], b: { c: 1 } }
  assert: [{ type: contains, value: "{{a}}" }]
cases:
  - <<: *d
    query: |
      {{a}} \\{{b}}
    assert: [{ type: assert-set, assert: [{ type: regex, value: '^{{2}}$' }] }]
  - { name: "b\\u0041", messages: [{ role: user, content: x }], outputs: { o: p } }
  - file: a.csv
`;
const csv =
	'query,__expected,__expected2,__metadata:k[],__config:__expected2:threshold\n"a\nb","contains-any: ""x, y"", z",levenshtein(3): x,"a,b",0.5\n';
const json = '[{"description":"d","vars":{"x":["a","b"]},"assert":[{"type":"is-json"}],"providerOutput":{"a":1}}]';

const pieces = [
	'{{',
	'}}',
	'"',
	"'",
	'[',
	']',
	'{',
	'}',
	':',
	' ',
	'\n',
	'\r\n',
	'- ',
	'#',
	'&a',
	'*a',
	'<<: ',
	'|',
	'!!',
	'__proto__',
	'\ufeff',
	',',
	'\t',
	'{%',
	'\0',
	'\ud800',
	'~',
	'0x',
	'...',
	'---\n',
];

/** A text with some parts cut, doubled or replaced. */
const changed = (text: string) =>
	fc
		.array(fc.tuple(fc.nat(text.length), fc.nat(12), fc.oneof(fc.constantFrom(...pieces), fc.constant(text))), {
			maxLength: 4,
		})
		.map((changes) =>
			changes.reduce((current, [at, cut, piece]) => current.slice(0, at) + piece + current.slice(at + cut), text),
		);

describe('any text', () => {
	it('is read as a suite and as files of cases without an error, and problems are inside of it', async function () {
		this.timeout(120_000);
		announceSeed();
		await fc.assert(
			fc.asyncProperty(changed(suite), changed(csv), changed(json), async (text, table, list) => {
				const files = { 'a.csv': table, 'b.json': list, 'c.jsonl': list, 'd.yaml': list };
				const all = 'cases: [{ file: a.csv }, { file: b.json }, { file: c.jsonl }, { file: d.yaml }]';
				for (const [source, format] of [
					[text, 'yaml'],
					[text, 'json'],
					[all, 'yaml'],
				] as const) {
					const read = await readText(source, files, format);
					for (const { line, column, message, file } of read.problems) {
						const where = file === undefined ? source : (files[file as keyof typeof files] ?? '');
						const lineText = where.replace(/^\ufeff/, '').split(/\r\n?|\n/)[line - 1];
						assert.ok(lineText !== undefined && column >= 1 && column <= lineText.length + 1, message);
					}
					const names = (read.suite?.cases ?? []).map(({ name }) => name);
					assert.equal(new Set(names).size, names.length);
					assert.equal(names.includes(''), false);
				}
				assert.equal(Object.hasOwn(Object.prototype, 'x'), false);
			}),
			{ seed: fuzzSeed, numRuns: 500 },
		);
	});
});
