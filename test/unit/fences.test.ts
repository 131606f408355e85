import assert from 'node:assert/strict';
import { globSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix, resolve } from 'node:path';
import ts from 'typescript';
import { allFixedSleeps, fixedSleeps, knownSleeps } from '../support/fixedSleeps.ts';

/** Who may import whom. A room not named here may not exist. */
interface Fence {
	/** Other rooms: the files that may be imported of each, or all of them. */
	rooms: Record<string, string[] | 'all'>;
	vscode?: boolean;
	/** Node's own modules. */
	node: boolean;
	/** Packages of npm: all of them, none, or those that are named. */
	packages: boolean | readonly string[];
}

const common = { common: 'all' } as const;
const disk = { ...common, disk: 'all' } as const;
const inward = {
	disk: 'all',
	storage: 'all',
	providers: 'all',
	guide: 'all',
	runs: 'all',
	topics: 'all',
	formats: 'all',
	prompts: 'all',
	workshop: 'all',
	lab: 'all',
	suites: 'all',
	statistics: 'all',
} as const;

const fences: Record<string, Fence> = {
	// The parser of answers, which page and extraction share.
	common: { rooms: {}, node: false, packages: ['markdown-it', 'valibot'] },
	disk: { rooms: common, node: true, packages: false },
	prompts: { rooms: common, node: false, packages: ['valibot', 'yaml'] },
	// Numbers in, numbers out: pages use it too.
	statistics: { rooms: common, node: false, packages: false },
	storage: { rooms: disk, node: true, packages: true },
	providers: { rooms: common, node: true, packages: true },
	guide: { rooms: { ...common, providers: ['provider.ts'] }, node: false, packages: true },
	runs: { rooms: { ...common, providers: ['provider.ts'] }, node: false, packages: false },
	formats: { rooms: { ...common, prompts: 'all' }, node: false, packages: true },
	topics: { rooms: disk, node: true, packages: true },
	workshop: {
		rooms: {
			...common,
			prompts: 'all',
			runs: 'all',
			storage: ['contract.ts'],
			providers: ['provider.ts'],
			topics: ['contract.ts'],
		},
		node: true,
		packages: true,
	},
	// No storage and no file system: nothing that happens in the Lab can be written.
	lab: {
		rooms: { ...common, prompts: 'all', runs: 'all', formats: 'all', providers: ['provider.ts'] },
		node: false,
		packages: true,
	},
	suites: {
		rooms: {
			...disk,
			prompts: 'all',
			formats: 'all',
			statistics: 'all',
			runs: 'all',
			storage: ['contract.ts'],
			providers: ['provider.ts'],
			topics: ['contract.ts'],
		},
		node: true,
		packages: true,
	},
	host: { rooms: { ...common, ...inward }, vscode: true, node: true, packages: true },
	cli: { rooms: { ...common, ...inward }, node: true, packages: true },
	webview: { rooms: { ...common, prompts: 'all', statistics: 'all' }, node: false, packages: true },
	'extension.ts': { rooms: { ...common, ...inward, host: 'all' }, vscode: true, node: true, packages: true },
};

const root = resolve(import.meta.dirname, '..', '..');

/** The imports that break the table, as `file imports target`; files are paths from src with forward slashes. */
function brokenFences(sources: Map<string, string>): string[] {
	return [...sources].flatMap(([file, text]) => {
		const room = file.split('/')[0] ?? '';
		const fence = fences[room];
		if (fence === undefined) {
			return [`${file} lies in a room that the table does not know`];
		}
		return ts
			.preProcessFile(text, true, true)
			.importedFiles.map(({ fileName }) => fileName)
			.filter((target) => !allowed(file, room, fence, target))
			.map((target) => `${file} imports ${target}`);
	});
}

function allowed(file: string, room: string, fence: Fence, target: string): boolean {
	if (target.startsWith('.')) {
		const [targetRoom = '', ...rest] = posix.join(posix.dirname(file), target).split('/');
		const files = fence.rooms[targetRoom];
		return targetRoom === room || files === 'all' || (files?.includes(rest.join('/')) ?? false);
	}
	if (target === '@vscode/l10n') {
		return true;
	}
	if (target === 'vscode') {
		return fence.vscode ?? false;
	}
	if (target.startsWith('node:')) {
		return fence.node;
	}
	return typeof fence.packages === 'boolean' ? fence.packages : fence.packages.includes(target);
}

const kit = ['kit'];

/** The folders of the host, and which others each may import. The files directly in it may import all. */
const hostFolders: Record<string, readonly string[]> = {
	kit: [],
	drafts: kit,
	models: kit,
	topics: kit,
	store: kit,
	library: [...kit, 'drafts'],
	templates: [...kit, 'drafts', 'library'],
	versions: [...kit, 'drafts', 'library'],
	workshop: [...kit, 'drafts', 'library', 'models', 'templates'],
	lab: [...kit, 'drafts', 'library', 'models'],
	suites: [...kit, 'drafts', 'library', 'models', 'topics', 'workshop'],
	exchange: [...kit, 'drafts', 'library', 'lab', 'suites'],
};

/** The files directly in the host, and the schemas of what programs hand over: no feature imports them. */
const hostTop = ['', 'arguments'];

/** The imports that break the table of the host, as `file imports target`. */
function brokenHostFences(sources: Map<string, string>): string[] {
	return [...sources]
		.filter(([file]) => hostFolder(file) !== undefined)
		.flatMap(([file, text]) =>
			ts
				.preProcessFile(text, true, true)
				.importedFiles.map(({ fileName }) => fileName)
				.filter((target) => {
					const from = hostFolder(file) ?? '';
					const to = target.startsWith('.') ? hostFolder(posix.join(posix.dirname(file), target)) : undefined;
					const known = hostTop.includes(from) || hostFolders[from] !== undefined;
					return !known || (to !== undefined && !hostAllows(from, to));
				})
				.map((target) => `${file} imports ${target}`),
		);
}

/** The folder of a file of the host, empty for one directly in it; undefined for any other file. */
function hostFolder(file: string): string | undefined {
	const [room, folder = '', ...rest] = file.split('/');
	return room === 'host' ? (rest.length > 0 ? folder : '') : undefined;
}

function hostAllows(from: string, to: string): boolean {
	return from === to || from === '' || (hostFolders[from]?.includes(to) ?? false);
}

/**
 * Groups of files that import each other in a circle. Types count too, which is why this is no rule of the linter: the
 * `no-cycle` of eslint-plugin-import passes over them.
 */
function circles(sources: Map<string, string>): string[][] {
	const imports = new Map(
		[...sources].map(([file, text]) => [
			file,
			ts
				.preProcessFile(text, true, true)
				.importedFiles.map(({ fileName }) => posix.join(posix.dirname(file), fileName))
				.filter((target) => sources.has(target)),
		]),
	);
	const found: string[][] = [];
	const visited = new Map<string, number>();
	const open: string[] = [];
	// Tarjan's algorithm: answers with the earliest file that is still open and can be reached from this one.
	const visit = (file: string): number => {
		const own = visited.size;
		visited.set(file, own);
		open.push(file);
		let earliest = own;
		for (const target of imports.get(file) ?? []) {
			const known = visited.get(target);
			if (known === undefined) {
				earliest = Math.min(earliest, visit(target));
			} else if (open.includes(target)) {
				earliest = Math.min(earliest, known);
			}
		}
		if (earliest === own) {
			const group = open.splice(open.indexOf(file));
			if (group.length > 1 || imports.get(file)?.includes(file)) {
				found.push(group.sort());
			}
		}
		return earliest;
	};
	for (const file of sources.keys()) {
		if (!visited.has(file)) {
			visit(file);
		}
	}
	return found;
}

/** Files with SQL outside of the storage room and the topic index. */
function strayedSql(sources: Map<string, string>): string[] {
	const statement =
		/\b(?:SELECT\s[^;]*?\sFROM|INSERT INTO|UPDATE \w+ SET|DELETE FROM|CREATE (?:TABLE|INDEX)|PRAGMA)\b/;
	return [...sources].flatMap(([file, text]) =>
		!/^(?:storage|topics\/index)\//.test(file) && statement.test(text) ? [file] : [],
	);
}

/** Where VS Code makes links of a text, or shows foreign rows, and the one module that makes both harmless. */
const surfaces = [
	[
		'host/kit/notify.ts',
		/\b(?:show(?:Information|Warning|Error)Message|withProgress|showInputBox|createInputBox|setStatusBarMessage)\b/,
	],
	['host/kit/pick.ts', /\b(?:showQuickPick|createQuickPick)\b/],
	['host/kit/log.ts', /\bcreateOutputChannel\b/],
] as const;

/** Files that show foreign text past these modules. */
function strayedMessages(sources: Map<string, string>): string[] {
	return [...sources].flatMap(([file, text]) =>
		surfaces.some(([only, surface]) => file !== only && surface.test(text)) ? [file] : [],
	);
}

describe('the fences between rooms', () => {
	const files = globSync('**/*.ts', { cwd: join(root, 'src') }).map((file) => file.replaceAll('\\', '/'));
	const sources = new Map(files.map((file) => [file, readFileSync(join(root, 'src', file), 'utf8')]));

	it('hold in every source file', () => {
		for (const room of [
			'common',
			'disk',
			'prompts',
			'statistics',
			'storage',
			'providers',
			'topics',
			'workshop',
			'lab',
			'host',
			'webview',
		]) {
			assert.ok(
				files.some((file) => file.startsWith(`${room}/`)),
				`no files of ${room} were read`,
			);
		}
		assert.deepEqual(brokenFences(sources), []);
	});

	it('hold between the features of the host', () => {
		const folders = new Set(files.flatMap((file) => hostFolder(file) ?? []));
		assert.deepEqual([...folders].sort(), [...hostTop, ...Object.keys(hostFolders)].sort());
		assert.deepEqual(brokenHostFences(sources), []);
	});

	it('leave no circle', () => {
		assert.deepEqual(circles(sources), []);
	});

	it('find circles of any length, of types and of imports on demand, and nothing else', () => {
		const found = circles(
			new Map([
				['host/a.ts', "import { b } from './deep/b.ts';"],
				['host/deep/b.ts', "import type { C } from '../c.ts';"],
				['host/c.ts', "const { a } = await import('./a.ts');"],
				['host/d.ts', "import { a } from './a.ts'; import { e } from './e.ts';"],
				['host/e.ts', "import { a } from './a.ts';"],
				['lab/f.ts', "export { g } from './g.ts';"],
				['lab/g.ts', "import type { F } from './f.ts';"],
				['lab/h.ts', "import type { H } from './h.ts';"],
			]),
		);
		assert.deepEqual(found, [['host/a.ts', 'host/c.ts', 'host/deep/b.ts'], ['lab/f.ts', 'lab/g.ts'], ['lab/h.ts']]);
	});

	it('keep SQL in the storage room and the topic index', () => {
		assert.deepEqual(strayedSql(sources), []);
		const query = 'const rows = database.exec(`SELECT a.id\n\tFROM articles a`);';
		const examples = new Map(['topics/a.ts', 'topics/index/a.ts', 'storage/a.ts'].map((file) => [file, query]));
		assert.deepEqual(strayedSql(examples), ['topics/a.ts']);
	});

	it('keep notifications, progress, input boxes and lists in modules of their own [attack 16]', () => {
		assert.deepEqual(strayedMessages(sources), []);
		for (const text of [
			'void vscode.window.showErrorMessage(error.message);',
			"await window['showInformationMessage'](text);",
			'const { withProgress } = vscode.window;',
			'vscode.window\n\t.showInputBox({ prompt })',
			'const show = vscode.window.createInputBox;',
		]) {
			const examples = new Map(['host/kit/notify.ts', 'host/a.ts', 'extension.ts'].map((file) => [file, text]));
			assert.deepEqual(strayedMessages(examples), ['host/a.ts', 'extension.ts']);
		}
		const picks = new Map(
			['host/kit/pick.ts', 'host/a.ts'].map((file) => [file, 'vscode.window.showQuickPick([])']),
		);
		assert.deepEqual(strayedMessages(picks), ['host/a.ts']);
	});

	it('leave no fixed sleep in tests and pages but those that are counted', () => {
		assert.deepEqual(allFixedSleeps(root), knownSleeps);
		for (const text of [
			'await page.waitForTimeout(500);',
			"import { setTimeout as delay } from 'node:timers/promises';",
			'await new Promise((resolve) => setTimeout(resolve, 50));',
			'new Promise<void>((done) => {\n\tsetTimeout(done, wait);\n});',
			"await sleep(500, 'it may be ready then');",
		]) {
			assert.equal(fixedSleeps(text), 1, text);
		}
		assert.equal(fixedSleeps('await new Promise((resolve) => setTimeout(resolve));'), 0);
	});

	for (const [file, statement] of [
		['workshop/a.ts', "import * as vscode from 'vscode';"],
		['lab/a.ts', "import type { Store } from '../storage/contract.ts';"],
		['lab/a.ts', "const store = await import('../storage/openStore.ts');"],
		['lab/a.ts', "import { writeFile } from 'node:fs/promises';"],
		['lab/deep/a.ts', "export { runTest } from '../../workshop/runTest.ts';"],
		['runs/a.ts', "import { runTest } from '../workshop/runTest.ts';"],
		['runs/a.ts', "import { createModels } from '../providers/models.ts';"],
		['workshop/a.ts', "import { nodeFiles } from '../disk/nodeFiles.ts';"],
		['disk/a.ts', "import type { Store } from '../storage/contract.ts';"],
		['workshop/a.ts', "import { openStore } from '../storage/openStore.ts';"],
		['topics/a.ts', "import { files } from '../storage/nodeFiles.ts';"],
		['providers/a.ts', "import type { Topic } from '../topics/contract.ts';"],
		['webview/workshop/main.ts', "import { lab } from '../../lab/lab.ts';"],
		['webview/workshop/main.ts', "import { join } from 'node:path';"],
		['common/a.ts', "import { hash } from 'node:crypto';"],
		['statistics/a.ts', "import type { Trial } from '../suites/trial.ts';"],
		['statistics/a.ts', "import { mean } from 'simple-statistics';"],
		['common/a.ts', "import { LitElement } from 'lit';"],
		['host/a.ts', "import { view } from '../webview/workshop/view.ts';"],
		['host/a.ts', "import { runCli } from '../cli/runCli.ts';"],
		['cli/a.ts', "import { places } from '../host/kit/places.ts';"],
		['cli/a.ts', "import * as vscode from 'vscode';"],
		['suites/a.ts', "import { state } from '../cli/state.ts';"],
		['kitchen/a.ts', ''],
	] as const) {
		it(`stop ${file}: ${statement || 'an unknown room'}`, () => {
			assert.equal(brokenFences(new Map([[file, statement]])).length, 1);
		});
	}

	for (const [file, statement] of [
		['host/kit/a.ts', "import { draftUri } from '../drafts/draftUri.ts';"],
		['host/kit/a.ts', "import type { Services } from '../services.ts';"],
		['host/kit/a.ts', "const checks = await import('../arguments/checks.ts');"],
		['host/drafts/a.ts', "import { b } from '../workshop/b.ts';"],
		['host/drafts/a.ts', "import type { Services } from '../services.ts';"],
		['host/library/a.ts', "export { b } from '../models/b.ts';"],
		['host/lab/a.ts', "import { openLink } from '../workshop/workshopLinks.ts';"],
		['host/workshop/a.ts', "import { b } from '../lab/deep/b.ts';"],
		['host/topics/a.ts', "import { b } from '../store/b.ts';"],
		['host/arguments/a.ts', "import { b } from '../drafts/b.ts';"],
		['host/cellar/a.ts', "import { b } from './b.ts';"],
	] as const) {
		it(`stop ${file}: ${statement}`, () => {
			assert.equal(brokenHostFences(new Map([[file, statement]])).length, 1);
		});
	}

	it('let through what the table of the host allows', () => {
		const allowedImports = new Map([
			['host/commands.ts', "import { a } from './lab/a.ts'; import { b } from './kit/b.ts';"],
			['host/workshop/a.ts', "import { b } from '../drafts/b.ts'; import { c } from '../../workshop/c.ts';"],
			['host/lab/deep/a.ts', "import { b } from '../b.ts'; import { c } from '../../library/c.ts';"],
			['lab/a.ts', "import { b } from '../common/b.ts';"],
		]);
		assert.deepEqual(brokenHostFences(allowedImports), []);
	});

	it('let through what the table allows', () => {
		const allowedImports = new Map([
			['workshop/a.ts', "import type { Store } from '../storage/contract.ts'; import { b } from './b.ts';"],
			['host/lab/a.ts', "import * as vscode from 'vscode'; import { c } from '../../workshop/c.ts';"],
			['webview/workshop/main.ts', "import { html } from 'lit'; import { d } from '../../common/d.ts';"],
		]);
		assert.deepEqual(brokenFences(allowedImports), []);
	});
});

interface TsConfig {
	compilerOptions: { lib: string[]; types: string[] };
	references: { path: string }[];
}

describe('the project references', () => {
	const rooms = readdirSync(join(root, 'src'), { withFileTypes: true })
		.filter((entry) => entry.isDirectory())
		.map(({ name }) => name);
	const configuration = (folder: string) =>
		JSON.parse(readFileSync(join(root, folder, 'tsconfig.json'), 'utf8')) as TsConfig;

	for (const room of rooms) {
		it(`of ${room} are those of the table`, () => {
			const { compilerOptions, references } = configuration(`src/${room}`);
			const fence = fences[room];
			assert.ok(fence);
			const expected = Object.keys(fence.rooms).filter((name) => rooms.includes(name));
			assert.deepEqual(references.map(({ path }) => path).sort(), expected.map((name) => `../${name}`).sort());
			assert.equal(compilerOptions.types.includes('vscode'), fence.vscode ?? false);
			assert.equal(
				compilerOptions.lib.some((name) => /^dom/i.test(name)),
				room === 'webview',
			);
		});
	}

	it('of the whole name every room', () => {
		const paths = configuration('.').references.map(({ path }) => path);
		assert.deepEqual(
			paths.filter((path) => path.startsWith('src/')).sort(),
			rooms.map((room) => `src/${room}`).sort(),
		);
	});
});
