import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { isAppError } from '../../../src/common/errors.ts';
import { exportFiles } from '../../../src/formats/exportFiles.ts';
import type { ImportedDraft } from '../../../src/formats/imported.ts';
import { insideFolder } from '../../../src/formats/reading/insideFolder.ts';
import { suiteText, type SuiteContent } from '../../../src/formats/suiteText.ts';
import { fileName } from '../../../src/formats/writing/fileName.ts';
import { writers } from '../../../src/formats/writers/all.ts';
import type { Suite } from '../../../src/suites/suite.ts';
import { exportedPrompt } from '../../support/formats/exportedPrompt.ts';
import { importText, suitesOf } from '../../support/formats/importText.ts';
import { readRight } from '../../support/suites/readText.ts';

const root = resolve(import.meta.dirname, '../../../fixtures/formats/written');

/** What is compared: a suite without the places of its parts, after which cases without a name are called. */
function plain(suite: Suite | undefined): unknown {
	const isPlace = (key: string, value: unknown) =>
		key === 'line' || (key === 'name' && /^Line \d+$/.test(String(value)));
	const text = JSON.stringify({ models: suite?.models, cases: suite?.cases }, (key, value: unknown) =>
		isPlace(key, value) ? undefined : value,
	);
	return JSON.parse(text) as unknown;
}

async function comesBack(draft: ImportedDraft, suite: SuiteContent | undefined, format: string) {
	const suites = suite ? [{ name: 'suite', text: suiteText(suite) }] : [];
	const { files } = exportFiles({ draft, suites }, format);
	const [file, ...others] = files;
	assert.ok(file);
	const folder = file.path.slice(0, file.path.lastIndexOf('/') + 1);
	const beside = Object.fromEntries(others.map(({ path, text }) => [path.slice(folder.length), text]));
	const imported = await importText(file.path.slice(folder.length), file.text, beside);
	assert.equal(imported.format, format);
	return { imported, back: imported.drafts[0], suite: plain((await suitesOf(imported))[0]) };
}

const words = fc.constantFrom(
	'alpha',
	'Sort this.',
	'{',
	'}',
	'$5',
	'a "b"',
	"it's",
	'# Title',
	'- item',
	'é',
	': y',
	'50 %',
	'& <b>',
	'\\',
	'...',
);
const tag = fc.constantFrom('{{team}}', '{{mail}}');
const textOf = (pieces: fc.Arbitrary<string>) =>
	fc
		.array(fc.tuple(pieces, fc.constantFrom(' ', '\n', '\n\n')), { minLength: 1, maxLength: 8 })
		.map((list) => `You ${list.map(([one, space]) => one + space).join('')}end`);
const plainText = textOf(words);
const template = textOf(fc.oneof(words, tag));
const name = fc.constantFrom('mail-sorter', 'a1');
const description = fc.option(fc.constantFrom('Sorts mail', 'It: says "no" # yes', 'ja'), { nil: undefined });

function draftOf(
	fields: Partial<ImportedDraft> & Pick<ImportedDraft, 'name' | 'text'>,
	about: string | undefined,
): ImportedDraft {
	return {
		kind: 'assistant',
		variables: [],
		tools: [],
		promptRole: 'system',
		...(about !== undefined && { description: about }),
		...fields,
	};
}

describe('an export', () => {
	for (const { id } of writers) {
		it(`writes what is expected: ${id}`, () => {
			const written = exportFiles(exportedPrompt, id);
			const path = join(root, `${id}.json`);
			if (process.env['UPDATE_GOLDENS'] === '1') {
				mkdirSync(root, { recursive: true });
				writeFileSync(path, `${JSON.stringify(written, undefined, '\t')}\n`);
			}
			assert.ok(existsSync(path), path);
			assert.deepEqual(written, JSON.parse(readFileSync(path, 'utf8')));
			assert.deepEqual(
				written.files.map((file) => file.path),
				written.files.map((file) => insideFolder(file.path)),
			);
		});
	}

	for (const format of ['markdown', 'skill', 'agent', 'instructions']) {
		it(`of plain text comes back: ${format}`, async () => {
			await fc.assert(
				fc.asyncProperty(name, description, plainText, async (own, about, text) => {
					const draft = draftOf({ name: own, text }, about);
					const { back } = await comesBack(draft, undefined, format);
					assert.equal(back?.text, text);
					assert.equal(back.name, own);
					if (format !== 'markdown') {
						assert.equal(back.description, about ?? (format === 'skill' ? own : undefined));
					}
				}),
				{ numRuns: 200 },
			);
		});
	}

	for (const format of ['dotprompt', 'prompty', 'prompt-yml', 'promptfoo', 'json']) {
		it(`of a template comes back with its settings and suite: ${format}`, async () => {
			await fc.assert(
				fc.asyncProperty(
					name,
					description,
					template,
					fc.boolean(),
					fc.constantFrom('{{mail}}', 'Say {{mail}} to {{team}}', undefined),
					async (own, about, text, isUser, query) => {
						const used = [text, query ?? ''].join();
						const variables = (['team', 'mail'] as const)
							.filter((one) => used.includes(`{{${one}}}`))
							.map((one) => ({ name: one, type: 'text' as const }));
						const draft = draftOf(
							{
								name: own,
								text,
								variables,
								promptRole: isUser && query === undefined ? 'user' : 'system',
								...(format !== 'promptfoo' && {
									model: 'openai/gpt-5',
									parameters: { temperature: 0.5 },
								}),
								...(query !== undefined && { questions: [query] }),
							},
							about,
						);
						const suite: SuiteContent = {
							models: ['openai/gpt-5'],
							...(query !== undefined && { defaults: { query } }),
							cases: [
								{
									...(format === 'promptfoo' && { name: 'one' }),
									vars: { mail: 'A "bill"', team: 'b' },
									...(format === 'prompt-yml' ? { expand: false } : {}),
								},
							],
						};
						const hasSuite = format !== 'dotprompt' && format !== 'prompty';
						const { back, suite: read } = await comesBack(draft, hasSuite ? suite : undefined, format);
						assert.ok(back);
						const sorted = (one: ImportedDraft) =>
							[...one.variables].sort((a, b) => a.name.localeCompare(b.name));
						assert.deepEqual(sorted(back), sorted(draft));
						const { variables: _a, description: shown, ...rest } = back;
						const { variables: _b, description: _c, ...given } = draft;
						assert.deepEqual(rest, given);
						if (format !== 'promptfoo') {
							assert.equal(shown, about);
						}
						if (hasSuite) {
							const expected = plain(await readRight(suiteText(suite)));
							assert.deepEqual(read, expected);
						}
					},
				),
				{ numRuns: 150 },
			);
		});
	}

	it('of a data set comes back with its cases: inspect', async () => {
		await fc.assert(
			fc.asyncProperty(
				plainText,
				fc.array(fc.record({ query: plainText, expected: fc.option(words, { nil: undefined }) }), {
					minLength: 1,
					maxLength: 4,
				}),
				async (text, list) => {
					const cases = list.map(({ query, expected }, index) => ({
						name: `case ${index}`,
						query,
						expected: expected ?? 'none',
						metadata: { number: index },
					}));
					const { back, suite } = await comesBack(
						draftOf({ name: 'a1', text }, undefined),
						{ cases },
						'inspect',
					);
					assert.equal(back?.text, text);
					const { models: _, ...expected } = plain(await readRight(suiteText({ cases }))) as {
						models: unknown;
					};
					const { models: _read, ...read } = suite as { models: unknown };
					assert.deepEqual(read, expected);
				},
			),
			{ numRuns: 100 },
		);
	});

	it('of a skill comes back with its evals', async () => {
		await fc.assert(
			fc.asyncProperty(plainText, fc.array(plainText, { minLength: 1, maxLength: 3 }), async (text, list) => {
				const cases = list.map((query, index) => ({
					name: `case ${index}`,
					query,
					expected: `Answer ${index}`,
					assert: [{ type: 'llm-rubric', value: query }],
				}));
				const { back, suite } = await comesBack(draftOf({ name: 'a1', text }, undefined), { cases }, 'skill');
				assert.equal(back?.text, text);
				assert.deepEqual(suite, plain(await readRight(suiteText({ cases }))));
			}),
			{ numRuns: 100 },
		);
	});

	it('of assertions comes back with the same ones: promptfoo', async () => {
		const suite: SuiteContent = {
			models: ['anthropic/claude-x'],
			defaults: {
				threshold: 0.5,
				vars: { team: 'Kiwi' },
				assert: [{ type: 'not-icontains', value: 'as an AI' }],
			},
			cases: [
				{
					name: 'one',
					vars: { mail: ['a', 'b'] },
					metadata: { a: 1 },
					output: 'recorded',
					assert: [
						{
							type: 'equals',
							value: '{{mail | upper}}',
							weight: 2,
							metric: 'm',
							transform: 'output.trim()',
						},
						{
							type: 'assert-set',
							threshold: 0.5,
							assert: [
								{ type: 'contains-any', value: ['{{team}}', 'b'] },
								{ type: 'latency', threshold: 5 },
							],
						},
						{ type: 'llm-rubric', value: 'Polite', provider: 'openai/gpt-5' },
					],
				},
			],
		};
		const draft = draftOf(
			{
				name: 'mail',
				text: 'Sort {{mail}} for {{team}}',
				variables: [
					{ name: 'mail', type: 'text' },
					{ name: 'team', type: 'text', default: 'Kiwi' },
				],
				promptRole: 'user',
			},
			undefined,
		);
		const { suite: read, back } = await comesBack(draft, suite, 'promptfoo');
		assert.deepEqual(read, plain(await readRight(suiteText(suite))));
		assert.deepEqual(back, draft);
	});

	it('names every part of a prompt that is not in its files', () => {
		const { draft, suites } = exportedPrompt;
		const traces = {
			description: /Sorts the mail of a team/,
			model: /gpt-5-mini/,
			parameters: /temperature/,
			tools: /\bfind\b/,
			cases: /Please pay/,
		};
		for (const { id } of writers) {
			const { files, report } = exportFiles({ draft, suites }, id);
			const text = files.map((file) => file.text).join('\n');
			for (const [part, trace] of Object.entries(traces)) {
				const isNamed = report.some(({ what, outcome }) => outcome !== 'kept' && what.startsWith(part));
				assert.ok(
					trace.test(text) || isNamed || /^a bill/m.test(report.map(({ what }) => what).join('\n')),
					`${id}: ${part}`,
				);
			}
		}
	});

	it('keeps what an import of the same format had no place for', async () => {
		const text =
			'---\nname: csv-months\ndescription: Finds\nlicense: MIT\nmetadata:\n  owner: a\n---\n\nRead the table.\n';
		const { drafts } = await importText('SKILL.md', text);
		const [draft] = drafts;
		assert.ok(draft);
		assert.equal(exportFiles({ draft, suites: [] }, 'skill').files[0]?.text, text);
	});

	it('has names that no file system takes for something else [attack 14]', () => {
		for (const [given, expected] of [
			['../../etc/passwd', 'etc-passwd'],
			['CON', 'con-prompt'],
			['lpt1', 'lpt1-prompt'],
			['C:\\x', 'c-x'],
			['Ünï cödé', 'uni-code'],
			['..', 'prompt'],
			['\u202etxt', 'txt'],
			['a'.repeat(100), 'a'.repeat(60)],
		] as const) {
			assert.equal(fileName(given), expected);
		}
	});

	it('is refused in a format that is not written, or has nothing of a prompt', () => {
		assert.throws(
			() => exportFiles(exportedPrompt, 'exe'),
			(thrown) => isAppError(thrown, 'validation'),
		);
		assert.throws(() => exportFiles({ ...exportedPrompt, suites: [] }, 'inspect'), /needs a suite/);
	});
});
