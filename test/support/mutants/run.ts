// npm run test:mutants [-- <part of a name or file>]: shows that the tests can fail. It takes one defence after the other
// away, in a copy of the project, and reports which test noticed. Ends with 1 when none did.
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exitOnSignals, runQuietly } from '../vscode/processes.ts';
import { projectRoot } from '../vscode/projectRoot.ts';
import { misfit, mutants } from './all.ts';
import type { Mutant } from './mutant.ts';

const copied = ['src', 'test', 'fixtures', 'media', 'package.json', 'package.nls.json', 'esbuild.mjs'];

interface Failure {
	file: string;
	/** The first test that failed, and why. */
	text: string;
}

/** The first test that failed and why, from mocha's JSON report. */
function firstFailure(output: string): string {
	try {
		const report = JSON.parse(output.slice(output.indexOf('{\n'))) as {
			failures: { fullTitle: string; err: { message?: string } }[];
		};
		const [first] = report.failures;
		return first ? `${first.fullTitle}\n         ${(first.err.message ?? '').split('\n')[0]}` : 'the run failed';
	} catch {
		return `the run failed: ${output.trim().split('\n').at(-1) ?? ''}`;
	}
}

/** Runs test files until one fails, and says which. */
async function firstToFail(
	copy: string,
	{ tests, only }: Pick<Mutant, 'tests' | 'only'>,
): Promise<Failure | undefined> {
	const mocha = join(projectRoot, 'node_modules/mocha/bin/mocha.js');
	for (const name of tests) {
		// A busy machine is no failure: the time is that of the unit and of the ui tests.
		const timeout = name.startsWith('ui/') ? '240000' : '30000';
		const options = ['--bail', '--exit', '--timeout', timeout, '--reporter', 'json', '--fail-zero'];
		const args = [mocha, ...options, ...(only === undefined ? [] : ['--fgrep', only]), `test/${name}.test.ts`];
		const { code, all } = await runQuietly(process.execPath, args, { cwd: copy });
		if (code !== 0) {
			return { file: name, text: firstFailure(all) };
		}
	}
	return undefined;
}

/** Applies one mutant, runs its tests, and puts the source back. */
async function tryMutant(copy: string, mutant: Mutant): Promise<Failure | undefined> {
	const path = join(copy, mutant.file);
	const source = await readFile(path, 'utf8');
	await writeFile(
		path,
		source.replace(mutant.from, () => mutant.to),
	);
	try {
		return await firstToFail(copy, mutant);
	} finally {
		await writeFile(path, source);
	}
}

async function run(wanted: readonly Mutant[], copy: string): Promise<boolean> {
	for (const entry of copied) {
		await cp(join(projectRoot, entry), join(copy, entry), { recursive: true });
	}
	await symlink(join(projectRoot, 'node_modules'), join(copy, 'node_modules'), 'junction');
	for (const mutant of wanted) {
		const problem = misfit(mutant, await readFile(join(copy, mutant.file), 'utf8'));
		if (problem !== undefined) {
			throw new Error(problem);
		}
	}
	const unmutated = await firstToFail(copy, { tests: [...new Set(wanted.flatMap(({ tests }) => tests))] });
	if (unmutated !== undefined) {
		throw new Error(`The tests fail without a mutant: ${unmutated.file}: ${unmutated.text}`);
	}
	let survivors = 0;
	for (const mutant of wanted) {
		const caught = await tryMutant(copy, mutant);
		survivors += caught === undefined ? 1 : 0;
		const by = caught === undefined ? '' : `\n         by ${caught.file}: ${caught.text}`;
		console.log(`${caught === undefined ? 'SURVIVED' : 'caught  '} ${mutant.name}${by}`);
	}
	console.log(`\n${wanted.length - survivors} of ${wanted.length} mutants were caught.`);
	return survivors === 0;
}

exitOnSignals();
const [part = ''] = process.argv.slice(2);
const folder = await mkdtemp(join(tmpdir(), 'mutants-'));
try {
	const wanted = mutants.filter(({ name, file }) => `${name} ${file}`.includes(part));
	if (wanted.length === 0) {
		throw new Error(`No mutant has "${part}" in its name or file.`);
	}
	process.exitCode = (await run(wanted, folder)) ? 0 : 1;
} finally {
	await rm(folder, { recursive: true, force: true });
}
