import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import ts from 'typescript';
import { exportFiles } from '../../../src/formats/exportFiles.ts';
import type { ImportedDraft } from '../../../src/formats/imported.ts';
import { suiteText } from '../../../src/formats/suiteText.ts';
import type { Exported } from '../../../src/formats/writing/writer.ts';
import { renderTemplate } from '../../../src/prompts/variables/renderTemplate.ts';
import { exportedPrompt } from '../../support/formats/exportedPrompt.ts';

const run = promisify(execFile);
const root = resolve(import.meta.dirname, '../../..');

/** Texts that are difficult to write in code, and each kind of tag. */
const templates = [
	'plain "quoted" \\{{braces}} ${x} `y` \\n é \u2028 \\{% raw %} %s {0}',
	'{{name}} {{name | upper}} {{name | lower}} {{ name | trim }}|',
	'{{customer.name}} {{customer.address.city}} {{customer | json}} {{customer}}',
	'{{list}} {{list | json}} {{list | join(" - ")}} {{nothing | default("a \\"b\\"")}}',
	'{{#list}}\n- {{.}} of {{name}}\n{{/list}}\n{{^list}}none{{/list}}{{^empty}}empty{{/empty}}',
	'{{#people}}{{name}}: {{#tags}}[{{.}} {{age}}]{{/tags}}{{^tags}}no tags{{/tags}}; {{/people}}',
	'{{#customer}}{{name}} in {{address.city}}{{#vip}} VIP{{/vip}}{{/customer}}{{#object}}there{{/object}}',
	'{{number}} {{flag}} {{#flag}}yes{{/flag}}{{#zero}}no{{/zero}}{{^zero}}zero{{/zero}} {{! a comment }}',
];
const values = {
	name: ' Åsa "x" ',
	customer: { name: 'Kim', address: { city: 'Lima' } },
	list: ['a', 'b', ['c', 1]],
	empty: [],
	people: [
		{ name: 'Ada', age: 36, tags: ['one', 'two'] },
		{ name: 'Bo', age: 7, tags: [] },
	],
	object: {},
	number: 2.5,
	zero: 0,
	flag: true,
};

function exported(model: string | undefined, fields: Partial<ImportedDraft> = {}): Exported {
	const names = [...Object.keys(values), 'nothing'];
	return {
		draft: {
			name: 'Every tag',
			text: templates[0] ?? '',
			kind: 'assistant',
			variables: names.map((name) => ({ name, type: 'json', ...(name === 'nothing' && { default: '' }) })),
			tools: [
				{ name: 'find', description: 'Finds "it"', inputSchema: { properties: { a: { type: 'string' } } } },
			],
			promptRole: 'system',
			...(model !== undefined && { model }),
			parameters: { temperature: 0.2, maxTokens: 50 },
			...fields,
		},
		suites: [
			{
				name: 'suite',
				text: suiteText({
					defaults: { messages: templates.map((content) => ({ role: 'user' as const, content })) },
					cases: [],
				}),
			},
		],
	};
}

function rendered(template: string): string {
	const result = renderTemplate(template, values);
	assert.ok('text' in result, JSON.stringify(result));
	return result.text;
}

describe('code that asks the model of a prompt', function () {
	this.timeout(120_000);
	let folder = '';
	let server: Server;
	let address = '';
	const received: { path: string; headers: Record<string, unknown>; body: Record<string, unknown> }[] = [];

	before(async () => {
		await mkdir(join(root, 'out'), { recursive: true });
		folder = await mkdtemp(join(root, 'out', 'snippets-'));
		server = createServer((request, response) => {
			let text = '';
			request.setEncoding('utf8');
			request.on('data', (chunk: string) => (text += chunk));
			request.on('end', () => {
				const body = JSON.parse(text) as Record<string, unknown>;
				received.push({ path: request.url ?? '', headers: request.headers, body });
				response.setHeader('content-type', 'application/json').end('{"choices":[],"content":[]}');
			});
		});
		await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
		address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	});
	after(async () => {
		server.close();
		await rm(folder, { recursive: true, force: true });
	});

	async function write(name: string, what: Exported, format: string): Promise<string> {
		const place = join(folder, name);
		await writeFile(place, exportFiles(what, format).files[0]?.text ?? '');
		return place;
	}

	/** What the code sends with the official SDK. */
	async function sent(name: string, what: Exported, call: string): Promise<(typeof received)[number]> {
		await write(name, what, 'typescript');
		const main = join(folder, `run-${name}`);
		await writeFile(main, `import * as all from './${name}';\nawait all.${call};\n`);
		received.length = 0;
		const keys = { OPENAI_API_KEY: 'own', ANTHROPIC_API_KEY: 'own' };
		const env = { ...process.env, ...keys, OPENAI_BASE_URL: `${address}/v1`, ANTHROPIC_BASE_URL: address };
		await run(process.execPath, ['--no-warnings', main], { env });
		const [request] = received;
		assert.ok(request && received.length === 1);
		return request;
	}

	it('sends what our templates render, with the SDK of OpenAI', async () => {
		const call = `askEveryTag(${JSON.stringify(values)})`;
		const { path, headers, body } = await sent('openai.ts', exported('openai/gpt-5-mini'), call);
		assert.equal(path, '/v1/chat/completions');
		assert.equal(headers['authorization'], 'Bearer own');
		assert.deepEqual(body, {
			model: 'gpt-5-mini',
			temperature: 0.2,
			max_completion_tokens: 50,
			messages: [
				{ role: 'system', content: rendered(templates[0] ?? '') },
				...templates.map((template) => ({ role: 'user', content: rendered(template) })),
			],
			tools: [
				{
					type: 'function',
					function: {
						name: 'find',
						description: 'Finds "it"',
						parameters: { type: 'object', properties: { a: { type: 'string' } } },
					},
				},
			],
		});
	});

	it('sends it with the SDK of Anthropic, with the system message where that wants it', async () => {
		const what = { ...exported('anthropic/claude-sonnet-4-5', { text: 'Hi {{name}}', variables: [], tools: [] }) };
		const { path, body } = await sent(
			'anthropic.ts',
			{ ...what, suites: [] },
			'askEveryTag({ name: "Kim" }, "How?")',
		);
		assert.equal(path, '/v1/messages');
		assert.deepEqual(body, {
			model: 'claude-sonnet-4-5',
			max_tokens: 50,
			system: 'Hi Kim',
			messages: [{ role: 'user', content: 'How?' }],
		});
	});

	it('passes a strict check of types', async () => {
		const files = await Promise.all([
			write('typed-openai.ts', exportedPrompt, 'typescript'),
			write('typed-plain.ts', { ...exported(undefined, { text: 'Plain' }), suites: [] }, 'typescript'),
			write('typed-anthropic.ts', exported('anthropic/claude-sonnet-4-5'), 'typescript'),
		]);
		const program = ts.createProgram(files, {
			strict: true,
			noUncheckedIndexedAccess: true,
			noEmit: true,
			skipLibCheck: true,
			target: ts.ScriptTarget.ES2023,
			module: ts.ModuleKind.NodeNext,
			moduleResolution: ts.ModuleResolutionKind.NodeNext,
			types: ['node'],
		});
		const problems = ts
			.getPreEmitDiagnostics(program)
			.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
		assert.deepEqual(problems, []);
	});

	it('sends the same from Python', async function () {
		const python = process.platform === 'win32' ? 'python' : 'python3';
		if (
			!(await run(python, ['--version']).then(
				() => true,
				() => false,
			))
		) {
			this.skip();
		}
		await write('every_tag.py', exported('openai/gpt-5-mini'), 'python');
		// Stands for the SDK, and prints what it would send.
		const stub =
			'import json\nclass OpenAI:\n    def __init__(self):\n        self.chat = self\n        self.completions = self\n    def create(self, **body):\n        print(json.dumps(body))\n';
		await writeFile(join(folder, 'openai.py'), stub);
		const main = `import json, sys\nfrom every_tag import ask_every_tag\nask_every_tag(json.loads(sys.argv[1]))\n`;
		await writeFile(join(folder, 'main.py'), main);
		const { stdout } = await run(python, [join(folder, 'main.py'), JSON.stringify(values)]);
		const fromPython = JSON.parse(stdout) as unknown;
		const { body } = await sent('same.ts', exported('openai/gpt-5-mini'), `askEveryTag(${JSON.stringify(values)})`);
		assert.deepEqual(fromPython, body);
	});

	it('names what it cannot say', () => {
		const { report } = exportFiles(
			exported('anthropic/claude-sonnet-4-5', { parameters: { seed: 1, topK: 5 }, questions: ['a', 'b'] }),
			'typescript',
		);
		assert.deepEqual(
			report.map(({ what, outcome }) => [what, outcome]),
			[
				['seed', 'dropped'],
				['topK', 'dropped'],
				['max_tokens', 'changed'],
				['tools', 'changed'],
				['b', 'dropped'],
			],
		);
		const bare = exportFiles({ ...exported(undefined, { tools: [], parameters: {} }), suites: [] }, 'python');
		assert.deepEqual(
			bare.report.map(({ what }) => what),
			['model'],
		);
		assert.match(bare.files[0]?.text ?? '', /model="MODEL"/);
	});
});
