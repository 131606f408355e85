import { globSync, readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { addTotals, noTests, type TestTotals } from './runMocha.ts';
import { runQuietly } from './vscode/processes.ts';
import { projectRoot } from './vscode/projectRoot.ts';

export interface TestProcessOptions {
	/** Test files that share a process. */
	together: number;
	/** Milliseconds a test may take when it sets no time of its own. */
	timeout: number;
	/** Runs only tests whose full title matches this regular expression. */
	grep?: string | undefined;
	/**
	 * Files with a failed test are run once more, whole and with nothing beside them; that run counts, and the first one
	 * is printed, too. For tests of slow programs, whose steps depend on each other.
	 */
	secondTry?: boolean;
}

/** Processes at a time: most tests wait more than they compute. */
const atOnce = 2;

/** The files of a pattern, relative to the project; those without `part` in their text are left out. */
export function testFiles(pattern: string, part = ''): string[] {
	const found = globSync(pattern, { cwd: projectRoot });
	return found.filter((file) => readFileSync(join(projectRoot, file), 'utf8').includes(part)).sort();
}

/**
 * Runs test files (relative to the project) in Node processes of their own, two at a time, and prints what each wrote
 * when it ended. Rejects when no test matches.
 */
export async function runTestProcesses(files: readonly string[], options: TestProcessOptions): Promise<TestTotals> {
	const { grep, together, secondTry = false } = options;
	const groups = Array.from({ length: Math.ceil(files.length / together) }, (_, index) =>
		files.slice(index * together, (index + 1) * together),
	);
	const totals = noTests();
	const count = (result: TestTotals) => addTotals(totals, result);
	const failed: string[][] = [];
	const waiting = groups.values();
	const work = async () => {
		for (const group of waiting) {
			const result = await runGroup(group, options, secondTry ? 'bail' : 'whole');
			if (secondTry && result.failed > 0) {
				failed.push(group);
			} else {
				count(result);
			}
		}
	};
	await Promise.all(Array.from({ length: atOnce }, work));
	for (const group of failed) {
		console.log(`\nTried once more: ${group.join(', ')}`);
		const again = await runGroup(group, options, 'whole');
		count(again);
		if (again.failed === 0) {
			totals.secondTries.push(...group);
		}
	}
	if (totals.passed + totals.failed + totals.skipped === 0) {
		throw new Error(grep ? `No test matches ${grep}.` : 'No tests found.');
	}
	return totals;
}

/** Runs files in one process: to the first failure, or all tests. A process that dies counts as a failed test. */
async function runGroup(
	files: string[],
	{ timeout, grep }: TestProcessOptions,
	extent: 'bail' | 'whole',
): Promise<TestTotals> {
	const folder = await mkdtemp(join(tmpdir(), 'prompt-workshop-report-'));
	const report = join(folder, 'report.json');
	const main = join(import.meta.dirname, 'mochaMain.ts');
	const args = [main, String(timeout), extent, ...files.map((file) => resolve(projectRoot, file))];
	const env = { ...process.env, TEST_REPORT: report, ...(grep ? { MOCHA_GREP: grep } : {}) };
	try {
		const { code, all } = await runQuietly(process.execPath, args, { cwd: projectRoot, env });
		const text = await readFile(report, 'utf8').catch(() => undefined);
		if (text === undefined) {
			console.log(`${all.trimEnd()}\n${files.join(', ')} ended with exit code ${code} and without a report.`);
			return { ...noTests(), failed: 1 };
		}
		const totals = JSON.parse(text) as TestTotals;
		// Files without a matching test have nothing to tell.
		if (totals.passed + totals.failed + totals.skipped > 0) {
			console.log(all.trimEnd());
		}
		return totals;
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}
