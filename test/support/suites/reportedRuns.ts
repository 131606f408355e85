import type { SuiteRun } from '../../../src/common/suiteModel.ts';
import type { RunPart, RunRequest } from '../../../src/providers/provider.ts';
import { runSuite } from '../../../src/suites/runSuite.ts';
import { AnsweringModels } from './answeringModels.ts';
import { outcomeOf, suiteContext, suiteUri, type TestContext } from './suiteContext.ts';

/** What a model answers to a question, by the text of its prompt. */
export type Answer = (prompt: string, question: number, time: number) => string;

export interface ReportedRuns {
	context: TestContext;
	/** Runs the suite with the prompts of these names; resolves with the row of the run. */
	run(options: {
		prompts: string[];
		cases: number;
		repeat?: number;
		/** Cases whose model fails. */
		broken?: (question: number) => boolean;
		/** Takes the answers of earlier runs. */
		reuse?: boolean;
	}): Promise<SuiteRun>;
}

/**
 * Runs of a suite whose cases expect "yes", with a model that thinks, calls a tool and answers as `answer` says. Everything
 * is in memory and goes through the engine.
 */
export function reportedRuns(answer: Answer): ReportedRuns {
	const times = new Map<string, number>();
	let isBroken: (question: number) => boolean = () => false;
	const models = new AnsweringModels((request) => {
		const question = Number(/Question (\d+)/.exec(JSON.stringify(request.messages))?.[1] ?? 0);
		if (isBroken(question)) {
			throw new Error('The provider is overloaded');
		}
		const prompt = promptOf(request);
		const key = `${prompt} ${question}`;
		const time = (times.get(key) ?? 0) + 1;
		times.set(key, time);
		return parts(answer(prompt, question, time), question);
	});
	const context = suiteContext(models, {
		prompts: {
			'draft:old': { text: 'Old: be brief.', label: 'old' },
			'draft:new': { text: 'New: be brief and exact.', label: 'new' },
			'draft:third': { text: 'Third: guess.', label: 'third' },
		},
	});
	let started = Date.parse('2026-11-20T09:00:00Z');
	context.now = () => new Date((started += 60_000));
	return {
		context,
		async run({ prompts, cases, repeat = 1, broken = () => false, reuse = false }) {
			isBroken = broken;
			const text = JSON.stringify({
				prompt: prompts.map((name) => `draft:${name}`),
				models: ['own/model'],
				defaults: { repeat, assert: [{ type: 'icontains', value: '{{expected}}' }] },
				cases: Array.from({ length: cases }, (_, index) => ({
					name: `case ${index}`,
					query: `Question ${index}: is it in stock?`,
					expected: 'yes',
					tags: index % 5 === 0 ? ['stock'] : [],
				})),
			});
			const source = { uri: suiteUri, name: 'Shop answers', text, format: 'json' as const };
			return (await outcomeOf(runSuite(context, source, { reuse }))).run;
		},
	};
}

function promptOf({ system, messages }: RunRequest): string {
	return /(Old|New|Third)/.exec(JSON.stringify([system, messages]))?.[0]?.toLowerCase() ?? '';
}

function parts(text: string, question: number): RunPart[] {
	return [
		{ type: 'thinking', id: 'k', text: `The customer asks about article ${question}. I look it up.` },
		{ type: 'tool-call', id: 'c', name: 'get_stock', input: { article: question } },
		{ type: 'tool-result', id: 'c', name: 'get_stock', summary: '3 left' },
		{ type: 'text', id: 't', text },
		{ type: 'usage', inputTokens: 120, outputTokens: 20 + (question % 7), thinkingTokens: 11 },
		{ type: 'done', stopReason: 'stop' },
	];
}
