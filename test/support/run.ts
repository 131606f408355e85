// npm test: every check and every kind of test in order, all of them even when one fails; then what came of each threat.
//   npm test -- --only unit|host|ui    one kind of test, with the build it needs
//   npm test -- --grep <expression>    only tests whose title matches
//   npm test -- --only host --oldest   on the oldest VS Code that the manifest promises
//   npm run unit -- FILE ...           test files alone (host tests are one bundle: --grep); unit files need no build
//   npm run test:attacks, test:faults  the files with tests that are tagged as trying one, and a table of what came of each
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Level, ThreatKind } from './attacks/list.ts';
import { threatRows, threatTable } from './attacks/table.ts';
import { longestFirst } from './longestFirst.ts';
import { addTotals, noTests, type TestOutcome, type TestTotals } from './runMocha.ts';
import { runTestProcesses, testFiles } from './testProcesses.ts';
import { installBrowser } from './vscode/browser.ts';
import { runHostTests } from './vscode/hostRun.ts';
import { installServer, newestServer, oldestServer } from './vscode/installServer.ts';
import { packageExtension } from './vscode/package.ts';
import { exitOnSignals, runVisibly } from './vscode/processes.ts';
import { projectRoot } from './vscode/projectRoot.ts';

interface Stage {
	name: string;
	/** The kind of tests that it runs; absent for a check. */
	level?: Level;
	/** Resolves with the totals of a test stage, or nothing for a check, which counts as one; rejects when it failed. */
	run(): Promise<TestTotals | void>;
}

const { values: options, positionals } = parseArgs({
	allowPositionals: true,
	options: {
		only: { type: 'string' },
		grep: { type: 'string' },
		oldest: { type: 'boolean', default: false },
		tagged: { type: 'string' },
	},
});
/** Browser tests wait for slow programs; one that needs a second try now and then is no news, many are. */
const mostSecondTries = 2;
const tagged = threatKind(options.tagged);
/** What a test's file contains if it is run. All of it: its tests build on those before them. */
const tag = tagged === undefined ? '' : `[${tagged} `;
const { grep } = options;
/** The files named, as they stand below the project; all of a kind where none is named. */
const named = positionals.map((file) => relative(projectRoot, resolve(file)).replaceAll('\\', '/'));
const version = options.oldest ? oldestServer : newestServer;
let vsix: string | undefined;

const prepare: Stage = {
	name: 'VS Code and browser',
	run: async () => {
		await installServer(version);
		await installBrowser();
	},
};
const build: Stage = {
	name: 'build and package',
	run: async () => {
		const built = await packageExtension({ hostTests: true });
		vsix = built.vsix;
		if (!built.withinBudget) {
			throw new Error('build and package: over a budget of size, see above');
		}
	},
};
const unit: Stage = {
	name: 'unit tests',
	level: 'unit',
	run: () => {
		// The processes that the storage tests kill run what ships.
		if (vsix !== undefined) {
			process.env['STORAGE_BUNDLE'] = join(projectRoot, 'dist', 'storage.js');
		}
		// A process reads many modules before its first test.
		return runTestProcesses(filesOf('unit'), { together: 25, timeout: 30_000, grep });
	},
};
const host: Stage = {
	name: `host tests (VS Code ${version.replace(/^4/, '1')})`,
	level: 'host',
	run: async () => runHostTests({ vsix: packaged(), version, grep }),
};
const ui: Stage = {
	name: 'ui tests',
	level: 'ui',
	run: async () => {
		packaged();
		return runTestProcesses(longestFirst(filesOf('ui')), {
			together: 1,
			timeout: 240_000,
			grep,
			secondTry: true,
		});
	},
};
const everything = [
	prepare,
	program('types', 'typescript/bin/tsc', '-b'),
	program('lint', 'eslint/bin/eslint.js', '.', '--max-warnings', '0'),
	program('format', 'prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.'),
	build,
	unit,
	host,
	ui,
];
const selections: Record<string, Stage[]> = {
	unit: named.length > 0 ? [unit] : [build, unit],
	host: [prepare, build, host],
	ui: [prepare, build, ui],
};

const all = tagged === undefined ? everything : [prepare, build, unit, host, ui];
const stages = options.only === undefined ? all : selections[options.only];
if (stages === undefined) {
	throw new Error(`--only takes ${Object.keys(selections).join(', ')}; not ${options.only}`);
}
exitOnSignals();
process.exitCode = await runStages(stages);

function filesOf(level: Level): string[] {
	const files = testFiles(`test/${level}/**/*.test.ts`, tag);
	const unknown = named.find((file) => !files.includes(file));
	if (unknown !== undefined) {
		throw new Error(`${unknown} is no file of the ${level} tests`);
	}
	return named.length > 0 ? named : files;
}

async function runStages(selected: Stage[]): Promise<number> {
	const totals = noTests();
	const lines: string[] = [];
	const outcomes: { level: Level; test: TestOutcome }[] = [];
	for (const stage of selected) {
		console.log(`\n── ${stage.name}`);
		const started = performance.now();
		const result = await outcome(stage);
		addTotals(totals, result);
		const { level } = stage;
		if (level !== undefined) {
			outcomes.push(...result.outcomes.map((test) => ({ level, test })));
		}
		const seconds = ((performance.now() - started) / 1000).toFixed(1);
		lines.push(`${stage.name.padEnd(30)} ${seconds.padStart(7)} s   ${describeTotals(result)}`);
		const failed = result.outcomes.filter(({ state }) => state === 'failed');
		lines.push(...failed.map(({ title, reason }) => `  failed: ${title}: ${reason}`));
	}
	lines.push(...describeSecondTries(totals));
	const allHold = printThreats(selected, outcomes);
	console.log(`\n${lines.join('\n')}\n\n${describeTotals(totals)}`);
	return totals.failed > 0 || !allHold ? 1 : 0;
}

/** Files that passed only when they were tried again; more than two of them are a failure of the run. */
function describeSecondTries(totals: TestTotals): string[] {
	const { secondTries } = totals;
	if (secondTries.length === 0) {
		return [];
	}
	const files = secondTries.length === 1 ? '1 file' : `${secondTries.length} files`;
	const said = `${files} only at the second try: ${secondTries.join(', ')}`;
	if (secondTries.length <= mostSecondTries) {
		return [said];
	}
	totals.failed++;
	return [`${said}; more than ${mostSecondTries} fail the run`];
}

/** Prints the tables of the threats that this run tries; false when one of them is not met. */
function printThreats(selected: readonly Stage[], outcomes: readonly { level: Level; test: TestOutcome }[]): boolean {
	const isFullRun = options.only === undefined && grep === undefined;
	const kinds: ThreatKind[] = tagged !== undefined ? [tagged] : isFullRun ? ['attack', 'fault'] : [];
	const levels = selected.flatMap(({ level }) => level ?? []);
	const tables = kinds.map((kind) => ({ kind, rows: threatRows(kind, outcomes, levels) }));
	for (const { kind, rows } of tables) {
		console.log(`\n${threatTable(kind, rows)}`);
	}
	return tables.every(({ rows }) => rows.every(({ holds }) => holds));
}

function threatKind(name: string | undefined): ThreatKind | undefined {
	if (name !== undefined && name !== 'attack' && name !== 'fault') {
		throw new Error(`--tagged takes attack or fault, not ${name}`);
	}
	return name;
}

async function outcome(stage: Stage): Promise<TestTotals> {
	try {
		return (await stage.run()) ?? { ...noTests(), passed: 1 };
	} catch (error) {
		console.error(error instanceof Error ? error.message : error);
		return { ...noTests(), failed: 1 };
	}
}

function describeTotals({ passed, failed, skipped }: TestTotals): string {
	return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

function packaged(): string {
	if (vsix === undefined) {
		throw new Error('Not run: there is no packaged extension.');
	}
	return vsix;
}

/** A check by a program of a package; its exit code decides. */
function program(name: string, script: string, ...args: string[]): Stage {
	return {
		name,
		run: async () => {
			const path = join(projectRoot, 'node_modules', script);
			if ((await runVisibly(process.execPath, [path, ...args], { cwd: projectRoot })) !== 0) {
				throw new Error(`${name}: failed, see above`);
			}
		},
	};
}
