// npm run test:fuzz [-- <runs> [seed]]: every property of the unit tests, 10,000 cases each by default.
import { runTestProcesses, testFiles } from './testProcesses.ts';
import { exitOnSignals } from './vscode/processes.ts';

exitOnSignals();
const [runs = '10000', seed] = process.argv.slice(2);
process.env['FUZZ_RUNS'] = runs;
if (seed !== undefined) {
	process.env['FUZZ_SEED'] = seed;
}
const files = testFiles('test/unit/**/*.test.ts', '/support/fuzz.ts');
const totals = await runTestProcesses(files, { together: 1, timeout: 30_000, grep: '\\[fuzz\\]' });
console.log(`\n${totals.passed} passed, ${totals.failed} failed`);
process.exitCode = totals.failed > 0 ? 1 : 0;
