import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { commands } from '../../../src/cli/commands.ts';
import { parseArguments } from '../../../src/cli/parseArguments.ts';
import { Progress } from '../../../src/cli/progress.ts';
import type { Terminal } from '../../../src/cli/terminal.ts';
import { kindOf } from '../../../src/providers/all.ts';
import { CliFolder } from '../../support/cli/testTerminal.ts';

const silent: Terminal = {
	out: () => undefined,
	err: () => undefined,
	isInteractive: false,
	columns: () => 80,
	colours: { out: false, err: false },
	environment: {},
	folder: '/',
	signal: new AbortController().signal,
};

describe('the command line', () => {
	let folder: CliFolder;
	beforeEach(async () => (folder = await CliFolder.make()));
	afterEach(() => folder.remove());

	it('shows its version and its commands', async () => {
		assert.deepEqual(await folder.run('--version'), { code: 0, out: 'prompt-workshop 1.2.3\n', err: '' });
		for (const [line, code] of [
			['', 2],
			['help', 0],
			['--help', 0],
			['help help', 0],
			['help --help', 0],
			['--help -h', 0],
		] as const) {
			const shown = await folder.run(line);
			assert.equal(shown.code, code);
			for (const { name } of commands) {
				assert.match(shown.out, new RegExp(`prompt-workshop ${name} `));
			}
			assert.match(shown.out, /130 +Ctrl\+C/);
		}
	});

	it('teaches each command by examples that its own parser takes, and lists all its options', async () => {
		for (const command of commands) {
			for (const line of [`help ${command.name}`, `${command.name} --help`]) {
				const { code, out } = await folder.run(line);
				assert.equal(code, 0);
				assert.ok(out.indexOf('Examples') < out.indexOf('Options'));
				for (const { name } of command.options) {
					assert.ok(out.includes(`--${name}`), name);
				}
			}
			assert.ok(command.examples.length > 0);
			for (const { line } of command.examples) {
				const [name, ...rest] = line.replace(/ >>? .*/, '').split(' ');
				assert.equal(name, command.name);
				parseArguments(rest, command.options);
			}
		}
	});

	it('shows examples whose models have a known price where they limit the cost', () => {
		const limited = commands.flatMap(({ examples }) => examples).filter(({ line }) => line.includes('--max-cost'));
		const named = limited.flatMap(({ line }) => [...line.matchAll(/--model (\S+?)\/(\S+)/g)]);
		assert.ok(named.length > 0);
		for (const [, provider = '', model = ''] of named) {
			assert.ok(kindOf(provider)?.prices?.[model], `${provider}/${model}`);
		}
	});

	it('init writes a suite that grade accepts, and replaces nothing', async () => {
		const made = await folder.run('init');
		assert.match(
			made.out,
			/^support\.md\nsupport\.prompttest\.yaml\n\nNext:\n {2}prompt-workshop grade support\.prompttest\.yaml\n/,
		);
		assert.equal((await folder.run('grade')).code, 0);
		assert.equal((await folder.run('lint')).code, 0, (await folder.run('lint')).out);
		const guide = await folder.run('run --model offline/guide --json');
		assert.equal(guide.code, 1, guide.err);
		await folder.write({ 'support.md': 'mine' });
		const again = await folder.run('init');
		assert.deepEqual(
			[again.code, again.err],
			[2, 'prompt-workshop: support.md is there already and was not replaced\n'],
		);
		assert.equal(readFileSync(join(folder.path, 'support.md'), 'utf8'), 'mine');
		assert.equal((await folder.run('init sub/deep')).code, 0);
	});

	it('lint names file, line, rule and reason, in prompts and suites', async () => {
		await folder.write({
			'a.md': 'You are a clerk.\n\nTODO: write this\n',
			'a.prompttest.yaml': 'prompt: file:a.md\ncases:\n  - { name: a, query: q, asert: [] }\n',
		});
		const { code, out } = await folder.run('lint');
		assert.equal(code, 1);
		assert.match(out, /^a\.prompttest\.yaml:3:\d+ error: .*asert/m);
		assert.match(out, /^a\.md:3:1 warning: .* \(placeholder\)$/m);
		const [first] = (await folder.run('lint a.md --json')).out.split('\n');
		assert.equal((JSON.parse(first ?? '') as { file: string }).file, 'a.md');
		await folder.write({
			'good.md':
				'You are a clerk in a shop for garden tools. Answer questions of customers in at most three sentences.\n',
		});
		assert.equal((await folder.run('lint good.md')).code, 0);
	});

	it('lint refuses a model without its provider instead of finding nothing for it', async () => {
		await folder.write({ 'a.md': 'You are a clerk.\n' });
		for (const model of ['bogus', '/bogus', 'bogus/']) {
			const { code, err } = await folder.run(`lint a.md --model ${model}`);
			assert.deepEqual([code, err], [2, `prompt-workshop: "${model}" names no model: write provider/model\n`]);
		}
	});

	it('lint names a prompt file that a suite cannot read as a finding, and goes on', async () => {
		await folder.write({
			'a.prompttest.yaml': 'description: a\nprompt: file:gone.md\ncases:\n  - { name: a, query: q }\n',
			'b.prompttest.yaml': 'prompt: file:../outside.md\ncases:\n  - { name: a, query: q, asert: [] }\n',
		});
		const { code, out } = await folder.run('lint');
		assert.equal(code, 1);
		assert.match(out, /^a\.prompttest\.yaml:2:9 error: The file gone\.md, which the suite names, cannot be read$/m);
		assert.match(out, /^b\.prompttest\.yaml:1:9 error: .*outside/m);
		assert.match(out, /^b\.prompttest\.yaml:3:\d+ error: .*asert/m);
	});

	it('says how many errors a suite has as a sentence', async () => {
		await folder.write({ 'a.prompttest.yaml': 'cases:\n  - { name: a, query: q, output: a, asert: [] }\n' });
		assert.match(
			(await folder.run('grade a.prompttest.yaml')).err,
			/The suite has an error, so it is not run\. Line 2: /,
		);
	});

	for (const shell of ['bash', 'zsh', 'fish'] as const) {
		it(`completes in ${shell}: every command and option, in a script that the shell reads`, async () => {
			const { code, out } = await folder.run(`completion ${shell}`);
			assert.equal(code, 0);
			for (const { name, options } of commands) {
				assert.match(out, new RegExp(`\\b${name}\\b`));
				for (const option of options) {
					assert.ok(out.includes(shell === 'fish' ? `-l ${option.name}` : `--${option.name}`), option.name);
				}
			}
			const found = spawnSync(shell, ['-n'], { input: out });
			// Not every machine has all three.
			if (!found.error) {
				assert.equal(found.status, 0, String(found.stderr));
			}
		});
	}

	it('completes in bash what was begun', async () => {
		const { out } = await folder.run('completion bash');
		const complete = (...words: string[]) => {
			const script = `${out}\nCOMP_WORDS=(prompt-workshop ${words.map((word) => `'${word}'`).join(' ')})\nCOMP_CWORD=${words.length}\n_prompt_workshop\nprintf '%s\\n' "\${COMPREPLY[@]}"`;
			const found = spawnSync('bash', { input: script });
			return String(found.stdout).trim().split('\n');
		};
		assert.deepEqual(complete('me'), ['merge']);
		assert.deepEqual(complete('run', '--fail'), ['--fail-on-regression', '--failed-from', '--fail-under']);
		assert.deepEqual(complete('run', '--thinking', 'm'), ['medium']);
		assert.deepEqual(complete('completion', ''), ['bash', 'zsh', 'fish', '--help']);
	});

	it('keeps its progress within the columns of a terminal, and shows what matters most where little fits', () => {
		for (const columns of [10, 20, 40, 200]) {
			const drawn: string[] = [];
			const terminal = {
				err: (text: string) => void drawn.push(text),
				isInteractive: true,
				columns: () => columns,
			};
			const progress = new Progress({ ...silent, ...terminal }, 1000, 0, 0);
			for (let trial = 1; trial <= 900; trial++) {
				progress.add({ verdict: trial % 3 === 0 ? 'error' : 'fail', costUsd: 1 }, trial * 500);
			}
			const lengths = drawn.map((line) => line.replace('\r', '').replace('\u001b[K', '').length);
			assert.equal(drawn.length, 900);
			assert.ok(Math.max(...lengths) < columns, `${Math.max(...lengths)} of ${columns}`);
			assert.ok(drawn.every((line) => /\d+\/1/.test(line)));
		}
	});

	it('writes plain lines of progress now and then without a terminal', () => {
		const lines: string[] = [];
		const terminal = { err: (text: string) => void lines.push(text), isInteractive: false, columns: () => 40 };
		const progress = new Progress({ ...silent, ...terminal }, 100, 0, 0);
		for (let second = 1; second <= 25; second++) {
			progress.add({ verdict: second === 3 ? 'fail' : 'pass', costUsd: 0.01 }, second * 1000);
		}
		progress.end();
		assert.deepEqual(lines, [
			`[###...........................] 10/100, 1 failed, $0.10, 90 s left\n`,
			`[######........................] 20/100, 1 failed, $0.20, 80 s left\n`,
		]);
	});
});
