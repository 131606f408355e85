import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { toCurl } from '../../../src/providers/curl.ts';
import type { SentRequest } from '../../../src/providers/provider.ts';
import { collect, runRequest, wiredModels } from '../../support/wire/wiredModels.ts';
import { WireServer } from '../../support/wire/wireServer.ts';

/** Words of an article, a question or a model that a shell would act on. */
const hostile = [
	`it's "quoted" $HOME \`date\` \\ !! 🔍\n`,
	'" & calc & "',
	"' & calc & '",
	'%PATH% ^%PATH^% !PATH! ^& | < > ( )',
	"\n'@\nStart-Process calc\n@'\n",
	'\\" & calc & \\" \\\\',
	'‘ & calc & ’ ‚ ‛ “ ” „',
	'$(calc) ${env:PATH} `n ; @(calc)',
	'--config evil {{API_KEY}} ***',
	'\u0085\u2028\u202e\u0007',
];
const body = JSON.stringify({ messages: hostile });
const headers = { authorization: 'Bearer ***', 'x-odd': `a'b"$(id) & calc & %PATH% \\`, "x-!'%&`$|^": 'b ‘' };
const request: SentRequest = { method: 'POST', url: "https://example.com/it's/%2F?a=1&b=%PATH%", headers, body };
const expected = (json: string) => [
	...['-N', '-X', 'POST', request.url],
	...['-H', 'authorization: Bearer the-key'],
	...['-H', `x-odd: ${headers['x-odd']}`],
	...['-H', "x-!'%&`$|^: b ‘"],
	...['--data-raw', json],
];

/** What cmd.exe does with a typed line: variables, then carets and quotes. Fails where a command of its own would begin. */
function cmdLine(line: string, variables: Record<string, string>): string {
	let expanded = '';
	for (let at = 0; at < line.length; at++) {
		const [whole, name = ''] = /^%([^%\r\n]+)%/.exec(line.slice(at)) ?? [];
		// The percent sign of a variable that is not set stays, and what follows it is looked at anew.
		const value = whole === undefined ? undefined : variables[name];
		expanded += value ?? line[at];
		at += value === undefined ? 0 : (whole?.length ?? 1) - 1;
	}
	let out = '';
	let quoted = false;
	for (let at = 0; at < expanded.length; at++) {
		const character = expanded[at] ?? '';
		if (character === '^' && !quoted) {
			out += expanded[++at] ?? '';
			continue;
		}
		assert.ok(!/[\r\n]/.test(character), 'the line ends once');
		if (character === '"') {
			quoted = !quoted;
		}
		assert.ok(quoted || !/[&|<>()]/.test(character), `cmd.exe acts on ${expanded.slice(at - 20, at + 20)}`);
		out += character;
	}
	return out;
}

/** How a program of Windows splits its command line. */
function windowsArguments(line: string): string[] {
	const found: string[] = [];
	let at = 0;
	while (at < line.length) {
		let argument = '';
		let quoted = false;
		for (; at < line.length && (quoted || line[at] !== ' '); at++) {
			const slashes = /^\\*/.exec(line.slice(at))?.[0].length ?? 0;
			at += slashes;
			if (line[at] === '"') {
				argument += '\\'.repeat(Math.floor(slashes / 2));
				if (slashes % 2 === 1) {
					argument += '"';
				} else {
					quoted = !quoted;
				}
			} else {
				argument += '\\'.repeat(slashes) + (line[at] === ' ' && !quoted ? '' : (line[at] ?? ''));
				if (line[at] === ' ' && !quoted) {
					break;
				}
			}
		}
		found.push(argument);
		at++;
	}
	return found;
}

describe('Request as curl [attack 24]', () => {
	for (const shell of ['/bin/sh', '/bin/dash', '/bin/bash']) {
		it(`${shell} gets exactly the url, the headers and the body, whatever stands in them`, function () {
			if (!existsSync(shell)) {
				this.skip();
			}
			const script = toCurl(request, 'posix')!.replace(
				/^curl/,
				`"${process.execPath}" -p 'JSON.stringify(process.argv.slice(1))' --`,
			);
			const env = { PATH: process.env['PATH'], API_KEY: 'the-key' };
			const seen = execFileSync(shell, ['-c', script], {
				encoding: 'utf8',
				env,
				stdio: ['ignore', 'pipe', 'pipe'],
			});
			assert.deepEqual(JSON.parse(seen), expected(body));
		});
	}

	it('PowerShell takes it as one text, and curl reads the request from it', async function () {
		const command = toCurl(request, 'powershell')!;
		const [, config] = /^@'\n([^]*)\n'@ \| curl\.exe --config -$/.exec(command) ?? [];
		assert.ok(config !== undefined);
		assert.ok(!/^'@/m.test(config), 'no line ends the text early');
		let version = '0';
		try {
			[, version = '0'] =
				/^curl (\d+\.\d+)/.exec(execFileSync('curl', ['--version'], { encoding: 'utf8' })) ?? [];
		} catch {
			this.skip();
		}
		const knowsVariables = Number(version) >= 8.3;
		const wire = await WireServer.start();
		try {
			const sent = { ...request, url: `${wire.baseUrl}/chat/completions`, headers: { ...headers, 'x-two': 'b' } };
			delete (sent.headers as Record<string, string>)["x-!'%&`$|^"];
			let input = /^@'\n([^]*)\n'@/.exec(toCurl(sent, 'powershell')!)![1]!;
			if (!knowsVariables) {
				input = input
					.replace(/^variable = .*\n/m, '')
					.replace('expand-header', 'header')
					.replace('{{API_KEY}}', 'the-key');
			}
			const curl = spawn('curl', ['--silent', '--config', '-'], {
				env: { PATH: process.env['PATH'], API_KEY: 'the-key', no_proxy: '*' },
			});
			curl.stdin.end(`${input}\n`);
			await text(curl.stdout);
			const seen = wire.requestsTo('chat')[0]!;
			assert.deepEqual(seen.json, JSON.parse(body));
			assert.equal(seen.headers['authorization'], 'Bearer the-key');
			assert.equal(seen.headers['x-odd'], headers['x-odd']);
		} finally {
			await wire.stop();
		}
	});

	it('cmd.exe acts on nothing in it, and curl gets the request', () => {
		const line = toCurl({ ...request, headers: { ...headers, "x-!'%&`$|^": 'b ‘' } }, 'cmd')!;
		const seen = windowsArguments(cmdLine(line, { API_KEY: 'the-key', PATH: 'C:\\evil & calc' }));
		const json = seen.at(-1)!;
		assert.deepEqual(JSON.parse(json), JSON.parse(body));
		assert.match(json, /^[ -~]*$/);
		assert.deepEqual(seen, ['curl.exe', ...expected(json)]);
	});

	it('is not made for a shell that cannot take it', () => {
		assert.equal(toCurl({ ...request, body: JSON.stringify('x'.repeat(9000)) }, 'cmd'), undefined);
		assert.equal(toCurl({ ...request, body: 'no JSON\n& calc' }, 'cmd'), undefined);
		assert.equal(toCurl({ ...request, body: "no JSON\n'@\ncalc" }, 'powershell'), undefined);
		assert.ok(toCurl({ ...request, body: 'no JSON\n& calc' }, 'posix'));
	});

	it('of a real request has no key in it [attack 11]', async () => {
		const wire = await WireServer.start();
		try {
			const [sent] = await collect(wiredModels(wire).run(runRequest({ model: 'anthropic/m' })));
			assert.ok(sent?.type === 'request');
			assert.match(toCurl(sent.request, 'posix')!, /-H 'authorization: Bearer '"\$API_KEY"''/);
			assert.match(
				toCurl(sent.request, 'powershell')!,
				/expand-header = "authorization: Bearer \{\{API_KEY\}\}"/,
			);
			assert.match(toCurl(sent.request, 'cmd')!, /authorization: Bearer %API_KEY%/);
			for (const shell of ['posix', 'powershell', 'cmd'] as const) {
				assert.ok(!toCurl(sent.request, shell)!.includes('canary'));
			}
		} finally {
			await wire.stop();
		}
	});

	it('says that a model of the editor has no HTTP request', () => {
		const editor = { method: 'EDITOR', url: 'vscode-lm:a/b', headers: {}, body: '{}' };
		assert.match(toCurl(editor, 'posix')!, /^# .*no HTTP request/);
		assert.match(toCurl(editor, 'cmd')!, /^rem .*no HTTP request/);
	});
});
