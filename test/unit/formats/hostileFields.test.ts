import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { dump, load } from 'js-yaml';
import { AppError } from '../../../src/common/errors.ts';
import { formats } from '../../../src/formats/all.ts';
import { importFile } from '../../../src/formats/importFile.ts';
import type { Imported } from '../../../src/formats/imported.ts';
import { fileText } from '../../../src/formats/reading/fileText.ts';
import { exportFiles } from '../../../src/formats/exportFiles.ts';
import { writers } from '../../../src/formats/writers/all.ts';
import { renderTemplate } from '../../../src/prompts/variables/renderTemplate.ts';
import { diskFolder } from '../../support/formats/folders.ts';

const root = resolve(import.meta.dirname, '../../../fixtures/formats');
const files = globSync('*/*/imported.json', { cwd: root }).flatMap((golden) => {
	const { file } = JSON.parse(readFileSync(join(root, golden), 'utf8')) as { file: string };
	const format = golden.split(/[\\/]/)[0] ?? '';
	const hasFields = !/\.(?:csv|txt)$/.test(file) && format !== 'markdown';
	return hasFields ? [{ format, file, folder: join(root, dirname(golden)) }] : [];
});

const address = 'https://canary.invalid/v1';
const key = 'sk-canary-0123456789';
/** Every way in which a file could say where a model is reached, and with what. */
const reaching = {
	...Object.fromEntries(['baseUrl', 'base_url', 'baseURL', 'endpoint', 'api_base'].map((name) => [name, address])),
	...Object.fromEntries(['apiKey', 'api_key', 'authorization', 'token'].map((name) => [name, key])),
	headers: { authorization: `Bearer ${key}` },
	connection: { kind: 'key', endpoint: address, apiKey: key },
	env: { OPENAI_BASE_URL: address, OPENAI_API_KEY: key },
};

type Change = (value: unknown) => unknown;

/** Each map of a value with more fields; what it has already stays. */
function withFields(more: string): Change {
	const change: Change = (value) => {
		if (Array.isArray(value)) {
			return value.map(change);
		}
		if (typeof value !== 'object' || value === null) {
			return value;
		}
		const own = Object.fromEntries(Object.entries(value).map(([name, item]) => [name, change(item)]));
		// Text, so that a key with a special meaning is a field like any other.
		return JSON.parse(`${more.slice(0, -1)},${JSON.stringify(own).slice(1)}`.replace(',}', '}')) as unknown;
	};
	return change;
}

/** The text of a file with its values changed; undefined for a format of plain lines. */
function changed(file: string, text: string, change: Change): string | undefined {
	if (/\.(?:md|prompt|prompty)$/.test(file)) {
		const [, before = '', yaml = '', rest = ''] = /^((?:#[^\n]*\n|\n)*---\n)([^]*?\n)(---\n[^]*)$/.exec(text) ?? [];
		return yaml === '' ? undefined : before + dump(change(load(yaml))) + rest;
	}
	if (/\.ya?ml$/.test(file)) {
		return dump(change(load(text)));
	}
	const lines = /\.jsonl$/.test(file) ? text.split('\n') : [text];
	try {
		return lines.map((line) => (line.trim() === '' ? line : JSON.stringify(change(JSON.parse(line))))).join('\n');
	} catch {
		return undefined;
	}
}

async function imported(file: string, text: string, folder: string): Promise<Imported | undefined> {
	try {
		return await importFile(file, text, diskFolder(folder));
	} catch (thrown) {
		assert.ok(thrown instanceof AppError, `${file}: ${String(thrown)}`);
		return undefined;
	}
}

describe('fields that a file must not have', () => {
	const seen = new Set<string>();
	for (const { format, file, folder } of files) {
		it(`set no address, header or key: ${format}, ${basename(folder)} [attack 2]`, async () => {
			const text = await fileText(file, readFileSync(join(folder, file)));
			const hostile = changed(file, text, withFields(JSON.stringify(reaching)));
			assert.ok(hostile !== undefined);
			seen.add(format);
			// A file may also be refused.
			const { drafts = [], suites = [] } = (await imported(file, hostile, folder)) ?? {};
			for (const { model, parameters, origin, name } of drafts) {
				assert.doesNotMatch(JSON.stringify({ model, parameters, origin, name }), /canary/);
			}
			for (const suite of suites) {
				const { cases: _, ...settings } = load(suite.text) as Record<string, unknown>;
				assert.doesNotMatch(JSON.stringify({ ...settings, defaults: null }), /canary/);
			}
		});

		it(`reach no prototype: ${format}, ${basename(folder)} [attack 9]`, async () => {
			const text = await fileText(file, readFileSync(join(folder, file)));
			const hostile = changed(
				file,
				text,
				withFields('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}'),
			);
			assert.ok(hostile !== undefined);
			await imported(file, hostile, folder);
			assert.equal(({} as Record<string, unknown>)['polluted'], undefined);
		});
	}

	it('were tried in every format that has fields', () => {
		const plain = ['awesome', 'markdown', 'foundry'];
		assert.deepEqual(
			formats.map(({ id }) => id).filter((id) => !seen.has(id) && !plain.includes(id)),
			[],
		);
	});

	const code =
		"{{constructor.constructor('globalThis.ran = true')()}} {% set x = cycler.__init__.__globals__ %} ${process.exit()}";
	for (const [name, text] of [
		['x.prompt.yml', dump({ messages: [{ role: 'system', content: code }] })],
		['x.prompt', `---\nmodel: m\n---\n{{role "system"}}\n${code}`],
		['x.prompty', `---\nname: x\nmodel: m\n---\nsystem:\n${code}\n`],
		['promptfooconfig.yaml', dump({ prompts: [code], tests: [{ vars: { a: 'b' } }] })],
		['x.json', JSON.stringify({ name: 'x', type: 'text', prompt: code, config: {}, version: 1, labels: [] })],
		['SKILL.md', `---\nname: x\ndescription: y\n---\n${code}\n`],
		['x.agent.md', code],
		['x.prompt.md', code],
		['notes.md', code],
		[
			'run.json',
			JSON.stringify({
				data_source: {
					type: 'completions',
					input_messages: { type: 'template', template: [{ role: 'developer', content: code }] },
				},
				testing_criteria: [],
			}),
		],
	] as const) {
		it(`that are code in a template stay text: ${name} [attack 10]`, async () => {
			const read = await imported(name, text, root);
			for (const { text: template } of read?.drafts ?? []) {
				const rendered = renderTemplate(template, {});
				assert.match('text' in rendered ? rendered.text : rendered.preview, /constructor\.constructor/);
			}
			for (const { id } of read ? writers : []) {
				for (const draft of read?.drafts ?? []) {
					try {
						exportFiles({ draft, suites: [] }, id);
					} catch (thrown) {
						assert.ok(thrown instanceof AppError, String(thrown));
					}
				}
			}
			assert.equal((globalThis as Record<string, unknown>)['ran'], undefined);
		});
	}
});
