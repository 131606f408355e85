import { runSuite } from '../../../src/suites/runSuite.ts';
import { createModels } from '../../../src/providers/models.ts';
import { silentLog } from '../wire/replay.ts';
import { suiteContext, suiteUri } from './suiteContext.ts';

/** What the process of a benchmark prints as JSON. */
export interface ChildFigures {
	/** Milliseconds from the call to the last event. */
	wall: number;
	/** Processor time of the same span, in milliseconds. */
	cpu: number;
	/** Peak of the process's resident memory, in MB. */
	peak: number;
	/** Peak of what JavaScript holds, garbage included, in MB; looked at ten times a second. */
	heap: number;
	passed: number;
	/** When the run was stopped, if it was: milliseconds since the epoch. */
	stoppedAt: number;
}

// node benchChild.js <base URL> <cases> <at once> <stop after these milliseconds in flight, 0 for never>
const [baseUrl = '', cases = '', concurrency = '', stopAfter = '0'] = process.argv.slice(2);
const atOnce = Number(concurrency);
const list = Array.from(
	{ length: Number(cases) },
	(_, index) => `  - { name: c${index}, query: "Question ${index}?" }`,
);
const text = `prompt: draft:a\nmodels: local/m\ndefaults: { assert: [{ type: contains, value: Hello }] }\ncases:\n${list.join('\n')}`;
const models = createModels([{ id: 'local', kind: 'openai-compatible', baseUrl }], {
	getKey: async () => undefined,
	log: silentLog,
	maxParallel: atOnce,
});
const settings = { concurrency: atOnce, maxTokens: 1024, thinking: 'off', judgeModel: undefined } as const;
const controller = new AbortController();
const start = performance.now();
const before = process.cpuUsage();
let heap = 0;
const look = setInterval(() => {
	const { heapUsed, external } = process.memoryUsage();
	heap = Math.max(heap, (heapUsed + external) / 1_048_576);
}, 100);
let stoppedAt = 0;
let passed = 0;
if (Number(stopAfter) > 0) {
	process.on('message', () => {
		stoppedAt = performance.timeOrigin + performance.now();
		controller.abort();
	});
}
const source = { uri: suiteUri, name: 'bench', text, format: 'yaml' } as const;
const context = suiteContext(models, { settings: () => settings });
for await (const event of runSuite(context, source, { signal: controller.signal })) {
	passed += event.type === 'trial' && event.trial.verdict === 'pass' ? 1 : 0;
}
clearInterval(look);
const wall = performance.now() - start;
const { user, system } = process.cpuUsage(before);
const figures: ChildFigures = {
	wall,
	cpu: (user + system) / 1000,
	peak: process.resourceUsage().maxRSS / 1024,
	heap,
	passed,
	stoppedAt,
};
process.send?.(figures);
process.disconnect?.();
