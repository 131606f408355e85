import { AppError } from '../../../src/common/errors.ts';
import type { SuiteRunEvent, SuiteRunOptions, Trial } from '../../../src/common/suiteModel.ts';
import type { Models } from '../../../src/providers/provider.ts';
import { textHash } from '../../../src/disk/textHash.ts';
import { runSuite } from '../../../src/suites/runSuite.ts';
import type { ResolvedPrompt, SuiteContext } from '../../../src/suites/suiteContext.ts';
import { directSandbox } from './directSandbox.ts';
import { MemoryRuns } from './memoryRuns.ts';

export interface TestContext extends SuiteContext {
	runs: MemoryRuns;
	/** Names that are claimed now. */
	claimed: Set<string>;
	/** Texts of prompts by reference. */
	prompts: Record<string, Partial<ResolvedPrompt> & { text: string }>;
}

export const suiteUri = 'file:///suites/a.prompttest.yaml';

/** Everything in memory; `models` is what a test asks. */
export function suiteContext(models: Models, changes: Partial<TestContext> = {}): TestContext {
	const runs = changes.runs ?? new MemoryRuns();
	const claimed = changes.claimed ?? new Set<string>();
	const prompts: TestContext['prompts'] = { 'draft:a': { text: 'Be brief.', label: 'a' } };
	return {
		runs,
		claimed,
		prompts,
		models: () => models,
		topics: {
			list: async () => [],
			openTools: () => Promise.reject(new AppError('not-found', 'There are no topics')),
		},
		async resolvePrompt(reference) {
			const found = (changes.prompts ?? prompts)[reference];
			if (!found) {
				throw new AppError('not-found', `There is no prompt ${reference}`);
			}
			return {
				reference,
				label: reference.slice(reference.indexOf(':') + 1),
				hash: textHash(found.text),
				kind: 'assistant',
				variables: [],
				tools: [],
				promptRole: 'system',
				...found,
			};
		},
		readCaseFile: (path) => Promise.reject(new AppError('not-found', `There is no file ${path}`)),
		conversation: (fixture) => Promise.reject(new AppError('not-found', `There is no fixture ${fixture}`)),
		records: runs.records,
		files: runs.files,
		sandbox: directSandbox,
		settings: () => ({ concurrency: 10, maxTokens: 1024, thinking: 'off', judgeModel: undefined }),
		chooseModel: async (_purpose, given) => given ?? 'own/model',
		async claim(name) {
			if (claimed.has(name)) {
				return undefined;
			}
			claimed.add(name);
			return async () => void claimed.delete(name);
		},
		now: () => new Date(),
		...changes,
	};
}

/** Runs a suite in YAML to its end. */
export async function runToEnd(
	context: SuiteContext,
	text: string,
	options: SuiteRunOptions = {},
): Promise<RunOutcome> {
	return outcomeOf(runSuite(context, { uri: suiteUri, name: 'a', text, format: 'yaml' }, options));
}

export interface RunOutcome {
	events: SuiteRunEvent[];
	plan: Extract<SuiteRunEvent, { type: 'plan' }>;
	trials: Trial[];
	run: Extract<SuiteRunEvent, { type: 'run' }>['run'];
	done: Extract<SuiteRunEvent, { type: 'done' }>;
}

/** Collects the events of a run and checks their order. */
export async function outcomeOf(events: AsyncIterable<SuiteRunEvent>): Promise<RunOutcome> {
	const all: SuiteRunEvent[] = [];
	for await (const event of events) {
		all.push(event);
	}
	const [plan] = all;
	const run = all.at(-2);
	const done = all.at(-1);
	const middle = all.slice(1, -2);
	if (plan?.type !== 'plan' || run?.type !== 'run' || done?.type !== 'done') {
		throw new Error(`The order of the events is ${all.map(({ type }) => type).join(', ')}`);
	}
	const trials = middle.map((event) => {
		if (event.type !== 'trial') {
			throw new Error(`There is a ${event.type} between the trials`);
		}
		return event.trial;
	});
	return { events: all, plan, trials, run: run.run, done };
}
