import type * as vscode from 'vscode';
import { Emitter } from '../../../common/lifecycle.ts';
import type { PromptReference } from '../../../common/suiteModel.ts';
import { visibleText } from '../../../common/visibleText.ts';
import { Batches } from './batches.ts';
import type { CaseMessage } from './caseMessages.ts';
import { isOutdated } from './isOutdated.ts';
import { caseText } from './outcomeText.ts';
import { storedOutcomes } from './storedOutcomes.ts';
import type { LatestRun, ShownOutcome, SuiteTests } from './suiteTests.ts';
import type { TestingServices } from './testingServices.ts';

type Services = Pick<TestingServices, 'controller' | 'objects' | 'promptHash' | 'storedRuns' | 'trials' | 'onFailed'>;

/** Shows results at the items of suites and cases, and marks those that are outdated. VS Code keeps none itself: the store does. */
export class SuiteResults {
	readonly #services: Services;

	readonly #changed = new Emitter<SuiteTests>((error) => this.#services.onFailed(error));

	/** What is shown of a suite has changed. */
	get onDidChange() {
		return this.#changed.event;
	}

	constructor(services: Services) {
		this.#services = services;
	}

	/** Shows what the stored runs found: after a reload, and after a run of another window or of the Suite tab. */
	async restore(suite: SuiteTests): Promise<void> {
		const { storedRuns, trials } = this.#services;
		const ids = new Set(suite.cases?.keys());
		const { outcomes, latest } = await storedOutcomes(await storedRuns(suite.uri), ids, trials);
		const fresh = [...outcomes].filter(([id, outcome]) => isOther(suite.outcomes.get(id), outcome));
		suite.outcomes = new Map([...suite.outcomes, ...fresh]);
		suite.latest = latest;
		await this.#replay(suite, new Map(fresh));
		await this.check(suite);
		this.describe(suite);
	}

	/** Takes over what a run found about one case. */
	record(suite: SuiteTests, id: string, outcome: ShownOutcome): void {
		suite.outcomes.set(id, outcome);
		const item = suite.item.children.get(id);
		if (item) {
			this.#paint(item, outcome);
		}
	}

	finish(suite: SuiteTests, latest: LatestRun): void {
		const isWhole = [...(suite.cases?.keys() ?? [])].every((id) => suite.outcomes.get(id)?.runId === latest.runId);
		suite.latest = isWhole || !suite.latest ? latest : suite.latest;
		this.describe(suite);
	}

	/** Marks the results that no longer say anything about cases and prompts as they are saved now. */
	async check(suite: SuiteTests): Promise<void> {
		const { controller, promptHash } = this.#services;
		const hashes = new Map<PromptReference, string | undefined>();
		for (const { reference } of [...suite.outcomes.values()].flatMap(({ prompts }) => prompts)) {
			if (!hashes.has(reference)) {
				hashes.set(reference, await promptHash(reference, suite.uri));
			}
		}
		const outdated: vscode.TestItem[] = [];
		const valid = new Map<string, ShownOutcome>();
		for (const [id, outcome] of suite.outcomes) {
			const [entry, item] = [suite.cases?.get(id), suite.item.children.get(id)];
			if (entry && item) {
				const was = outcome.isOutdated;
				outcome.isOutdated = isOutdated(outcome, entry, hashes);
				if (outcome.isOutdated && !was) {
					outdated.push(item);
				} else if (was && !outcome.isOutdated) {
					valid.set(id, outcome);
				}
			}
		}
		if (outdated.length > 0) {
			controller.invalidateTestResults(outdated);
			this.#changed.fire(suite);
		}
		// The text is again the one that they were found with.
		await this.#replay(suite, valid);
	}

	/** The rate of the latest run beside the suite. */
	describe(suite: SuiteTests): void {
		describeItem(suite.item, suite.latest?.rate ?? '');
		this.#changed.fire(suite);
	}

	messageOf({ text, expected, actual }: CaseMessage, item: vscode.TestItem): vscode.TestMessage {
		const { objects } = this.#services;
		const message = new objects.TestMessage(text);
		if (expected !== undefined && actual !== undefined) {
			message.expectedOutput = expected;
			message.actualOutput = actual;
		}
		if (item.uri && item.range) {
			message.location = new objects.Location(item.uri, item.range);
		}
		return message;
	}

	/** Reports an outcome to a run of VS Code. */
	report(run: vscode.TestRun, item: vscode.TestItem, { verdict, messages, duration }: ShownOutcome): void {
		const shown = messages.map((message) => this.messageOf(message, item));
		if (verdict === 'pass') {
			run.passed(item, duration);
		} else if (verdict === 'fail') {
			run.failed(item, shown, duration);
		} else {
			run.errored(item, shown, duration);
		}
	}

	async #replay(suite: SuiteTests, outcomes: ReadonlyMap<string, ShownOutcome>): Promise<void> {
		const items = [...outcomes].flatMap(([id, outcome]) => {
			const item = suite.item.children.get(id);
			return item ? [{ item, outcome }] : [];
		});
		if (items.length === 0) {
			return;
		}
		const { controller, objects, onFailed } = this.#services;
		const run = controller.createTestRun(
			new objects.TestRunRequest(items.map(({ item }) => item)),
			suite.item.label,
			false,
		);
		const batches = new Batches(onFailed);
		try {
			for (const { item, outcome } of items) {
				batches.add(() => {
					this.#paint(item, outcome);
					this.report(run, item, outcome);
				});
			}
			await batches.drain();
		} finally {
			run.end();
		}
	}

	#paint(item: vscode.TestItem, outcome: ShownOutcome): void {
		describeItem(item, visibleText(caseText(outcome, outcome.isOffline)));
		const tags = [
			...(outcome.isFlaky ? ['flaky'] : []),
			...(outcome.errors > 0 || outcome.verdict === 'error' ? ['error'] : []),
			...(outcome.isOffline ? ['offline'] : []),
		];
		if (tags.join() !== item.tags.map(({ id }) => id).join()) {
			item.tags = tags.map((tag) => new this.#services.objects.TestTag(tag));
		}
	}
}

function describeItem(item: vscode.TestItem, text: string): void {
	if ((item.description ?? '') !== text) {
		item.description = text;
	}
}

/** A run that was resumed has the same id. */
function isOther(known: ShownOutcome | undefined, { runId, passed, of, errors }: ShownOutcome): boolean {
	return known?.runId !== runId || known.passed !== passed || known.of !== of || known.errors !== errors;
}
