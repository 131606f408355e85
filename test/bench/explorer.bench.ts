// The Test Explorer: how long a suite of 1, 1,000 and 20,000 cases takes until all its items are there, and how a run of 1,000
// answers is reported. A number over its budget makes the run fail. Real reader and engine; of VS Code only what items and runs
// are made of, so VS Code's own drawing comes on top. Milliseconds of processor time, which other programs do not lengthen.
import { processorTime } from '../support/processorTime.ts';
import { testExplorerFixture } from '../support/suites/testExplorerFixture.ts';

const later = 150;
const largest = 1_500;
const longestTask = 50;

/** Lets others go first, as the network would. */
const turn = () => new Promise<void>((resolve) => void setImmediate(resolve));

function suiteOf(cases: number): string {
	const list = Array.from({ length: cases }, (_, index) => {
		const assert = `assert: [{ type: contains, value: "${index}" }]`;
		return `  - { name: "case ${index}", query: "question ${index}", ${assert} }\n`;
	});
	return `prompt: draft:a\nmodels: own/m\ncases:\n${list.join('')}`;
}

function line(name: string, value: number, budget: number): void {
	const met = value <= budget;
	console.log(`${met ? 'met   ' : 'MISSED'} ${name}: ${value.toFixed(0)} ms, at most ${budget} ms`);
	if (!met) {
		process.exitCode = 1;
	}
}

/** Until the last item is there. */
async function opened(cases: number): Promise<number> {
	const fixture = testExplorerFixture(suiteOf(cases));
	const time = processorTime();
	const opening = fixture.open();
	while (fixture.suiteItem()?.children.size !== cases) {
		await turn();
	}
	const taken = time();
	await opening;
	return taken;
}

/** The median of five. */
async function median(work: () => Promise<number>): Promise<number> {
	const times: number[] = [];
	for (let round = 0; round < 5; round++) {
		times.push(await work());
	}
	return times.sort((a, b) => a - b)[2] ?? NaN;
}

await opened(1_000);
const fixture = testExplorerFixture(suiteOf(1_000), async (asked) => {
	isAnswering = true;
	await turn();
	return asked;
});
/** The suite is read before: how long that takes is measured by the benchmark of suites. */
let isAnswering = false;
let isRunning = true;
let longest = 0;
const watch = async () => {
	while (isRunning) {
		const isCounted = isAnswering;
		const time = processorTime();
		await turn();
		longest = isCounted ? Math.max(longest, time()) : 0;
	}
};
await fixture.open();
const watching = watch();
await fixture.run();
isRunning = false;
await watching;
const [run] = fixture.controller.runs;
if (Object.keys(run?.verdicts ?? {}).length !== 1_000 || run?.ended !== 1) {
	throw new Error('The run did not report all its cases');
}
line('the longest task while 1,000 answers come and are reported', longest, longestTask);
const one = await median(() => opened(1));
const thousand = await median(() => opened(1_000));
line('1,000 cases are there later than one', thousand - one, later);
line('20,000 cases are there', await median(() => opened(20_000)), largest);
