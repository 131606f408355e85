// How many assertions are graded per second on one core, through gradeAnswer, on answers of 800 characters: those of text
// that need no sandbox, ten on each answer, half of them failing; code, each evaluated in a context of its own; and regular
// expressions in their thread. The best of some runs, since a busy machine only ever takes away.
import { gradeAnswer } from '../../src/suites/gradeAnswer.ts';
import { assertion, graderContext } from '../support/suites/gradeWith.ts';
import { testSandbox } from '../support/suites/testSandbox.ts';

const answers = 10_000;

const text = 'The order left the warehouse on Monday and arrives within three days. '.repeat(11);
const assertions = [
	assertion('equals', { value: 'shipping' }),
	assertion('contains', { value: 'arrives' }),
	assertion('not-contains', { value: 'arrives' }),
	assertion('icontains', { value: 'MONDAY' }),
	assertion('contains-any', { value: ['lost', 'stolen', 'broken'] }),
	assertion('contains-all', { value: 'order, warehouse, days' }),
	assertion('icontains-any', { value: ['LOST', 'STOLEN', 'DAYS'] }),
	assertion('starts-with', { value: 'The order' }),
	assertion('ends-with', { value: 'The order' }),
	assertion('word-count', { value: { min: 50, max: 100 } }),
];

/** Best of several runs; the time is that of all threads together. */
async function measure(what: string, budget: number, count: number, grade: () => Promise<unknown>): Promise<void> {
	let best = 0;
	for (let run = 0; run < 6; run++) {
		const start = process.cpuUsage();
		await grade();
		const { user, system } = process.cpuUsage(start);
		best = Math.max(best, count / ((user + system) / 1e6));
	}
	console.log(`${best >= budget ? ' ' : '✘'} ${what} per second ${Math.round(best)}, at least ${budget}`);
	process.exitCode = best >= budget && process.exitCode !== 1 ? 0 : 1;
}

await measure('assertions of text', 100_000, answers * assertions.length, async () => {
	for (let answer = 0; answer < answers; answer++) {
		await gradeAnswer(assertions, undefined, graderContext(text));
	}
});

const sandbox = testSandbox();
const many = (count: number, type: string, value: string) => () =>
	Promise.all(
		Array.from({ length: count }, () =>
			gradeAnswer([assertion(type, { value })], undefined, {
				...graderContext(text, { vars: { day: 'Monday' }, prompt: 'You are a helpful assistant.' }),
				sandbox,
			}),
		),
	);
await measure('assertions of code', 5_000, 3_000, many(3_000, 'javascript', 'output.includes(context.vars.day)'));
await measure('regular expressions', 20_000, 10_000, many(10_000, 'regex', 'arrives within \\w+ days'));
await sandbox.dispose();
