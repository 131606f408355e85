import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import * as vscode from 'vscode';
import { textsBelow } from '../support/texts.ts';

/** What may be in the packaged extension; VS Code itself adds the manifest file. The same list as .vscodeignore. */
const allowed = [
	/^package(\.nls(\.[\w-]+)?)?\.json$/,
	/^(readme|changelog)\.md$/i,
	/^LICENSE(\.txt)?$/,
	/^\.vsixmanifest$/,
	/^dist\/[\w-]+\.js$/,
	/^dist\/l10n\/bundle\.l10n\.json$/,
	/^dist\/ThirdPartyNotices\.txt$/,
	/^dist\/webview\/[\w-]+\.(js|css|ttf)$/,
	/^media\/([\w-]+\/)*[\w-]+\.(svg|png|md)$/,
	/^media\/templates\/[\w-]+\.prompttest\.yaml$/,
	/^media\/fixture\.schema\.json$/,
	/^media\/schemas\/prompt(test|tools)\.schema\.json$/,
	/^fixtures\/lab\/[\w-]+\.fixture\.json$/,
	/^fixtures\/sample-workspace\/articles\/[\w-]+\.md$/,
];

describe('what the package contains', () => {
	const folder = vscode.extensions.getExtension('auspex.prompt-workshop')?.extensionPath ?? '';
	const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
		.filter((name) => statSync(join(folder, name)).isFile())
		.map((name) => relative(folder, join(folder, name)).replaceAll('\\', '/'));

	it('is on the list, and nothing else [attack 15]', () => {
		assert.ok(files.includes('dist/extension.js'));
		assert.deepEqual(
			files.filter((file) => !allowed.some((pattern) => pattern.test(file))),
			[],
		);
	});

	it('compiles no text to code in a webview [attack 15]', () => {
		const scripts = files.filter((file) => /^dist\/webview\/.*\.js$/.test(file));
		assert.ok(scripts.length > 0, 'no webview script is packaged');
		for (const script of scripts) {
			assert.doesNotMatch(
				readFileSync(join(folder, script), 'utf8'),
				/\beval\(|\bnew Function\b|[^\w.]Function\(/,
				script,
			);
		}
	});

	it('holds every text that the sources ask for, and no other', () => {
		const root = process.env['PROJECT_ROOT'];
		assert.ok(root);
		const bundle = JSON.parse(readFileSync(join(folder, 'dist/l10n/bundle.l10n.json'), 'utf8')) as object;
		const texts = textsBelow(join(root, 'src')).map(({ text }) => text);
		assert.deepEqual(Object.keys(bundle).sort(), [...new Set(texts)].sort());
	});

	it('holds the licence of everything that is bundled [attack 27]', () => {
		const root = process.env['PROJECT_ROOT'];
		assert.ok(root);
		const bundled = JSON.parse(readFileSync(join(root, 'out', 'bundled.json'), 'utf8')) as string[];
		const packages = new Set(bundled.map((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? ''));
		assert.ok(packages.size > 20, `${packages.size} packages are bundled`);
		assert.ok(packages.has('node_modules/@vscode/codicons'), 'the icons are copied');
		const notices = readFileSync(join(folder, 'dist', 'ThirdPartyNotices.txt'), 'utf8');
		const sections = new Map(
			notices.split(`\n${'='.repeat(100)}\n`).map((text) => [text.trim().split(' ')[0], text]),
		);
		for (const path of packages) {
			const { name } = JSON.parse(readFileSync(join(root, path, 'package.json'), 'utf8')) as { name: string };
			const section = sections.get(name) ?? '';
			assert.match(section, /copyright|public domain/i, `${name} has no licence in the notices`);
			for (const file of readdirSync(join(root, path)).filter((entry) => /^(licen[cs]e|notice)/i.test(entry))) {
				const own = readFileSync(join(root, path, file), 'utf8')
					.replaceAll('\r\n', '\n')
					.trim();
				assert.ok(section.includes(own), `${file} of ${name} is not in the notices`);
			}
		}
	});

	it('carries no path of the machine that built it', () => {
		const root = process.env['PROJECT_ROOT'];
		assert.ok(root);
		const found = files.filter((file) => readFileSync(join(folder, file)).includes(root));
		assert.deepEqual(found, []);
	});
});
