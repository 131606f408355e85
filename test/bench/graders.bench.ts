// How many assertions are graded per second on one core, through gradeAnswer: those of text that need no sandbox, ten on
// each answer of 800 characters, half of them failing. The best of five runs, since a busy machine only ever takes away.
import { gradeAnswer } from '../../src/suites/gradeAnswer.ts';
import { assertion, graderContext } from '../support/suites/gradeWith.ts';

const budget = 100_000;
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

let best = 0;
for (let run = 0; run < 5; run++) {
	const start = process.cpuUsage();
	for (let answer = 0; answer < answers; answer++) {
		await gradeAnswer(assertions, undefined, graderContext(text));
	}
	const { user, system } = process.cpuUsage(start);
	best = Math.max(best, (answers * assertions.length) / ((user + system) / 1e6));
}
console.log(`${best >= budget ? ' ' : '✘'} assertions of text per second ${Math.round(best)}, at least ${budget}`);
process.exitCode = best >= budget ? 0 : 1;
