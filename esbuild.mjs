// Builds dist/ (what ships) and, with --host-tests, out/test/host (what runs inside VS Code's extension host).
// With --cli it builds only out/cli: the package of the command line.
// Options: --production (minified, no source maps), --host-tests.
// Exit code 1: nothing was built; 2: built for production, but over a budget.
import { getL10nJson } from '@vscode/l10n-dev';
import { build } from 'esbuild';
import { cp, glob, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';

const production = process.argv.includes('--production');
const hostTests = process.argv.includes('--host-tests');
const cli = process.argv.includes('--cli');

/** Bytes, minified. */
const budgets = { entry: 300 * 1024, webview: 300 * 1024 };

/** Everything that `prompt-workshop --version` loads, in bytes, minified: the first line must not wait. */
const cliStartBudget = 80 * 1024;

/** Loaded on first use: never reachable from the entry by static imports. */
const lazyInputs =
	/node_modules\/(openai|@anthropic-ai|sql\.js|gpt-tokenizer|quickjs-emscripten-core|@jitl|ajv|js-yaml|csv-parse|fflate)\/|\.wasm$/;

const licenceFile = /^(licen[cs]e|notice|copying)([.-].*)?$/i;
/** Of packages that say their licence and come without its text: the text in their repository. */
const missingLicences = {
	'@vscode/l10n': `MIT License

Copyright (c) Microsoft Corporation.

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files (the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE`,
	standardwebhooks: `The MIT License

Copyright (c) 2023 Svix (https://www.svix.com)

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files (the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`,
};

/** How code names the script of a worker thread that it starts. */
const workerAddress = /new URL\('([^']+\.ts)', import\.meta\.url\)/g;
/** The scripts of worker threads: each is an entry of its own. */
const workers = await workerEntries();
/** One browser script a panel: src/webview/main.ts or src/webview/<panel>/main.ts. */
const panels = await Array.fromAsync(glob(['src/webview/main.ts', 'src/webview/*/main.ts']));

/** @type {import('esbuild').BuildOptions} */
const shared = {
	bundle: true,
	metafile: true,
	minify: production,
	sourcemap: production ? false : 'linked',
	legalComments: 'none',
	logLevel: 'warning',
	define: { 'process.env.NODE_ENV': JSON.stringify(production ? 'production' : 'development') },
};

/** @type {import('esbuild').BuildOptions} */
const node = {
	...shared,
	platform: 'node',
	format: 'esm',
	splitting: true,
	target: 'node22', // of VS Code 1.112
	external: ['vscode'],
	loader: { '.wasm': 'binary' },
	// Bundled CommonJS packages call require and __dirname, which an ES module has not.
	banner: {
		js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);const __dirname=import.meta.dirname;",
	},
	plugins: [workerAddresses()],
};

if (cli) {
	await buildCli();
	process.exit();
}

const extension = await bundle({
	...node,
	entryPoints: [
		...['src/extension.ts', ...workers].map((file) => ({ in: file, out: basename(file, '.ts') })),
		{ in: 'src/storage/shipped.ts', out: 'storage' },
	],
	outdir: 'dist',
});
const webview = await bundle({
	...shared,
	platform: 'browser',
	format: 'esm',
	// What a panel shows rarely is a chunk of its own.
	splitting: true,
	target: ['es2023', 'chrome140'],
	entryPoints: panels.map((file) => ({ in: file, out: panelName(file) })),
	outdir: 'dist/webview',
});
const built = [...Object.keys(extension.metafile.outputs), ...Object.keys(webview.metafile.outputs)];
if (panels.length > 0) {
	built.push(...(await copyIcons()));
}
built.push(await writeTexts());
built.push(
	await writeNotices(
		[
			...Object.keys(extension.metafile.inputs),
			...Object.keys(webview.metafile.inputs),
			'node_modules/@vscode/codicons/dist/codicon.ttf',
		],
		'dist',
		'out/bundled.json',
	),
);
await removeOthers('dist', new Set(built));
if (hostTests) {
	await buildHostTests();
}
await report();

/** Builds; esbuild itself prints what is wrong with a source. */
async function bundle(options) {
	try {
		return await build(options);
	} catch {
		process.exit(1);
	}
}

/** Finds the files that code names as `new URL('./x.ts', import.meta.url)`. */
async function workerEntries() {
	const found = [];
	for (const file of await Array.fromAsync(glob('src/**/*.ts'))) {
		for (const [, name] of (await readFile(file, 'utf8')).matchAll(workerAddress)) {
			found.push(join(dirname(file), name));
		}
	}
	return found;
}

/** Makes those addresses name the built files; all outputs lie in one folder. */
function workerAddresses() {
	return {
		name: 'worker-addresses',
		setup(builder) {
			builder.onLoad({ filter: /[\\/]src[\\/].*\.ts$/ }, async ({ path }) => ({
				loader: 'ts',
				contents: (await readFile(path, 'utf8')).replace(
					workerAddress,
					(_, name) => `new URL('./${basename(name, '.ts')}.js', import.meta.url)`,
				),
			}));
		},
	};
}

function panelName(file) {
	const folder = basename(dirname(file));
	return folder === 'webview' ? 'main' : folder;
}

async function copyIcons() {
	await mkdir('dist/webview', { recursive: true });
	return Promise.all(
		['codicon.css', 'codicon.ttf'].map(async (name) => {
			await cp(join('node_modules/@vscode/codicons/dist', name), join('dist/webview', name));
			return `dist/webview/${name}`;
		}),
	);
}

/** Writes the texts of all calls of `l10n.t`: what a translation starts from. VS Code looks for translations beside it. */
async function writeTexts() {
	const sources = await Promise.all(
		(await Array.fromAsync(glob('src/**/*.ts'))).sort().map((file) => readFile(file, 'utf8')),
	);
	// As one text with one import each: every file and every import costs the exporter a tenth of a second.
	const calls = sources
		.filter((source) => source.includes('l10n.t('))
		.map((source) => source.replace(/^import .*$/gm, ''));
	const contents = ["import * as l10n from '@vscode/l10n'; import * as vscode from 'vscode';", ...calls].join('\n');
	const texts = await getL10nJson([{ contents, extension: '.ts' }]);
	await mkdir('dist/l10n', { recursive: true });
	await writeFile('dist/l10n/bundle.l10n.json', `${JSON.stringify(texts, undefined, '\t')}\n`);
	return 'dist/l10n/bundle.l10n.json';
}

/**
 * Writes the licences of every package that is bundled or copied into a folder. The list of files that went into the bundle
 * is left in out/, where a test compares the two.
 */
async function writeNotices(inputs, folder, list) {
	const foreign = [...new Set(inputs)].filter((file) => file.includes('node_modules/')).sort();
	await mkdir('out', { recursive: true });
	await writeFile(list, JSON.stringify(foreign, undefined, '\t'));
	const packages = new Map();
	for (const file of foreign) {
		const [root] = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file);
		const texts = packages.get(root) ?? new Map();
		packages.set(root, texts);
		for (const text of await licencesOf(root, dirname(file))) {
			texts.set(text, text);
		}
	}
	const sections = [];
	for (const [root, texts] of packages) {
		const { name, version, license } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
		if (texts.size === 0 && missingLicences[name] === undefined) {
			console.error(`error: ${name} is bundled and has no licence file; add its text to missingLicences`);
			process.exit(1);
		}
		const own = texts.size === 0 ? [missingLicences[name]] : texts.keys();
		sections.push([`${name} ${version} (${license})`, ...own].join('\n\n'));
	}
	const intro = 'Prompt Workshop contains the following packages, under the licences below.';
	const rule = `\n\n${'='.repeat(100)}\n\n`;
	await writeFile(`${folder}/ThirdPartyNotices.txt`, `${[intro, ...sections].join(rule)}\n`);
	return `${folder}/ThirdPartyNotices.txt`;
}

/** Builds the package of the command line as a folder that `npm pack` packs: chunks that are loaded on first use. */
async function buildCli() {
	const folder = 'out/cli';
	const built = await bundle({
		...node,
		target: 'node20',
		external: [],
		banner: { js: `#!/usr/bin/env node\n${node.banner.js}` },
		entryPoints: [
			{ in: 'src/cli/main.ts', out: 'prompt-workshop' },
			...workers
				.filter((file) => file.startsWith(join('src', 'suites')))
				.map((file) => ({ in: file, out: basename(file, '.ts') })),
		],
		outdir: folder,
	});
	const { name, version, license, repository } = JSON.parse(await readFile('package.json', 'utf8'));
	const manifest = {
		name,
		version,
		description: 'Tests prompts with suites of cases, on the command line and in CI',
		license,
		...(repository && { repository }),
		type: 'module',
		bin: { 'prompt-workshop': 'prompt-workshop.js' },
		engines: { node: '>=20' },
	};
	await writeFile(join(folder, 'package.json'), `${JSON.stringify(manifest, undefined, '\t')}\n`);
	await cp('LICENSE', join(folder, 'LICENSE'));
	await cp('fixtures/cli/README.md', join(folder, 'README.md'));
	const outputs = Object.keys(built.metafile.outputs);
	const others = ['package.json', 'LICENSE', 'README.md'].map((file) => `${folder}/${file}`);
	const notices = await writeNotices(Object.keys(built.metafile.inputs), folder, 'out/bundled-cli.json');
	await removeOthers(folder, new Set([...outputs, ...others, notices]));
	const start = staticClosure(built.metafile.outputs, `${folder}/prompt-workshop.js`);
	const size = start.reduce((sum, file) => sum + built.metafile.outputs[file].bytes, 0);
	console.log(`${'start of the command line'.padEnd(40)} ${(size / 1024).toFixed(1).padStart(8)} KB`);
	if (size > cliStartBudget) {
		const parts = largestParts(start.map((file) => built.metafile.outputs[file]));
		console.error(
			`${production ? 'error' : 'warning'}: the start of the command line is over its budget; its largest parts: ${parts}`,
		);
		process.exitCode = production ? 2 : 0;
	}
}

/** The texts of the licence files beside a bundled file and above it, up to its package; some keep them below src. */
async function licencesOf(root, folder) {
	const texts = [];
	for (let at = folder; at.length >= root.length; at = dirname(at)) {
		for (const place of new Set([at, join(root, 'src', relative(root, at))])) {
			const names = (await readdir(place).catch(() => [])).filter((name) => licenceFile.test(name));
			texts.push(...(await Promise.all(names.sort().map((name) => readFile(join(place, name), 'utf8')))));
		}
	}
	return texts.map((text) => text.replaceAll('\r\n', '\n').trim()).reverse();
}

/** Removes what an earlier build left: chunk names carry a hash, so they would pile up and be shipped. */
async function removeOthers(folder, keep) {
	for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
		const file = relative('.', join(entry.parentPath, entry.name)).replaceAll('\\', '/');
		if (entry.isFile() && !keep.has(file)) {
			await rm(file);
		}
	}
}

async function buildHostTests() {
	const files = await Array.fromAsync(glob('test/host/**/*.test.ts'));
	if (files.length === 0) {
		throw new Error('No host tests found: test/host/**/*.test.ts matches nothing.');
	}
	await rm('out/test', { recursive: true, force: true });
	await bundle({
		...node,
		minify: false,
		sourcemap: 'linked',
		// Packages come from node_modules; VS Code loads an .mjs file as an ES module.
		packages: 'external',
		entryPoints: ['test/host/index.ts', ...files],
		outbase: '.',
		outdir: 'out',
		outExtension: { '.js': '.mjs' },
		chunkNames: 'test/chunks/[name]-[hash]',
	});
}

/** Prints what was built; in production an output over its budget, or a lazy part in the entry, is an error. */
async function report() {
	const outputs = extension.metafile.outputs;
	const entry = staticClosure(outputs, 'dist/extension.js');
	const entrySize = entry.reduce((sum, file) => sum + outputs[file].bytes, 0);
	const problems = [];
	const line = (name, bytes) => {
		console.log(`${name.padEnd(40)} ${(bytes / 1024).toFixed(1).padStart(8)} KB`);
	};
	const hold = (name, bytes, budget, parts) => {
		if (bytes > budget) {
			problems.push(
				`${name} is over its budget of ${budget / 1024} KB; its largest parts: ${largestParts(parts)}`,
			);
		}
	};
	line('extension entry with its static imports', entrySize);
	hold(
		'the entry',
		entrySize,
		budgets.entry,
		entry.map((file) => outputs[file]),
	);
	for (const [file, { bytes }] of Object.entries(outputs)) {
		if (!entry.includes(file) && file.endsWith('.js')) {
			line(`${file} (on demand)`, bytes);
		}
	}
	const pages = webview.metafile.outputs;
	for (const [file, { bytes, entryPoint }] of Object.entries(pages)) {
		if (file.endsWith('.css')) {
			line(file, bytes);
		} else if (file.endsWith('.js') && panels.includes(entryPoint)) {
			const parts = staticClosure(pages, file).map((part) => pages[part]);
			const size = parts.reduce((sum, part) => sum + part.bytes, 0);
			line(`${file} with its static imports`, size);
			hold(file, size, budgets.webview, parts);
		}
	}
	for (const file of entry) {
		const lazy = Object.keys(outputs[file].inputs).find((input) => lazyInputs.test(input));
		if (lazy !== undefined) {
			problems.push(`${lazy} is loaded with the entry (through ${file}); import it dynamically`);
		}
	}
	for (const problem of problems) {
		console.error(`${production ? 'error' : 'warning'}: ${problem}`);
	}
	if (production && problems.length > 0) {
		process.exitCode = 2;
	}
}

/** The output and all outputs that it imports statically, directly or not. */
function staticClosure(outputs, start) {
	const reached = [start];
	for (const file of reached) {
		for (const { path, kind } of outputs[file].imports) {
			if (kind === 'import-statement' && outputs[path] !== undefined && !reached.includes(path)) {
				reached.push(path);
			}
		}
	}
	return reached;
}

function largestParts(outputs) {
	const sizes = new Map();
	for (const [input, { bytesInOutput }] of outputs.flatMap((output) => Object.entries(output.inputs))) {
		const part = /node_modules\/(@[^/]+\/[^/]+|[^/]+)/.exec(input)?.[1] ?? input;
		sizes.set(part, (sizes.get(part) ?? 0) + bytesInOutput);
	}
	const largest = [...sizes].sort(([, a], [, b]) => b - a).slice(0, 8);
	return largest.map(([part, bytes]) => `${part} ${(bytes / 1024).toFixed(0)} KB`).join(', ');
}
