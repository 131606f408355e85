import type * as vscode from 'vscode';
import { AppError } from '../../../src/common/errors.ts';
import type { SuiteRunEvent } from '../../../src/common/suiteModel.ts';
import type { RunRequest } from '../../../src/providers/provider.ts';
import { TestExplorer } from '../../../src/host/suites/testing/testExplorer.ts';
import type { ListedTests, TestingServices } from '../../../src/host/suites/testing/testingServices.ts';
import { compareStoredRuns } from '../../../src/suites/compare/storedComparison.ts';
import { mutedContext } from '../../../src/suites/coverage/mutedContext.ts';
import { graders } from '../../../src/suites/graders/all.ts';
import { planRun, type SuiteSource } from '../../../src/suites/planRun.ts';
import { readSuite } from '../../../src/suites/readSuite.ts';
import { runSuite } from '../../../src/suites/runSuite.ts';
import { AnsweringModels, question } from './answeringModels.ts';
import { FakeController, fakeObjects, FakeToken, type FakeItem } from './fakeTesting.ts';
import { suiteContext, type TestContext } from './suiteContext.ts';

export const folder = { id: 'file:///suites', label: 'suites' };
export const uri = 'file:///suites/a.prompttest.yaml';

/** A Test Explorer over suites in memory whose models answer with the question, unless told otherwise. */
export function testExplorerFixture(
	text: string,
	answer: (question: string, signal: AbortSignal, request: RunRequest) => string | Promise<string> = (asked) => asked,
	changes: Partial<TestingServices> = {},
) {
	const models = new AnsweringModels((request) => answer(question(request), request.signal, request));
	const context: TestContext = suiteContext(models);
	const controller = new FakeController();
	const texts = new Map([[uri, text]]);
	const failures: unknown[] = [];
	const comparisons: [string, string][] = [];
	const lists = { count: 0, reads: 0 };
	const source = async (of: string): Promise<SuiteSource> => {
		const found = texts.get(of);
		if (found === undefined) {
			throw new AppError('not-found', 'The suite no longer exists');
		}
		return { uri: of, name: of.slice(of.lastIndexOf('/') + 1), text: found, format: 'yaml' };
	};
	const services: TestingServices = {
		controller: controller.asController,
		objects: fakeObjects,
		list: async () => {
			lists.count++;
			return [...texts.keys()].map((one): ListedTests => ({ uri: one, document: one, name: one, group: folder }));
		},
		source,
		savedSource: source,
		read: ({ text: read, format }) => {
			lists.reads++;
			return readSuite(read, { format, graders, readFile: () => Promise.reject(new Error('no file')) });
		},
		promptHash: async (reference) => {
			const found = context.prompts[reference];
			return found && (await context.resolvePrompt(reference, uri)).hash;
		},
		chosenVariants: async () => ({}),
		plan: (of, options) => planRun(context, of, options),
		confirm: async () => ({ maxCalls: 100_000 }),
		run: (of, options): AsyncIterable<SuiteRunEvent> => runSuite(context, of, options),
		runMuted: (of, options, prompts) => runSuite(mutedContext(context, prompts), of, options),
		maxCoverageCalls: () => 300,
		promptDocument: async (reference) => fakeObjects.Uri.parse(`shown:${reference}`),
		maxCostUsd: () => 1,
		storedRuns: (suite) => context.records.list({ suite }),
		trials: (runId) => context.files.trials(runId),
		compare: (runA, runB) => compareStoredRuns(context, runA, runB),
		showComparison: (...runs) => comparisons.push(runs),
		onFailed: (error) => failures.push(error),
		...changes,
	};
	const explorer = new TestExplorer(services);
	const suiteItem = (of = uri) => controller.items.get(folder.id)?.children.get(of);
	return {
		explorer,
		controller,
		context,
		models,
		texts,
		failures,
		comparisons,
		lists,
		services,
		suiteItem,
		item: (name: string) => suiteItem()?.children.get(name),
		/** Opens everything, as a user does by expanding it. */
		open: async () => {
			await explorer.resolve(undefined);
			for (const one of texts.keys()) {
				await explorer.resolve(suiteItem(one) as unknown as vscode.TestItem);
			}
		},
		run: (
			include?: (FakeItem | undefined)[],
			options: { token?: FakeToken; exclude?: FakeItem[]; continuous?: boolean; withBaseline?: boolean } = {},
		) => {
			const { token = new FakeToken(), exclude, continuous = false, withBaseline = false } = options;
			const request = { include, exclude, profile: undefined, continuous } as unknown as vscode.TestRunRequest;
			return explorer.run(request, token.asToken, { withBaseline });
		},
		cover: (include?: (FakeItem | undefined)[], token = new FakeToken()) => {
			const request = { include, profile: undefined, continuous: false } as unknown as vscode.TestRunRequest;
			return explorer.cover(request, token.asToken);
		},
	};
}
