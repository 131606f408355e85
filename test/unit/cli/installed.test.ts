import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { packageCli } from '../../support/cli/package.ts';
import { providersFile, suiteText } from '../../support/cli/testTerminal.ts';
import { nodeFiles } from '../../../src/disk/nodeFiles.ts';
import { topicDatabases } from '../../../src/topics/index/topicEngine.ts';
import { openTopicIndex } from '../../../src/topics/openTopicIndex.ts';
import { until } from '../../support/eventually.ts';
import { openTestStore, time } from '../../support/storage/testStore.ts';
import { loadSqlJs } from '../../support/storage/sql.ts';
import { runProgram, runQuietly } from '../../support/vscode/processes.ts';
import { projectRoot } from '../../support/vscode/projectRoot.ts';
import { WireServer } from '../../support/wire/wireServer.ts';

interface Job {
	steps?: { run?: string }[];
	script?: string[];
	strategy?: { matrix: { part: number[] } };
}

describe('the installed command line', function () {
	this.timeout(300_000);
	let wire: WireServer;
	/** Where it is installed; nothing else is there. */
	let home = '';
	let folder = '';
	let tarball = '';
	/** Node 20 and the Node of the tests. */
	let nodes: string[] = [];
	const environment = () => ({
		PATH: process.env['PATH'],
		HOME: home,
		PROMPT_WORKSHOP_PROVIDERS: join(folder, 'providers.json'),
	});
	const main = () => join(home, 'node_modules', 'prompt-workshop', 'prompt-workshop.js');

	before(async () => {
		const packed = await packageCli();
		assert.ok(packed.withinBudget, `${packed.bytes} bytes`);
		tarball = packed.tarball;
		home = await mkdtemp(join(tmpdir(), 'installed-'));
		await writeFile(join(home, 'package.json'), '{"private":true}');
		const install = (...packages: string[]) =>
			runProgram(
				'npm',
				[
					'install',
					'--cache',
					join(home, 'cache'),
					'--no-audit',
					'--no-fund',
					'--loglevel',
					'error',
					...packages,
				],
				{ cwd: home },
			);
		await install(tarball);
		await install('--prefix', join(home, 'old'), 'node@20');
		const old = join(home, 'old', 'node_modules', 'node', 'bin', 'node');
		assert.match(await runProgram(old, ['--version']), /^v20\./);
		nodes = [old, process.execPath];
	});
	after(() => rm(home, { recursive: true, force: true }));
	beforeEach(async () => {
		wire = await WireServer.start();
		folder = await mkdtemp(join(tmpdir(), 'cli-'));
		await writeFile(join(folder, 'prompt.md'), 'Be brief.');
		await writeFile(join(folder, 'providers.json'), providersFile(wire.baseUrl));
		await writeFile(join(folder, 'a.prompttest.yaml'), suiteText(12));
	});
	afterEach(async () => {
		await wire.stop();
		await rm(folder, { recursive: true, force: true });
	});

	const run = (node: string, ...args: string[]) =>
		runQuietly(node, [main(), ...args], { cwd: folder, env: environment() });
	const start = (...args: string[]) =>
		spawn(process.execPath, [main(), ...args], {
			cwd: folder,
			env: environment(),
			stdio: ['ignore', 'pipe', 'pipe'],
		});
	const ended = (child: ChildProcess) =>
		new Promise<number | null>((resolve) => child.on('exit', (code) => resolve(code)));

	it('consists of itself and the licences of what it bundles', async () => {
		assert.deepEqual(
			(await readdir(join(home, 'node_modules'))).filter((name) => !name.startsWith('.')),
			['prompt-workshop'],
		);
		const notices = await readFile(join(home, 'node_modules', 'prompt-workshop', 'ThirdPartyNotices.txt'), 'utf8');
		for (const name of ['openai', '@anthropic-ai/sdk', 'sql.js', 'ajv', 'valibot', 'csv-stringify', 'js-yaml']) {
			assert.match(notices, new RegExp(`^${name} \\d`, 'm'));
		}
		const text = await runProgram('npx', ['--no', '--', 'prompt-workshop', '--version'], { cwd: home });
		assert.match(text, /^prompt-workshop \d+\.\d+\.\d+\n$/);
	});

	it('runs on Node 20 and on the newest: code graders, regular expressions, reports, lint', async () => {
		await writeFile(
			join(folder, 'b.prompttest.yaml'),
			'cases:\n  - { name: a, query: q, output: "yes 7", assert: [{ type: javascript, value: "output.length === 5" }, { type: regex, value: "\\\\d" }, { type: is-json, value: { type: object } }] }\n',
		);
		for (const node of nodes) {
			const asked = await run(
				node,
				'run',
				'a.prompttest.yaml',
				'--out',
				'r.json',
				'--out',
				'r.xml',
				'--out',
				'r.csv',
				'--out',
				'r.html',
				'--out',
				'r.md',
			);
			assert.equal(asked.code, 0, asked.all);
			const graded = await run(node, 'grade', 'b.prompttest.yaml');
			assert.equal(graded.code, 1, graded.all);
			assert.match(graded.stdout, /is-json/);
			assert.doesNotMatch(graded.stdout, /javascript|regex/);
			const sample = await run(node, 'grade', join(projectRoot, 'fixtures/sample-workspace/prompts'));
			assert.match(sample.stdout, /first version \(A\), with rules \(B\): Not told apart: \+25\.0 points/);
			const compared = await run(node, 'compare', 'r.json', 'r.json', '--fail-on-regression', '--out', 'c.md');
			assert.equal(compared.code, 0, compared.all);
			assert.equal((await run(node, 'lint', 'a.prompttest.yaml')).code, 0);
			assert.equal((await run(node, 'run', 'a.prompttest.yaml', '--model', 'offline/guide')).code, 1);
		}
	});

	it('goes on after Ctrl+C at any moment, and nothing that was answered is asked again', async () => {
		wire.always('chat', [{ pauseMs: 5 }, ...wire.script.chat({ text: 'Hello.' })]);
		const child = start('run', 'a.prompttest.yaml', '--concurrency', '2');
		await until(() => wire.requests.length >= 5, 'requests');
		child.kill('SIGINT');
		assert.equal(await ended(child), 130);
		const first = wire.requests.length;
		const again = await run(process.execPath, 'run', 'a.prompttest.yaml', '--resume');
		assert.equal(again.code, 0, again.all);
		assert.match(again.stdout, /12 of 12/);
		// Only what was in flight may be asked twice, and its answer was not used.
		assert.ok(wire.requests.length <= 12 + 2, `${first}, then ${wire.requests.length}`);
	});

	it('goes on after its process was killed', async () => {
		wire.always('chat', [{ pauseMs: 50 }, ...wire.script.chat({ text: 'Hello.' })]);
		const child = start('run', 'a.prompttest.yaml', '--concurrency', '1', '--json');
		let out = '';
		child.stdout?.setEncoding('utf8').on('data', (text: string) => (out += text));
		await until(() => out.includes('"type":"trial"'), 'a durable trial');
		const done = out.split('\n').filter((line) => line.startsWith('{"type":"trial"')).length;
		child.kill('SIGKILL');
		await ended(child);
		const before = wire.requests.length;
		const again = await run(process.execPath, 'run', 'a.prompttest.yaml', '--resume');
		assert.equal(again.code, 0, again.all);
		assert.match(again.stdout, /12 of 12/);
		assert.ok(wire.requests.length - before <= 12 - done);
	});

	it('stops when nobody reads its results any more, without a stack', async () => {
		wire.always('chat', [{ pauseMs: 20 }, ...wire.script.chat({ text: 'Hello.' })]);
		const child = start('run', 'a.prompttest.yaml', '--concurrency', '1', '--json');
		let err = '';
		child.stderr?.setEncoding('utf8').on('data', (text: string) => (err += text));
		child.stdout?.once('data', () => child.stdout?.destroy());
		assert.equal(await ended(child), 130);
		assert.doesNotMatch(err, /EPIPE|at /);
		assert.ok(wire.requests.length < 12);
	});

	it('finds drafts and prompts of a store that a window has open, and of an exported one, and changes neither', async () => {
		const place = join(folder, 'store');
		const store = await openTestStore(place, nodeFiles);
		try {
			await store.write(({ drafts }) => {
				drafts.create({ draftName: 'Triage', draftContent: 'You sort tickets.', now: time });
				drafts.create({ draftName: 'Twice', draftContent: 'a', now: time });
				drafts.create({ draftName: 'Twice', draftContent: 'b', now: time });
			});
			await store.exportDatabase(join(folder, 'exported.sqlite'));
			const names = (await readdir(place)).sort();
			for (const from of ['store', 'exported.sqlite']) {
				wire.reset();
				const options = ['run', 'a.prompttest.yaml', '--store', from];
				const found = await run(
					process.execPath,
					...options,
					'--prompt',
					'draft:Triage',
					'--prompt',
					'library:auspex_default',
				);
				assert.equal(found.code, 0, found.all);
				assert.equal(wire.requests.filter(({ text }) => text.includes('You sort tickets.')).length, 12);
				assert.equal(wire.requests.filter(({ text }) => text.includes('You are Auspex')).length, 12);
				for (const [prompt, message] of [
					['draft:Twice', /Several drafts are called "Twice": write draft:\d+ or draft:\d+/],
					['draft:None', /no draft "None"/],
				] as const) {
					const { code, all } = await run(process.execPath, ...options, '--prompt', prompt);
					assert.deepEqual([code, message.test(all)], [2, true], all);
				}
			}
			assert.deepEqual((await readdir(place)).sort(), names);
			assert.equal(store.status.mode, 'owner');
			const wrong = await run(
				process.execPath,
				'run',
				'a.prompttest.yaml',
				'--store',
				'prompt.md',
				'--prompt',
				'draft:a',
			);
			assert.deepEqual([wrong.code, /The store prompt\.md cannot be read/.test(wrong.all)], [2, true], wrong.all);
		} finally {
			store.dispose();
		}
	});

	it('gives the search tools of a topic to a run that names its store, and writes nothing there', async () => {
		const store = await openTestStore(join(folder, 'store'), nodeFiles);
		store.dispose();
		const file = join(folder, 'topics.db');
		await mkdir(join(folder, 'articles'));
		await writeFile(join(folder, 'articles', 'mines.md'), '# Old mines\n\nWater falls into a flooded shaft.\n');
		const index = openTopicIndex({ file, database: async () => topicDatabases(await loadSqlJs()) });
		await index.import('Storage', join(folder, 'articles'));
		await index.dispose();
		await writeFile(join(folder, 'a.prompttest.yaml'), suiteText(1, '\ntopic: Storage\n'));
		const before = (await readdir(folder)).sort();
		const bytes = await readFile(file);
		for (const node of nodes) {
			wire.reset();
			const search = { name: 'search_articles_by_keywords', input: { keywords: ['shaft'] } };
			wire.reply('chat', wire.script.chat({ toolCalls: [search] }));
			wire.always('chat', wire.script.chat({ text: 'Hello.' }));
			const found = await run(node, 'run', 'a.prompttest.yaml', '--store', 'store');
			assert.equal(found.code, 0, found.all);
			assert.match(wire.requests.at(-1)?.text ?? '', /Old mines/);
		}
		assert.deepEqual(
			(await readdir(folder)).filter((name) => name !== '.prompt-workshop').sort(),
			before.filter((name) => name !== '.prompt-workshop'),
		);
		wire.reset();
		const refused = async (message: RegExp) => {
			const { code, all } = await run(process.execPath, 'run', 'a.prompttest.yaml', '--store', 'store');
			assert.deepEqual([code, message.test(all), wire.requests.length], [2, true, 0], all);
		};
		await writeFile(join(folder, 'a.prompttest.yaml'), suiteText(1, '\ntopic: Forests\n'));
		await refused(/Topic "Forests" not found/);
		await writeFile(file, bytes.subarray(0, 5000));
		await refused(/The topics beside the store store cannot be used: they are damaged/);
		assert.equal((await readFile(file)).length, 5000);
		await rm(file);
		await refused(/There are no topics beside the store store: its folder has no topics\.db/);
		assert.ok(!(await readdir(folder)).includes('topics.db'));
	});

	for (const name of ['github-actions', 'gitlab-ci']) {
		it(`does what the example for ${name} says`, async () => {
			const text = await readFile(join(projectRoot, 'fixtures', 'ci', `${name}.yml`), 'utf8');
			const parsed = parse(text) as { jobs?: Record<string, Job> } & Record<string, Job>;
			await mkdir(join(folder, 'tools'));
			await cp(tarball, join(folder, 'tools', 'prompt-workshop-0.1.0.tgz'));
			await writeFile(join(folder, 'package.json'), '{"private":true}');
			await writeFile(join(folder, 'support.prompttest.yaml'), suiteText(8));
			let lines = 0;
			for (const job of Object.values(parsed.jobs ?? parsed)) {
				const scripts = job.script ?? (job.steps ?? []).flatMap((step) => step.run ?? []);
				for (const part of job.strategy?.matrix.part ?? [0]) {
					for (const line of scripts) {
						lines++;
						await runProgram('bash', ['-ec', line.replaceAll('${{ matrix.part }}', String(part))], {
							cwd: folder,
							env: environment(),
						});
					}
				}
			}
			assert.ok(lines >= 2);
			assert.equal(wire.requests.length, 8);
			assert.match(await readFile(join(folder, 'report.xml'), 'utf8'), / tests="8" failures="0"/);
		});
	}
});
