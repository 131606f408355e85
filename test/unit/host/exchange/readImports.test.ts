import assert from 'node:assert/strict';
import { mkdir, mkdtemp, open, readFile, realpath, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { isAppError } from '../../../../src/common/errors.ts';
import { readImports, type ReadImport } from '../../../../src/host/exchange/readImports.ts';
import { readInWorker } from '../../../../src/host/exchange/startImportWorker.ts';
import { zipFile } from '../../../support/formats/zipFile.ts';

describe('reading files of other tools', () => {
	let folder = '';
	before(async () => {
		folder = await realpath(await mkdtemp(join(tmpdir(), 'imports-')));
	});
	after(() => rm(folder, { recursive: true, force: true }));

	async function write(path: string, content: string | Uint8Array): Promise<string> {
		const file = join(folder, path);
		await mkdir(dirname(file), { recursive: true });
		await writeFile(file, content);
		return file;
	}
	const read = (place: string, forbidden: string[] = []) =>
		readImports({ places: [place], texts: [], forbidden }, () => undefined);
	const problems = (reads: readonly ReadImport[]) => reads.flatMap(({ path, problem }) => (problem ? [path] : []));

	it('gives each file its format, what it becomes and its report', async () => {
		const skill = await write('sorter/SKILL.md', '---\nname: sorter\ndescription: Sorts\n---\nYou sort mail.');
		await write(
			'sorter/evals/evals.json',
			'{"skill_name":"sorter","evals":[{"id":1,"prompt":"Hi","expected_output":"Ho"}]}',
		);
		const [one, ...others] = await read(skill);
		assert.deepEqual(others, []);
		assert.equal(one?.formatId, 'skill');
		assert.equal(one.path, 'SKILL.md');
		assert.deepEqual(
			one.items.map(({ kind, name }) => [kind, name]),
			[
				['draft', 'sorter'],
				['suite', 'sorter'],
			],
		);
		assert.ok(!one.report.some(({ note }) => note.includes('is named otherwise')), 'its folder has its name');
	});

	it('reads a folder with all files in it, but not those that belong to another one', async () => {
		await write('all/promptfooconfig.yaml', 'prompts:\n  - file://prompts/sort.txt\ntests:\n  - vars: {a: b}\n');
		await write('all/prompts/sort.txt', 'Sort {{a}}.');
		await write('all/prompts/other.md', 'You are another prompt.');
		await write('all/README.md', '# About');
		await write('all/node_modules/x/prompt.md', 'You are a package.');
		await write('all/data.json', '{"a":1}');
		const reads = await read(join(folder, 'all'));
		assert.deepEqual(
			reads.map(({ path, formatId }) => [path, formatId]),
			[
				['data.json', ''],
				['promptfooconfig.yaml', 'promptfoo'],
				['prompts/other.md', 'markdown'],
			],
		);
		assert.deepEqual(problems(reads), ['data.json']);
	});

	it('reads a log of Inspect that is packed with zstd, in the thread of imports', async () => {
		const json = (name: string, content: object) => ({ name, content: JSON.stringify(content), method: 93 });
		const messages = [
			{ role: 'user', content: 'Where is Lima?' },
			{ role: 'assistant', content: 'In Peru.' },
		];
		const sample = { id: 1, epoch: 1, input: 'Where is Lima?', target: 'Peru', messages };
		const bytes = zipFile([
			json('header.json', {
				version: 2,
				status: 'success',
				eval: { task: 'rivers', model: 'openai/gpt-5-mini' },
			}),
			json('samples/1_epoch_1.json', sample),
		]);
		const places = [await write('rivers.eval', bytes)];
		const texts = [{ name: 'dropped.eval', text: bytes }];
		const reads = await readInWorker({ source: { places, texts, forbidden: [] } });
		for (const { problem, formatId, items } of reads) {
			assert.equal(problem, undefined);
			assert.equal(formatId, 'inspect');
			assert.deepEqual(items.map(({ kind }) => kind).sort(), ['fixture', 'suite']);
		}
		assert.equal(reads.length, 2);
	});

	it('reads 1,000 files and says how far it is', async () => {
		const many = join(folder, 'many');
		await mkdir(many);
		await Promise.all(
			Array.from({ length: 1_000 }, (_, index) =>
				writeFile(join(many, `p${index}.md`), `You are prompt ${index}.`),
			),
		);
		const seen: number[] = [];
		const reads = await readInWorker(
			{ source: { places: [many], texts: [], forbidden: [] } },
			{ onProgress: ({ done, total }) => seen.push(done / total) },
		);
		assert.equal(reads.length, 1_000);
		assert.ok(reads.every(({ items }) => items.length === 1));
		assert.ok(seen.length > 100 && seen.every((share, index) => share >= (seen[index - 1] ?? 0)));
	});

	it('reads a packed log of Inspect, from the disk and as dropped bytes, in its thread', async () => {
		const log = await readFile(
			resolve(import.meta.dirname, '../../../../fixtures/formats/inspect/packed/rivers.eval'),
		);
		const file = await write('packed/rivers.eval', log);
		const source = { places: [file], texts: [{ name: 'dropped.eval', text: log }], forbidden: [] };
		const reads = await readInWorker({ source });
		assert.deepEqual(
			reads.map(({ path, formatId, items, problem }) => [path, formatId, items.map(({ kind }) => kind), problem]),
			['rivers.eval', 'dropped.eval'].map((path) => [
				path,
				'inspect',
				['draft', 'suite', 'fixture', 'run'],
				undefined,
			]),
		);
	});

	it('refuses a packed log that is too long, and dropped bytes that are no text, and goes on [attack 9]', async () => {
		const long = await write('long/log.eval', '');
		await truncate(long, 101 * 1024 * 1024);
		const bad = await write('long/bad.eval', 'PK\x03\x04 and no more');
		const none = await write('long/none.eval', 'no archive');
		const texts = [{ name: 'latin.md', text: Uint8Array.of(0x80, 0xff) }];
		const reads = await readImports({ places: [long, bad, none], texts, forbidden: [] }, () => undefined);
		const expected = [
			/101 MB.*at most 100 MB/,
			/cut off or damaged/,
			/neither packed nor JSON/,
			/latin\.md is not UTF-8/,
		];
		assert.equal(reads.length, expected.length);
		for (const [index, reason] of expected.entries()) {
			assert.match(reads[index]?.problem ?? '', reason);
		}
	});

	it('ends at once when it is cancelled', async () => {
		const controller = new AbortController();
		const reading = readInWorker(
			{ source: { places: [join(folder, 'many')], texts: [], forbidden: [] } },
			{ signal: controller.signal, onProgress: () => controller.abort() },
		);
		await assert.rejects(reading, (error) => isAppError(error, 'cancelled'));
	});

	it('refuses a log of 100 MB before it is read [attack 9]', async () => {
		const file = join(folder, 'huge.json');
		const handle = await open(file, 'w');
		await handle.truncate(100 * 1024 * 1024);
		await handle.close();
		const before = process.memoryUsage().rss;
		const [one] = await read(file);
		assert.match(one?.problem ?? '', /has 100 MB.*at most 20 MB/);
		assert.ok(process.memoryUsage().rss - before < 50 * 1024 * 1024, 'the file was read');
	});

	it('follows no reference and no link out of the folder [attack 9]', async () => {
		const secret = await write('secret.txt', 'A secret text of somebody else');
		await write(
			'inside/promptfooconfig.yaml',
			'prompts:\n  - file://../secret.txt\n  - file://link.txt\n  - Say {{a}}\n',
		);
		await symlink(secret, join(folder, 'inside/link.txt'));
		const [config] = await read(join(folder, 'inside/promptfooconfig.yaml'));
		assert.ok(!JSON.stringify(config).includes('A secret text'));
		assert.deepEqual(
			config?.report.filter(({ outcome }) => outcome === 'dropped').map(({ what }) => what.replace(/^.*\//, '')),
			['secret.txt', 'link.txt'],
		);
		const reads = await read(join(folder, 'inside'));
		assert.deepEqual(
			reads.map(({ path }) => path),
			['promptfooconfig.yaml'],
		);
	});

	it('reads nothing of a folder that is forbidden, by whatever path [attack 9]', async () => {
		await write('shared/ours.md', 'You are ours.');
		const theirs = await write('shared/theirs/prompt.md', 'You are theirs.');
		const forbidden = [dirname(theirs)];
		assert.deepEqual(
			(await read(join(folder, 'shared'), forbidden)).map(({ path }) => path),
			['ours.md'],
		);
		await write('shared/promptfooconfig.yaml', 'prompts:\n  - file://theirs/prompt.md\n  - Say {{a}}\n');
		const [config] = await read(join(folder, 'shared/promptfooconfig.yaml'), forbidden);
		assert.ok(!JSON.stringify(config).includes('You are theirs'));
	});

	it('names what is no text, broken or hostile, and goes on [attack 9]', async () => {
		await write('rough/latin.md', Uint8Array.of(0x80, 0xff, 0xfe));
		await write('rough/broken.prompt.yml', 'messages:\n  - {role: user, content: "x\n');
		await write(
			'rough/bomb.prompt.yml',
			`a: &a [x,x,x,x,x,x,x,x,x]\n${Array.from({ length: 9 }, (_, i) => `${'bcdefghij'[i]}: &${'bcdefghij'[i]} [${Array(9).fill(`*${'abcdefghi'[i]}`).join(',')}]`).join('\n')}\nmessages: *j\n`,
		);
		await write('rough/deep.json', '['.repeat(200_000));
		await write('rough/good.md', '\ufeffYou are good.');
		const reads = await read(join(folder, 'rough'));
		assert.deepEqual(problems(reads), ['bomb.prompt.yml', 'broken.prompt.yml', 'deep.json', 'latin.md']);
		assert.equal(reads.find(({ path }) => path === 'good.md')?.imported?.drafts[0]?.text, 'You are good.');
	});

	it('drops addresses, headers and keys and names them [attack 2]', async () => {
		const file = await write(
			'keyed/promptfooconfig.yaml',
			'prompts: ["Say {{a}}"]\nproviders:\n  - id: openai:gpt-5\n    config: {apiKey: sk-canary-123, apiBaseUrl: "https://evil.example", headers: {X: y}}\ntests:\n  - vars: {a: b}\n',
		);
		const [one] = await read(file);
		assert.ok(one?.imported);
		const stored = JSON.stringify([one.imported.drafts, one.imported.suites, one.imported.fixtures]);
		assert.doesNotMatch(stored, /sk-canary|evil\.example/);
		assert.ok(one.report.some(({ outcome, what }) => outcome === 'dropped' && /apiKey/i.test(what)));
		assert.doesNotMatch(JSON.stringify(one.report), /sk-canary/);
	});
});
