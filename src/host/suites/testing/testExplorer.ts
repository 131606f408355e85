import * as l10n from '@vscode/l10n';
import type * as vscode from 'vscode';
import { AppError, toAppError } from '../../../common/errors.ts';
import type { Disposable } from '../../../common/lifecycle.ts';
import { leaveBatches, type PromptReference, type SuiteRun, type SuiteRunOptions } from '../../../common/suiteModel.ts';
import type { PlannedRun } from '../../../suites/plannedRun.ts';
import type { SuiteSource } from '../../../suites/planRun.ts';
import { baselineRepeats } from '../../../suites/coverage/stableVerdict.ts';
import { Batches } from './batches.ts';
import { ContinuousBudget } from './continuousBudget.ts';
import { CoverageTestRun } from './coverageTestRun.ts';
import { OutputBuffer } from './outputBuffer.ts';
import { requestedCases, type RequestedCases } from './requestedCases.ts';
import { RuleDetails } from './ruleDetails.ts';
import { SuiteResults } from './suiteResults.ts';
import { SuiteTestRun, type ProfileOptions, type SuiteTestRunParts } from './suiteTestRun.ts';
import type { SuiteTests } from './suiteTests.ts';
import type { TestingServices } from './testingServices.ts';
import { TestTree, type ReadSuite } from './testTree.ts';

/** A continuous run: it lasts until the user ends it. */
interface Session {
	request: vscode.TestRunRequest;
	signal: AbortSignal;
	budget: ContinuousBudget;
	/** What the user has agreed to. */
	agreed: Set<string>;
	/** The prompts that the user chose, by URI of the suite. */
	chosen: Map<string, Promise<Pick<SuiteRunOptions, 'variants'>>>;
	running: Promise<unknown>;
}

type RunParts = Pick<SuiteTestRunParts, 'options' | 'chosenVariants' | 'confirm'>;

/** Suites in VS Code's Test Explorer: its items, runs and results. */
export class TestExplorer implements Disposable {
	readonly tree: TestTree;
	readonly ruleDetails: RuleDetails;
	readonly #services: TestingServices;
	readonly #results: SuiteResults;
	readonly #sessions = new Set<Session>();
	/** Runs that were started here, whose results are shown already. */
	readonly #own = new Set<string>();
	readonly #stop = new AbortController();

	constructor(services: TestingServices) {
		this.#services = services;
		this.tree = new TestTree(services);
		this.ruleDetails = new RuleDetails(services.objects);
		this.#results = new SuiteResults(services);
		this.tree.onDidRead((read) => void this.#afterReading(read).catch(services.onFailed));
	}

	/** What is shown of a suite has changed. */
	get onDidChange() {
		return this.#results.onDidChange;
	}

	/** Lists what is below an item, or the places with their suites. Never rejects: VS Code would ask again for ever. */
	async resolve(item: vscode.TestItem | undefined): Promise<void> {
		try {
			const suite = item && this.tree.suiteOf(item);
			await (suite?.item === item && suite ? this.tree.load(suite.uri) : this.tree.listed());
		} catch (thrown) {
			if (item) {
				item.error = toAppError(thrown).message;
			}
			this.#services.onFailed(thrown);
		}
	}

	/**
	 * Reads a suite whose document was opened; it may be one that is not listed, such as a file of another folder, or whose
	 * document has another name now.
	 */
	async show(uri: string, document: string): Promise<void> {
		await this.tree.listed();
		if (this.tree.suite(uri)?.document !== document) {
			await this.tree.list();
		}
		await this.tree.load(uri);
	}

	/** Lists all suites again, and reads those that were read before. */
	async refresh(): Promise<void> {
		await this.tree.list();
		for (const { uri, cases } of [...this.tree.suites]) {
			await (cases ? this.tree.load(uri, true) : undefined);
		}
	}

	/** A suite has appeared, changed or disappeared. */
	async changed(uri: string): Promise<void> {
		if (this.tree.suite(uri)?.cases) {
			await this.tree.load(uri, true);
		}
	}

	/** Prompts have changed: their results may be outdated, and continuous runs run all cases that they answer. */
	async promptsChanged(): Promise<void> {
		for (const suite of [...this.tree.suites].filter(({ cases }) => cases)) {
			const before = suite.promptHashes;
			await this.#lookAtPrompts(suite);
			await this.#results.check(suite);
			if ([...suite.promptHashes].some(([reference, hash]) => before.get(reference) !== hash)) {
				await this.#runAffected({ suite, affected: [...(suite.cases?.keys() ?? [])] });
			}
		}
	}

	/** A run has ended, here or in another window. */
	async runEnded(uri: string, runId: string): Promise<void> {
		const suite = this.tree.suite(uri);
		if (suite?.cases && !this.#own.has(runId)) {
			await this.#results.restore(suite);
		}
	}

	/** Runs what the user chose. Resolves when it has ended; a continuous run ends with its token. Never rejects. */
	async run(
		request: vscode.TestRunRequest,
		token: vscode.CancellationToken,
		options: ProfileOptions = {},
	): Promise<void> {
		const signal = AbortSignal.any([signalOf(token), this.#stop.signal]);
		if (request.continuous) {
			await this.#runContinuously(request, signal);
			return;
		}
		const { confirm, chosenVariants } = this.#services;
		await this.#runOnce(request, signal, { options, chosenVariants, confirm });
	}

	/** Runs what the user chose, and then without each rule of its prompt. Never rejects. */
	async cover(request: vscode.TestRunRequest, token: vscode.CancellationToken): Promise<void> {
		const { confirm, chosenVariants } = this.#services;
		const signal = AbortSignal.any([signalOf(token), this.#stop.signal]);
		await this.#runOnce(request, signal, { options: {}, chosenVariants, confirm, coversRules: true });
	}

	dispose(): void {
		this.#stop.abort(leaveBatches);
		this.tree.dispose();
	}

	async #runOnce(
		request: vscode.TestRunRequest,
		given: AbortSignal,
		{ coversRules = false, ...how }: RunParts & { coversRules?: boolean },
		chosen?: readonly RequestedCases[],
	): Promise<SuiteRun[]> {
		const { controller, onFailed } = this.#services;
		const run = controller.createTestRun(request, undefined, false);
		const batches = new Batches(onFailed);
		const output = new OutputBuffer(run, batches);
		const runs: SuiteRun[] = [];
		// A run of VS Code has a Stop of its own.
		const signal = AbortSignal.any([given, signalOf(run.token)]);
		try {
			const parts = { ...how, services: this.#services, results: this.#results, run, batches, output, signal };
			const onStarted = (runId: string) => void this.#own.add(runId);
			const requested = chosen ?? (await requestedCases(this.tree, request));
			const suites = requested.map((one) =>
				coversRules
					? new CoverageTestRun({ ...parts, onStarted }, one, this.ruleDetails, baselineRepeats)
					: new SuiteTestRun({ ...parts, onStarted }, one),
			);
			suites.forEach((suite) => suite.enqueue());
			for (const suite of suites) {
				const ended = await suite.start();
				runs.push(...(ended ? [ended] : []));
			}
		} catch (thrown) {
			onFailed(thrown);
			output.append(toAppError(thrown).message);
		} finally {
			await batches.drain();
			run.end();
		}
		return runs;
	}

	async #runContinuously(request: vscode.TestRunRequest, signal: AbortSignal): Promise<void> {
		const budget = new ContinuousBudget(this.#services.maxCostUsd());
		const session: Session = {
			request,
			signal,
			budget,
			agreed: new Set(),
			chosen: new Map(),
			running: Promise.resolve(),
		};
		this.#sessions.add(session);
		try {
			// Suites have to be read, so that a save can be compared with what was there before.
			await requestedCases(this.tree, request);
			await new Promise<void>((resolve) => {
				signal.addEventListener('abort', () => resolve(), { once: true });
				if (signal.aborted) {
					resolve();
				}
			});
		} catch (thrown) {
			this.#services.onFailed(thrown);
		} finally {
			this.#sessions.delete(session);
		}
	}

	async #lookAtPrompts(suite: SuiteTests): Promise<void> {
		const hashes = new Map<PromptReference, string | undefined>();
		for (const reference of suite.prompts) {
			hashes.set(reference, await this.#services.promptHash(reference, suite.uri));
		}
		suite.promptHashes = hashes;
	}

	async #afterReading({ suite, affected }: ReadSuite): Promise<void> {
		await this.#lookAtPrompts(suite);
		if (suite.isRestored) {
			await this.#results.check(suite);
			await this.#runAffected({ suite, affected });
		} else {
			suite.isRestored = true;
			await this.#results.restore(suite);
		}
	}

	/** Runs, for each continuous run, the affected cases among its own. */
	async #runAffected({ suite, affected }: ReadSuite): Promise<void> {
		for (const session of affected.length > 0 ? [...this.#sessions] : []) {
			const requested = await requestedCases(this.tree, session.request);
			const own = requested.find((one) => one.suite === suite);
			const ids = affected.filter((id) => own && (own.ids?.includes(id) ?? true));
			if (ids.length > 0) {
				session.running = session.running.then(() => this.#runAgain(session, { suite, ids }));
			}
		}
	}

	async #runAgain({ request, signal, budget, agreed, chosen }: Session, requested: RequestedCases): Promise<void> {
		const { confirm, chosenVariants } = this.#services;
		const runs = await this.#runOnce(
			request,
			signal,
			{
				options: {},
				chosenVariants: (source) => {
					const variants = chosen.get(source.uri) ?? chosenVariants(source);
					chosen.set(source.uri, variants);
					variants.catch(() => chosen.delete(source.uri));
					return variants;
				},
				confirm: async (source, plan) => {
					if (budget.isSpent) {
						throw new AppError(
							'validation',
							l10n.t('The limit of this continuous run is reached. Start it again to go on'),
						);
					}
					const key = agreementKey(source, plan);
					if (!agreed.has(key)) {
						await confirm(source, plan, { note: budget.text });
						agreed.add(key);
					}
					return budget.caps(plan);
				},
			},
			[requested],
		);
		runs.forEach((run) => budget.take(run));
	}
}

/** A suite with the models that it asks: the user agrees to both. */
function agreementKey({ uri }: SuiteSource, { variants, judgeModel }: PlannedRun): string {
	return JSON.stringify([
		uri,
		judgeModel,
		...variants.map((variant) => (variant.kind === 'asked' ? variant.model : null)),
	]);
}

function signalOf(token: vscode.CancellationToken): AbortSignal {
	const stop = new AbortController();
	token.onCancellationRequested(() => stop.abort());
	if (token.isCancellationRequested) {
		stop.abort();
	}
	return stop.signal;
}
