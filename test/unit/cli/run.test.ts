import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { leaveBatches } from '../../../src/common/suiteModel.ts';
import { CliFolder, providersFile, suiteText } from '../../support/cli/testTerminal.ts';
import { until } from '../../support/eventually.ts';
import { junitFaults } from '../../support/suites/junitFaults.ts';
import { WireServer } from '../../support/wire/wireServer.ts';

const recorded = (output: string) =>
	`cases:\n  - { name: a, query: q, output: "${output}", assert: [{ type: contains, value: yes }] }\n`;

describe('prompt-workshop run', () => {
	let wire: WireServer;
	let folder: CliFolder;
	beforeEach(async () => {
		wire = await WireServer.start();
		folder = await CliFolder.make({
			'prompt.md': 'Be brief.',
			'providers.json': providersFile(wire.baseUrl),
			'a.prompttest.yaml': suiteText(3),
		});
	});
	afterEach(async () => {
		await wire.stop();
		await folder.remove();
	});

	const run = (line: string, changes = {}, onError?: (text: string) => void) =>
		folder.run(`run ${line} --providers providers.json`, changes, onError);
	const asked = () =>
		wire
			.requestsTo('chat')
			.map(({ text }) => /Question \d+/.exec(text)?.[0] ?? '')
			.sort();

	it('asks each case once, says what passed with its interval, and writes reports', async () => {
		const { code, out, err } = await run(
			'a.prompttest.yaml --out r.json --out sub/r.xml --out {suite}.md --out r.csv --out r.html',
		);
		assert.deepEqual([code, out], [0, 'a.prompttest.yaml: 3 of 3, 44 to 100 %\n']);
		assert.match(err, /a\.prompttest\.yaml: 3 answers, 3 requests, cost unknown/);
		assert.deepEqual(asked(), ['Question 0', 'Question 1', 'Question 2']);
		const text = (name: string) => readFileSync(join(folder.path, name), 'utf8');
		assert.deepEqual(junitFaults(text('sub/r.xml')), []);
		assert.equal((JSON.parse(text('r.json')) as { trials: unknown[] }).trials.length, 3);
		assert.match(text('a.md'), /: 3 of 3,/);
		assert.equal(text('r.csv').split('\r\n').length, 5);
		assert.match(text('r.html'), /^<!doctype html>/);
		assert.equal(text('.prompt-workshop/.gitignore'), '*\n');
		assert.deepEqual(
			readdirSync(folder.path).filter((name) => name.endsWith('.tmp')),
			[],
		);
	});

	it('ends with 1 if a case failed, and with --fail-under only if the rate is below it', async () => {
		wire.reply('chat', wire.script.chat({ text: 'No.' }));
		const failed = await run('a.prompttest.yaml --concurrency 1');
		assert.equal(failed.code, 1);
		assert.match(failed.out, /^failed c\d\n {4}contains: [^\n]*"Hello"/);
		assert.match(failed.out, /: 2 of 3,/);
		for (const [rate, expected] of [
			['0.6', 0],
			['66%', 0],
			['0.7', 1],
			['100%', 1],
		] as const) {
			wire.reply('chat', wire.script.chat({ text: 'No.' }));
			assert.equal((await run(`a.prompttest.yaml --fail-under ${rate}`)).code, expected, rate);
		}
	});

	it('ends with 3 if a trial ended in an error, even if another one failed; --resume asks only for that again', async () => {
		wire.reply('chat', { status: 400, body: '{"error":{"message":"bad"}}' });
		wire.reply('chat', wire.script.chat({ text: 'No.' }));
		const { code, out } = await run('a.prompttest.yaml --concurrency 1');
		assert.equal(code, 3);
		assert.match(out, /1 of 2, .*, 1 error/);
		wire.reset();
		const again = await run('a.prompttest.yaml --resume');
		assert.equal(wire.requestsTo('chat').length, 1);
		assert.equal(again.code, 1);
		assert.match(again.out, /: 2 of 3,/);
		const third = await run('a.prompttest.yaml --resume');
		assert.match(third.err, /is complete; nothing is asked/);
		assert.equal(third.code, 1);
		assert.equal(wire.requestsTo('chat').length, 1);
	});

	it('ends with 4 at the limit of requests, and goes on from there', async () => {
		const { code, out } = await run('a.prompttest.yaml --max-calls 2');
		assert.equal(code, 4);
		assert.match(out, /limit reached: The limit of 2 requests was reached\. --resume goes on\./);
		assert.equal((await run('a.prompttest.yaml --resume --max-calls 5')).code, 0);
		assert.deepEqual(asked(), ['Question 0', 'Question 1', 'Question 2']);
	});

	it('shares the limits between suites', async () => {
		await folder.write({ 'b.prompttest.yaml': suiteText(3), 'c.prompttest.yaml': suiteText(3) });
		const { code, err } = await run('--max-calls 4');
		assert.equal(code, 4);
		assert.equal(wire.requestsTo('chat').length, 4);
		assert.match(err, /c\.prompttest\.yaml was not run: the suites before it have reached the limit/);
	});

	it('keeps what is done at Ctrl+C, closes its sockets, and asks for nothing twice with --resume', async () => {
		wire.reply('chat', wire.script.chat({ text: 'Hello.' }));
		wire.always('chat', wire.script.chat({ text: 'Hello.', hold: { after: 'text', name: 'never' } }));
		const stopping = new AbortController();
		const running = run('a.prompttest.yaml --concurrency 2', { signal: stopping.signal });
		await until(() => wire.requestsTo('chat').length === 3, 'the requests of all cases');
		stopping.abort();
		const { code, out } = await running;
		assert.equal(code, 130);
		assert.match(out, /1 of 3 answers, stopped\. --resume goes on\./);
		await until(() => wire.holding === 0, 'closed sockets');
		const done = wire.requests.filter(({ finished }) => finished).map(({ text }) => text);
		wire.reset();
		wire.always('chat', wire.script.chat({ text: 'Hello.' }));
		const again = await run('a.prompttest.yaml --resume');
		assert.match(again.out, /: 3 of 3,/);
		assert.equal(again.code, 0);
		assert.ok(wire.requests.every(({ text }) => !done.includes(text)));
		assert.equal(wire.requests.length, 2);
	});

	it('waits for a batch, leaves it at its provider at Ctrl+C, and takes its answers with --resume', async () => {
		await folder.write({
			'providers.json': JSON.stringify([{ id: 'local', kind: 'openai', baseUrl: wire.baseUrl }]),
		});
		const stopping = new AbortController();
		let waiting = false;
		const running = run('a.prompttest.yaml --model local/gpt-5.5 --batch', { signal: stopping.signal }, (text) => {
			waiting ||= text.includes('Waiting for the batch: 0 of 3 done');
		});
		await until(() => waiting, 'the batch');
		stopping.abort(leaveBatches);
		const { code } = await running;
		assert.deepEqual([code, wire.batch.callsTo('create'), wire.batch.callsTo('cancel')], [130, 1, 0]);
		wire.batch.finish();
		const again = await run('a.prompttest.yaml --resume');
		assert.deepEqual([again.code, wire.batch.callsTo('create')], [0, 1], again.err);
		assert.match(again.out, /: 3 of 3,/);
		assert.equal(wire.requestsTo('responses').length, 0);
	});

	it('goes on with the last run of the same command: grade asks no model, and run asks for what is not recorded', async () => {
		const text = suiteText(2, '  - { name: r, query: q, output: "Hello" }\n');
		await folder.write({ 'a.prompttest.yaml': text });
		await folder.run('grade a.prompttest.yaml');
		const begun = await run('a.prompttest.yaml --resume --max-calls 1');
		assert.match(begun.err, /has no run yet/);
		assert.equal(begun.code, 4);
		const graded = await folder.run('grade a.prompttest.yaml --resume');
		assert.match(graded.out, /: 1 of 1,/);
		assert.equal(wire.requests.length, 1);
		await folder.run('grade a.prompttest.yaml');
		assert.match((await run('a.prompttest.yaml --resume')).out, /: 2 of 2,/);
		assert.deepEqual(asked(), ['Question 0', 'Question 1']);
	});

	it('goes on with what it was planned with, although suite and prompt have changed', async () => {
		await run('a.prompttest.yaml --max-calls 1');
		await folder.write({ 'prompt.md': 'Be long.', 'a.prompttest.yaml': suiteText(9) });
		const { err } = await run('a.prompttest.yaml --resume --max-calls 9');
		assert.match(err, /has changed since/);
		assert.equal(wire.requests.length, 3);
		assert.ok(wire.requests.every(({ text }) => text.includes('Be brief.')));
	});

	it('compares prompts and models, and repeats', async () => {
		await folder.write({ 'b.md': 'Be long.' });
		const { code, out } = await run(
			'a.prompttest.yaml --prompt prompt.md --prompt b.md --model local/m --model local/n --repeat 2',
		);
		assert.equal(code, 0);
		assert.equal(wire.requests.length, 3 * 4 * 2);
		assert.match(out, /a\.prompttest\.yaml, b\.md, n: 6 of 6, 44 to 100 %, by case/);
	});

	it('stops as soon as it is clear which of two variants is better, which is no interruption', async () => {
		const other = await WireServer.start();
		try {
			// Slower than the disk, since an answer counts once it is stored.
			wire.always('chat', [{ pauseMs: 30 }, ...wire.script.chat({ text: 'No.' })]);
			const providers = ['local', 'other'].map((id) => ({
				id,
				kind: 'openai-compatible',
				baseUrl: id === 'local' ? wire.baseUrl : other.baseUrl,
			}));
			await folder.write({ 'ab.prompttest.yaml': suiteText(100), 'providers.json': JSON.stringify(providers) });
			const line = 'ab.prompttest.yaml --model local/m --model other/m --stop-early --concurrency 2';
			const { code, out } = await run(line);
			assert.equal(code, 1);
			assert.match(out, /B is better: /);
			assert.match(out, /Stopped early after \d+ of 100 cases; the interval is still valid\./);
			assert.match(
				out,
				/stopped: After \d+ of 100 cases it was clear which variant is better\. --resume goes on\./,
			);
			assert.ok(wire.requests.length < 100, `${wire.requests.length} requests`);
			assert.equal((await run(`${line} --fail-under 0`)).code, 0);
			assert.match((await run('ab.prompttest.yaml --resume')).out, /ab\.prompttest\.yaml, other\/m: 100 of 100,/);
		} finally {
			await other.stop();
		}
	}).timeout(30_000);

	it('stops early only with two variants and all cases', async () => {
		const shard = await run('a.prompttest.yaml --stop-early --shard 1/2');
		assert.deepEqual([shard.code, /leave out --shard/.test(shard.err)], [2, true]);
		const single = await run('a.prompttest.yaml --stop-early');
		assert.deepEqual([single.code, /compares two variants, but this one has 1/.test(single.err)], [2, true]);
		assert.equal(wire.requests.length, 0);
	});

	it('chooses cases by tag, name and what failed before, in a run or in a report', async () => {
		await folder.write({
			'a.prompttest.yaml': suiteText(2, '  - { name: tagged, query: "Question 7?", tags: [slow] }\n'),
		});
		await run('a.prompttest.yaml --filter tag:slow');
		await run('a.prompttest.yaml --filter name:c1');
		assert.deepEqual(asked(), ['Question 1', 'Question 7']);
		wire.reset();
		wire.reply('chat', wire.script.chat({ text: 'No.' }));
		await run('a.prompttest.yaml --concurrency 1 --out r.json');
		const [failed] = asked();
		assert.ok(failed);
		const first = wire.requests[0]?.text ?? '';
		wire.reset();
		await run('a.prompttest.yaml --failed-from r.json');
		await run('a.prompttest.yaml --repeat 2 --failed-from r.json');
		assert.equal(wire.requests.length, 3);
		assert.ok(wire.requests.every(({ text }) => text === first));
		wire.reset();
		const nothing = await run('a.prompttest.yaml --failed-from last');
		assert.equal(nothing.code, 0);
		assert.match(nothing.err, /every case of that run passed; nothing is asked/);
		assert.equal(wire.requests.length, 0);
	});

	it('says what to do about a suite with a topic, and asks nothing', async () => {
		await folder.write({ 'a.prompttest.yaml': suiteText(1, 'topic: Forests\n') });
		const { code, err } = await run('a.prompttest.yaml');
		assert.equal(code, 2);
		assert.match(
			err,
			/articles of topics are in the editor only\. Name its store with --store, run the suite in VS Code, or/,
		);
		assert.equal(wire.requests.length, 0);
	});

	it('runs what changed since a commit: the suite itself, its prompt, its case files, and new files', async () => {
		const git = (...args: string[]) =>
			execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], { cwd: folder.path });
		await folder.write({
			'b.prompttest.yaml': 'prompt: file:b.md\nmodels: local/m\ncases:\n  - file: cases.jsonl\n',
			'b.md': 'Be long.',
			'cases.jsonl': '{"query":"Question 5?"}\n',
		});
		git('init', '-q');
		git('add', '.');
		git('commit', '-qm', 'a');
		const none = await run('--changed-since HEAD');
		assert.equal(none.code, 0);
		assert.match(none.err, /Nothing that the suites depend on has changed since HEAD/);
		await folder.write({ 'cases.jsonl': '{"query":"Question 6?"}\n' });
		await run('--changed-since HEAD');
		assert.deepEqual(asked(), ['Question 6']);
		git('commit', '-qam', 'b');
		await folder.write({ 'prompt.md': 'Changed.' });
		await run('--changed-since HEAD');
		assert.equal(wire.requests.length, 4);
		git('commit', '-qam', 'c');
		await folder.write({ 'new.prompttest.yaml': suiteText(1) });
		assert.match((await run('--changed-since HEAD~1 --json')).out, /new\.prompttest/);
		git('add', '.');
		git('commit', '-qm', 'd');
		await folder.write({ 'own.md': 'Be kind.' });
		wire.reset();
		wire.always('chat', wire.script.chat({ text: 'Hello.' }));
		await run('a.prompttest.yaml --changed-since HEAD --prompt own.md');
		assert.equal(wire.requests.length, 3);
		git('add', '.');
		git('commit', '-qm', 'e');
		await folder.write({
			'talk.fixture.json': '[]',
			'talk.prompttest.yaml':
				'prompt: file:prompt.md\nmodels: local/m\ncases:\n  - conversation: { fixture: talk, turn: 0 }\n',
		});
		git('add', 'talk.prompttest.yaml');
		git('commit', '-qm', 'f');
		assert.match((await run('--changed-since HEAD')).err, /^talk\.prompttest\.yaml: /);
		for (const ref of ['nothing', '--output=evil', 'HEAD --stat']) {
			const { code, err } = await folder.run(['run', '--changed-since', ref, '--providers', 'providers.json']);
			assert.equal(code, 2, ref);
			assert.match(err, /Git knows no commit|needs a value/);
		}
		assert.ok(!existsSync(join(folder.path, 'evil')));
	});

	it('splits cases by what they are, and merge joins the reports to the same run', async () => {
		await folder.write({ 'a.prompttest.yaml': suiteText(20) });
		for (const part of [1, 2, 3]) {
			const { code } = await run(`a.prompttest.yaml --repeat 2 --shard ${part}/3 --out part-${part}.json`);
			assert.equal(code, 0);
		}
		assert.equal(wire.requests.length, 40);
		assert.equal(new Set(asked()).size, 20);
		const merged = await folder.run('merge part-3.json part-1.json part-2.json --out whole.json --out whole.xml');
		assert.deepEqual([merged.code, merged.out], [0, 'a.prompttest.yaml: 40 of 40, 84 to 100 %, by case\n']);
		assert.match(readFileSync(join(folder.path, 'whole.xml'), 'utf8'), / tests="40" failures="0" errors="0"/);
		// The merged report is a whole run: a filter can take it.
		const { code, err } = await run('a.prompttest.yaml --failed-from whole.json');
		assert.deepEqual([code, /every case of that run passed/.test(err)], [0, true]);
	});

	for (const [name, parts, message] of [
		['a missing part', 'part-1.json', /Part 2 of 2 is missing/],
		[
			'a doubled part',
			'part-1.json part-1.json part-2.json',
			/Part 1 of 2 is there twice: part-1\.json and part-1\.json/,
		],
		['a part of another suite', 'part-1.json suite.json', /their suites differ/],
		['a part of another prompt', 'part-1.json prompt.json', /their prompts differ/],
		['a part of another model', 'part-1.json model.json', /their models differ/],
		['a part of other repeats', 'part-1.json repeat.json', /other cases, repeats or numbers of parts/],
		['a part of other cases', 'part-1.json filter.json', /other cases, repeats or numbers of parts/],
		['a part of other limits', 'part-1.json tokens.json', /their settings differ/],
		['a part of another number of parts', 'part-1.json three.json', /other cases, repeats or numbers of parts/],
		['a whole run', 'part-1.json whole.json', /whole\.json is a whole run/],
		['what is no report', 'part-1.json a.prompttest.yaml', /a\.prompttest\.yaml: The report is not valid JSON/],
		['what is not there', 'part-1.json nothing.json', /There is no report nothing\.json/],
		['nothing', '', /merge takes the JSON reports/],
	] as const) {
		it(`merge refuses ${name}, and says which`, async () => {
			await run('a.prompttest.yaml --shard 1/2 --out part-1.json');
			await run('a.prompttest.yaml --shard 2/2 --out part-2.json');
			if (parts.includes('suite')) {
				await folder.write({ 'a.prompttest.yaml': suiteText(4) });
				await run('a.prompttest.yaml --shard 2/2 --out suite.json');
			} else if (parts.includes('prompt.json')) {
				await folder.write({ 'prompt.md': 'Changed.' });
				await run('a.prompttest.yaml --shard 2/2 --out prompt.json');
			}
			await run('a.prompttest.yaml --model local/other --shard 2/2 --out model.json');
			await run('a.prompttest.yaml --repeat 2 --shard 2/2 --out repeat.json');
			await run('a.prompttest.yaml --filter name:c1 --shard 2/2 --out filter.json');
			await run('a.prompttest.yaml --max-tokens 9 --shard 2/2 --out tokens.json');
			await run('a.prompttest.yaml --shard 2/3 --out three.json');
			await run('a.prompttest.yaml --out whole.json');
			const { code, err } = await folder.run(`merge ${parts}`);
			assert.equal(code, 2);
			assert.match(err, message);
		});
	}

	it('sends the key of a provider from its own variable, and never that of another address', async () => {
		await run('a.prompttest.yaml', { environment: { LOCAL_API_KEY: 'own-key-1', OPENAI_API_KEY: 'foreign' } });
		assert.ok(wire.requests.every(({ headers }) => headers['authorization'] === 'Bearer own-key-1'));
		await folder.write({
			'evil.json': JSON.stringify([
				{ id: 'openai', kind: 'openai-compatible', baseUrl: 'https://evil.example/v1' },
			]),
			'case.json': JSON.stringify([
				{ id: 'OpenAI', kind: 'openai-compatible', baseUrl: 'https://evil.example/v1' },
			]),
		});
		const environment = { OPENAI_API_KEY: 'secret-key' };
		const evil = await folder.run('run a.prompttest.yaml --model openai/m --providers evil.json', { environment });
		assert.deepEqual([evil.code, /is not sent to https:\/\/evil\.example/.test(evil.err)], [2, true]);
		assert.equal(
			(await folder.run('run a.prompttest.yaml --model OpenAI/m --providers case.json', { environment })).code,
			2,
		);
	});

	it('reads no providers that merely lie there, and those of PROMPT_WORKSHOP_PROVIDERS', async () => {
		assert.match((await folder.run('run a.prompttest.yaml')).err, /There is no provider "local"/);
		const environment = { PROMPT_WORKSHOP_PROVIDERS: join(folder.path, 'providers.json') };
		assert.equal((await folder.run('run a.prompttest.yaml', { environment })).code, 0);
	});

	it('sends no file that is outside of the repository, through links either', async () => {
		const outside = await CliFolder.make({ 'secret.md': 'secret' });
		try {
			await mkdir(join(folder.path, 'sub'));
			await symlink(join(outside.path, 'secret.md'), join(folder.path, 'link.md'));
			for (const [file, expected] of [
				[`file:${outside.path}/secret.md`, /outside the folder/],
				['file:link.md', /outside the folder/],
				['file:nothing.md', /cannot be read/],
			] as const) {
				await folder.write({ 'a.prompttest.yaml': suiteText(1).replace('file:prompt.md', file) });
				const { code, err } = await run('a.prompttest.yaml');
				assert.equal(code, 2);
				assert.match(err, expected);
			}
			await writeFile(join(folder.path, 'sub', 'b.prompttest.yaml'), suiteText(1).replace('file:', 'file:../'));
			assert.equal((await run('sub')).code, 0);
			// What the command line itself names may be anywhere.
			await folder.write({ 'a.prompttest.yaml': suiteText(1) });
			assert.equal((await run(`a.prompttest.yaml --prompt ${outside.path}/secret.md`)).code, 0);
		} finally {
			await outside.remove();
		}
	});

	it('writes the summary of a step of GitHub Actions', async () => {
		const environment = { GITHUB_STEP_SUMMARY: join(folder.path, 'step.md') };
		await folder.write({ 'step.md': 'before\n' });
		await run('a.prompttest.yaml', { environment });
		assert.match(
			readFileSync(join(folder.path, 'step.md'), 'utf8'),
			/^before\n# a\.prompttest\.yaml\n[^]*Result: 3 of 3,/,
		);
	});

	it('keeps the summary of a step below the size that GitHub shows, in bytes and over all suites', async () => {
		const summary = join(folder.path, 'summary.md');
		const cases = Array.from({ length: 200 }, (_, at) => {
			const answer = `${at} ${'界'.repeat(700)}`;
			return `  - { name: c${at}, query: q, output: "${answer}", assert: [{ type: contains, value: yes }] }\n`;
		});
		const text = `cases:\n${cases.join('')}`;
		await folder.write({ 'a.prompttest.yaml': text, 'b.prompttest.yaml': text, 'c.prompttest.yaml': text });
		const { err } = await folder.run('grade', { environment: { GITHUB_STEP_SUMMARY: summary } });
		const bytes = readFileSync(summary);
		assert.ok(bytes.length > 700_000 && bytes.length <= 1_000_000, String(bytes.length));
		assert.ok(!bytes.toString().includes('\ufffd'));
		assert.match(err, /summary of this step is cut off/);
	});

	it('prints events as JSON, one a line', async () => {
		const { out } = await run('a.prompttest.yaml --json');
		const types = out
			.trimEnd()
			.split('\n')
			.map((line) => (JSON.parse(line) as { type: string }).type);
		assert.deepEqual(types, ['plan', 'trial', 'trial', 'trial', 'run', 'done']);
	});

	it('says that a question to a person waits for an answer, as an error of the trial', async () => {
		await folder.write({
			'a.prompttest.yaml':
				'cases:\n  - { name: a, query: q, output: x, assert: [{ type: human, value: "Polite?" }] }\n',
		});
		const { code, out } = await folder.run('grade');
		assert.equal(code, 3);
		assert.match(out, /error a\n {4}Waits for your rating: Polite\?/);
	});

	it('draws its progress on a terminal only, and removes it before the results', async () => {
		const { err } = await run('a.prompttest.yaml', { isInteractive: true, columns: () => 40 });
		assert.match(err, /\r\[#+\.*\] \d\/3/);
		assert.ok(err.endsWith('\r\u001b[K'));
		assert.ok(!(await run('a.prompttest.yaml')).err.includes('\r'));
	});

	it('has no colours unless the terminal has', async () => {
		wire.always('chat', wire.script.chat({ text: 'No.' }));
		assert.ok(!(await run('a.prompttest.yaml')).out.includes('\u001b'));
		assert.ok(
			(await run('a.prompttest.yaml', { colours: { out: true, err: true } })).out.includes('\u001b[31mfailed'),
		);
	});

	for (const [line, message] of [
		['run nothing.prompttest.yaml', /no file or folder nothing/],
		['run prompt.md', /prompt\.md is no suite: its name must end with \.prompttest\.yaml/],
		['run a.prompttest.yaml --model m', /"m" names no model: write provider\/model/],
		[
			'run a.prompttest.yaml --model other/m',
			/no provider "other" .* anthropic, openai, offline; others come from --providers/,
		],
		['run a.prompttest.yaml --model anthropic/m', /no key for anthropic\/m: set ANTHROPIC_API_KEY/],
		['run a.prompttest.yaml --model openai/m', /no key for openai\/m: set OPENAI_API_KEY/],
		['run a.prompttest.yaml --filter tag:none', /No case of the suite fits the filter/],
		['run a.prompttest.yaml --filter name:none', /no case "none"/],
		['run a.prompttest.yaml --filter c1', /--filter takes tag:NAME or name:NAME/],
		['run a.prompttest.yaml --repeat 1 --repeat 2', /--repeat is there twice/],
		['run a.prompttest.yaml --repeat two', /--repeat takes a whole number above 0, not "two"/],
		['run a.prompttest.yaml --repeat', /--repeat needs a value/],
		['run a.prompttest.yaml --resume=yes', /--resume takes no value/],
		['run a.prompttest.yaml --modell local/m', /no option --modell\. Did you mean --model\?/],
		['run a.prompttest.yaml --max-cost 1', /price of local\/m is not known.*--max-calls/],
		['run a.prompttest.yaml --max-cost none', /--max-cost takes US dollars/],
		['run a.prompttest.yaml --concurrency 65', /whole number from 1 to 64/],
		['run a.prompttest.yaml --fail-under 90', /rate from 0 to 1/],
		['run a.prompttest.yaml --shard 1/2 --fail-under 0.9', /give --fail-under to merge instead/],
		['run a.prompttest.yaml --shard 3/2', /--shard takes the part and the number of parts/],
		['run a.prompttest.yaml --thinking much', /--thinking takes off, low, medium, high/],
		['run a.prompttest.yaml --out r.pdf', /must end with \.json, \.xml, \.csv, \.md or \.html/],
		['run a.prompttest.yaml --prompt nothing.md', /no prompt file nothing\.md/],
		['run a.prompttest.yaml --prompt draft:a', /"draft:a" is in a store: name it with --store/],
		['run a.prompttest.yaml --providers nothing.json', /no file nothing\.json with providers/],
		['run a.prompttest.yaml --providers prompt.md', /providers in prompt\.md cannot be read/],
		['run a.prompttest.yaml --failed-from prompt.md', /prompt\.md: The report is not valid JSON/],
		['run a.prompttest.yaml --failed-from last', /was not run yet/],
		['run a.prompttest.yaml --resume --model local/m', /leave out --model/],
		['grade a.prompttest.yaml', /No case of the suite has a recorded answer/],
		['runn', /no command "runn"\. Did you mean "prompt-workshop run"\?/],
		['lint nothing.md', /no file or folder nothing\.md/],
		['completion tcsh', /completion takes the name of a shell: bash, zsh, fish/],
		['init a b', /init takes one folder/],
	] as const) {
		it(`refuses "${line}" with 2 and a sentence, and asks nothing`, async () => {
			const given =
				/--providers|--model (other|anthropic|openai)/.test(line) || !line.startsWith('run ')
					? line
					: `${line} --providers providers.json`;
			const { code, out, err } = await folder.run(given);
			assert.equal(code, 2, err);
			assert.match(err, message);
			assert.equal(out, '');
			assert.equal(wire.requests.length, 0);
			assert.doesNotMatch(err, / at .*\.[jt]s:/);
		});
	}

	it('refuses one report for several suites', async () => {
		await folder.write({ 'b.prompttest.yaml': recorded('yes') });
		assert.match((await run('--out r.json')).err, /is one file for 2 suites: write \{suite\}/);
		assert.equal((await run('--out {suite}.json')).code, 0);
		assert.ok(existsSync(join(folder.path, 'a.json')) && existsSync(join(folder.path, 'b.json')));
	});

	it('refuses reports of which one would replace the other, before anything is asked', async () => {
		await mkdir(join(folder.path, 'b'));
		await folder.write({ 'b/a.prompttest.yaml': recorded('yes'), 'b-a.prompttest.yaml': recorded('yes') });
		const { code, err } = await run('b b-a.prompttest.yaml --out {suite}.json');
		assert.equal(code, 2);
		assert.match(err, /reports of b\/a\.prompttest\.yaml and b-a\.prompttest\.yaml would both be b-a\.json/);
		await folder.write({ 'a.prompttest.json': '{"cases":[]}' });
		assert.match((await run('a.prompttest.yaml a.prompttest.json --out {suite}.xml')).err, /would both be a\.xml/);
		assert.match((await run('a.prompttest.yaml --out r.xml --out ./r.xml')).err, /--out names \.\/r\.xml twice/);
		assert.ok(!existsSync(join(folder.path, 'r.xml')));
		assert.equal(wire.requests.length, 0);
	});

	it('keeps a report in its folder, whatever the suite is called', async () => {
		await folder.write({ '...prompttest.yaml': recorded('yes') });
		assert.equal((await folder.run('grade ...prompttest.yaml --out sub/{suite}/r.json')).code, 0);
		assert.ok(existsSync(join(folder.path, 'sub', 'suite', 'r.json')));
		assert.ok(!existsSync(join(folder.path, 'r.json')));
	});

	it('grades recorded answers without a model, and counts only them', async () => {
		await folder.write({ 'a.prompttest.yaml': `${suiteText(2)}  - { name: r, query: q, output: "Hello" }\n` });
		const { code, out } = await folder.run('grade a.prompttest.yaml');
		assert.deepEqual([code, out], [0, 'a.prompttest.yaml: 1 of 1, 21 to 100 %\n']);
		await folder.write({ 'a.prompttest.yaml': recorded('no') });
		assert.equal((await folder.run('grade a.prompttest.yaml')).code, 1);
	});
});
