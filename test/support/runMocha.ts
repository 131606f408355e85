import { format } from 'node:util';
import Mocha from 'mocha';

export interface TestOutcome {
	/** The full title. */
	title: string;
	state: 'passed' | 'failed';
	/** What failed, in one line. */
	reason?: string;
}

export interface TestTotals {
	passed: number;
	failed: number;
	skipped: number;
	/** Each test that ran to its end; a failed hook stands under its own title. */
	outcomes: TestOutcome[];
	/** Files that failed and passed when they were tried again. */
	secondTries: string[];
}

export function noTests(): TestTotals {
	return { passed: 0, failed: 0, skipped: 0, outcomes: [], secondTries: [] };
}

export function addTotals(totals: TestTotals, more: TestTotals): void {
	totals.passed += more.passed;
	totals.failed += more.failed;
	totals.skipped += more.skipped;
	totals.outcomes.push(...more.outcomes);
	totals.secondTries.push(...more.secondTries);
}

export interface MochaOptions {
	/** Milliseconds a test may take when it sets no time of its own. */
	timeout: number;
	/** Runs only tests whose full title matches this regular expression. */
	grep?: string | undefined;
	/** Ends at the first failure. Default: false. */
	bail?: boolean;
	/** Takes each line of the report. Default: standard output. */
	print?: (line: string) => void;
}

/** Runs test files (absolute paths) and prints each test. All totals are 0 when no test matches. */
export async function runMocha(
	files: string[],
	{ timeout, grep, bail = false, print }: MochaOptions,
): Promise<TestTotals> {
	if (print) {
		Mocha.reporters.Base.consoleLog = (...parts: unknown[]) => print(format(...parts));
	}
	const mocha = new Mocha({ ui: 'bdd', timeout, bail, color: false, ...(grep ? { grep } : {}) });
	for (const file of files) {
		mocha.addFile(file);
	}
	await mocha.loadFilesAsync();
	return new Promise((resolve) => {
		const outcomes: TestOutcome[] = [];
		const runner = mocha.run(() => {
			const { passes = 0, failures = 0, pending = 0 } = runner.stats ?? {};
			resolve({ passed: passes, failed: failures, skipped: pending, outcomes, secondTries: [] });
		});
		runner.on('pass', (test) => outcomes.push({ title: test.fullTitle(), state: 'passed' }));
		runner.on('fail', (test, error: unknown) => {
			const reason = String(error).replaceAll(/\s+/g, ' ').slice(0, 300);
			outcomes.push({ title: test.fullTitle(), state: 'failed', reason });
		});
	});
}
