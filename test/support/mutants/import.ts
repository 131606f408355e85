import type { Mutant } from './mutant.ts';

/** Files of others: what is read of them, how much, and what is left out. */
export const importMutants: readonly Mutant[] = [
	{
		name: 'links in a folder of articles are followed',
		file: 'src/topics/sources/findArticleFiles.ts',
		from: "if (entry.kind === 'link') {",
		to: "if (entry.kind === 'link' && entry.name === '') {",
		tests: ['unit/topics/importTopic'],
	},
	{
		name: 'an article of any size is read',
		file: 'src/topics/sources/readSource.ts',
		from: 'if (size > maxMarkdown) {',
		to: 'if (size > 1000 * maxMarkdown) {',
		tests: ['unit/topics/importTopic'],
	},
	{
		name: 'front matter of any length is parsed',
		file: 'src/topics/sources/frontMatter.ts',
		from: 'const maxFrontMatter = 65_536;',
		to: 'const maxFrontMatter = 65_536_000;',
		tests: ['unit/topics/frontMatter'],
	},
	{
		name: 'the aliases of front matter may multiply',
		file: 'src/topics/sources/frontMatter.ts',
		from: "parseYaml(source, { logLevel: 'error' })",
		to: "parseYaml(source, { logLevel: 'error', maxAliasCount: -1 })",
		tests: ['unit/topics/importTopic'],
	},
	{
		name: 'a file that is not UTF-8 is read with replaced characters',
		file: 'src/topics/sources/decodeText.ts',
		from: '{ fatal: true }',
		to: '{ fatal: false }',
		tests: ['unit/topics/importTopic', 'unit/topics/importTables'],
	},
	{
		name: 'a fixture may be nested without end',
		file: 'src/lab/parseFixture.ts',
		from: 'if (jsonDepth(text, maxJsonDepth) > maxJsonDepth) {',
		to: 'if (jsonDepth(text, maxJsonDepth) > 1_000_000) {',
		tests: ['unit/lab/normaliseFixture', 'unit/lab/fixtures'],
	},
	{
		name: 'a fixture may have any size',
		file: 'src/lab/parseFixture.ts',
		from: 'if (bytes.byteLength > maxFixtureBytes) {',
		to: 'if (bytes.byteLength > 100 * maxFixtureBytes) {',
		tests: ['unit/lab/normaliseFixture'],
	},
	{
		name: 'recorded thinking is sent',
		file: 'src/lab/modelMessages.ts',
		from: "\t\tcase 'thinking':\n\t\t\treturn undefined;",
		to: "\t\tcase 'thinking':\n\t\t\treturn part.text;",
		tests: ['unit/lab/modelMessages'],
	},
	{
		name: 'an import makes its rows those of a foreign user',
		file: 'src/storage/importData.ts',
		from: "const row = this.#insert('auspex_prompt_drafts', draft, {\n\t\t\t\tuser_id: localUser,",
		to: "const row = this.#insert('auspex_prompt_drafts', draft, {",
		tests: ['unit/storage/maintenance'],
	},
	{
		name: 'the files of an export may leave its folder',
		file: 'src/storage/exportData.ts',
		from: ".replace(/[^a-z0-9]+/g, '-')",
		to: ".replace(/[^a-z0-9./]+/g, '-')",
		tests: ['unit/storage/maintenance'],
	},
];
