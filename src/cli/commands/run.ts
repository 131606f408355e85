import * as l10n from '@vscode/l10n';
import { batchPlanText, batchText } from '../../common/batchText.ts';
import type { Comparison } from '../../common/comparison.ts';
import { isAppError, toAppError } from '../../common/errors.ts';
import { thinkingLevels, type ThinkingLevel } from '../../common/model.ts';
import type { SuiteRun, SuiteRunEvent, VariantRequest } from '../../common/suiteModel.ts';
import { textHash } from '../../disk/textHash.ts';
import { comparableReport } from '../../suites/compare/comparableReport.ts';
import { compareReports } from '../../suites/compare/compareAgainst.ts';
import type { Comparisons } from '../../suites/compare/compareRuns.ts';
import { failedCases } from '../../suites/chooseCases.ts';
import type { ReportedRun } from '../../suites/export/reportedRun.ts';
import { storedReport } from '../../suites/export/storedReport.ts';
import type { PlanOptions } from '../../suites/planRun.ts';
import { resumeRun, runSuite } from '../../suites/runSuite.ts';
import type { SuiteContext, TrialSummary } from '../../suites/suiteContext.ts';
import { openBaselines, type Baseline, type Baselines } from '../baselines.ts';
import { changedSuites } from '../changedSuites.ts';
import { cliContext } from '../cliContext.ts';
import { comparisonReport } from '../comparisonReport.ts';
import { comparisonText } from '../comparisonText.ts';
import { exitCodes } from '../exitCodes.ts';
import { share, shardOption, wholeNumber } from '../numbers.ts';
import { openPrompts, type Prompts } from '../openPrompts.ts';
import { openTopics } from '../openTopics.ts';
import type { Arguments } from '../parseArguments.ts';
import { Progress } from '../progress.ts';
import { openModels } from '../providers.ts';
import {
	addStepSummary,
	addToStepSummary,
	openReport,
	reportTargets,
	writeReports,
	type ReportTarget,
} from '../reports.ts';
import { resumedRun } from '../resumedRun.ts';
import { SpendingLimits } from '../spendingLimits.ts';
import { openState, type State } from '../state.ts';
import { findSuites, readSource, shortPath } from '../suiteFiles.ts';
import { summaryText } from '../summary.ts';
import type { Terminal } from '../terminal.ts';
import { usageError } from '../usageError.ts';
import { verdictOf, worstOf } from '../verdict.ts';

/** `prompt-workshop run` */
export async function run(parsed: Arguments, terminal: Terminal): Promise<number> {
	return new SuiteCommand(parsed, terminal, false).run();
}

/** `prompt-workshop grade` */
export async function grade(parsed: Arguments, terminal: Terminal): Promise<number> {
	return new SuiteCommand(parsed, terminal, true).run();
}

/** What is decided when a run is planned, and cannot be changed when it goes on. */
const plannedOptions = [
	'prompt',
	'model',
	'thinking',
	'repeat',
	'max-tokens',
	'filter',
	'failed-from',
	'shard',
	'judge-model',
	'stop-early',
];

/** How a run ended, as far as it came. */
interface Ended {
	run?: SuiteRun;
	/** It was clear which variant is better before the last case. */
	hasStoppedEarly?: boolean;
	error?: { code: string; message: string };
}

class SuiteCommand {
	readonly #parsed: Arguments;
	readonly #terminal: Terminal;
	readonly #isGrade: boolean;
	readonly #failUnder: number | undefined;
	#baselines: Baselines = new Map();
	readonly #limits: SpendingLimits;

	constructor(parsed: Arguments, terminal: Terminal, isGrade: boolean) {
		this.#parsed = parsed;
		this.#terminal = terminal;
		this.#isGrade = isGrade;
		this.#failUnder = share(parsed, 'fail-under');
		this.#limits = new SpendingLimits(parsed);
	}

	async run(): Promise<number> {
		const { operands } = this.#parsed;
		const { folder, environment, err } = this.#terminal;
		const isResumed = this.#parsed.has('resume');
		const fixed = isResumed ? plannedOptions.find((name) => this.#parsed.has(name)) : undefined;
		if (fixed !== undefined) {
			throw usageError(l10n.t('--resume goes on with the run as it was planned: leave out --{0}', fixed));
		}
		const prompts = openPrompts(folder, this.#parsed.one('store'));
		const planOptions = this.#planOptions(prompts);
		const settings = {
			concurrency: wholeNumber(this.#parsed, 'concurrency', 64) ?? 10,
			maxTokens: wholeNumber(this.#parsed, 'max-tokens') ?? 16_384,
			judgeModel: this.#parsed.one('judge-model'),
		};
		const found = await findSuites(folder, operands);
		const since = this.#parsed.one('changed-since');
		const suites = since === undefined ? found : await changedSuites(found, since, folder, prompts.ownFiles());
		if (suites.length === 0) {
			err(`${l10n.t('Nothing that the suites depend on has changed since {0}', since ?? '')}\n`);
			return exitCodes.fine;
		}
		const targets = reportTargets(
			this.#parsed.all('out'),
			suites.map((path) => shortPath(path, folder)),
		);
		this.#baselines = await openBaselines(this.#parsed, suites, folder);
		const warn = (message: string) => err(`${message}\n`);
		const models = await openModels(
			{ environment, folder },
			{ file: this.#parsed.one('providers'), concurrency: settings.concurrency, warn },
		);
		const state = await openState(folder, this.#parsed.one('state'), warn);
		const failedReports = new Map<string, TrialSummary[]>();
		const failedFrom = planOptions.filter?.failedFrom;
		if (failedFrom !== undefined && failedFrom !== 'last') {
			failedReports.set(failedFrom, await this.#failedOf(failedFrom));
		}
		const context = cliContext({
			folder,
			models,
			prompts,
			topics: openTopics(folder, this.#parsed.one('store')),
			state,
			settings,
			failedReports,
			baselines: this.#baselines,
		});
		try {
			const codes: number[] = [];
			for (const path of suites) {
				codes.push(await this.#runOne(context, state, path, planOptions, targets, isResumed));
				if (this.#terminal.signal.aborted) {
					break;
				}
			}
			return worstOf(codes);
		} finally {
			await Promise.all([context.sandbox.dispose(), state.close()]);
		}
	}

	async #runOne(
		context: SuiteContext,
		state: State,
		path: string,
		planOptions: PlanOptions,
		targets: readonly ReportTarget[],
		isResumed: boolean,
	): Promise<number> {
		const { folder, signal } = this.#terminal;
		const source = await readSource(path, folder);
		if (this.#limits.isReached) {
			this.#terminal.err(
				`${l10n.t('{0} was not run: the suites before it have reached the limit', source.name)}\n`,
			);
			return exitCodes.capped;
		}
		const before = isResumed
			? await resumedRun(context.records, source, { isGrade: this.#isGrade, folder })
			: undefined;
		if (isResumed && !before) {
			this.#terminal.err(`${l10n.t('{0} has no run yet, so one begins', source.name)}\n`);
		}
		if (before && isSettled(before)) {
			this.#terminal.err(`${l10n.t('The last run of {0} is complete; nothing is asked', source.name)}\n`);
			return this.#report(state, before, targets);
		}
		if (before && before.suiteHash !== textHash(source.text)) {
			this.#terminal.err(
				`${l10n.t('{0} has changed since; its run goes on with the text that it began with', source.name)}\n`,
			);
		}
		const { failedFrom } = planOptions.filter ?? {};
		if (!before && failedFrom !== undefined && (await hasNoneFailed(context, source.uri, failedFrom))) {
			this.#terminal.err(`${l10n.t('{0}: every case of that run passed; nothing is asked', source.name)}\n`);
			return exitCodes.fine;
		}
		const events = before
			? resumeRun(context, before.runId, { ...this.#limits.ofResumed(before), ...this.#batch(), signal })
			: runSuite(context, source, { ...planOptions, ...this.#limits.ofNew(), ...this.#batch(), signal });
		const ended = await this.#follow(events, before, source.name);
		if (ended.error && !ended.run) {
			// Nothing was asked: what is wrong is the user's to change, or the disk's.
			this.#terminal.err(`${source.name}: ${ended.error.message}\n`);
			return ended.error.code === 'storage' || ended.error.code === 'internal'
				? exitCodes.errors
				: exitCodes.usage;
		}
		if (!ended.run) {
			return exitCodes.interrupted;
		}
		this.#limits.spend(ended.run, before);
		return this.#report(state, ended.run, targets, ended.hasStoppedEarly);
	}

	/** Shows what happens, and resolves to how it ended. Errors before the first trial are distinct from those of trials. */
	async #follow(events: AsyncIterable<SuiteRunEvent>, before: SuiteRun | undefined, name: string): Promise<Ended> {
		let progress: Progress | undefined;
		let ended: Ended = {};
		const isJson = this.#parsed.has('json');
		try {
			for await (const event of events) {
				if (isJson) {
					this.#terminal.out(`${JSON.stringify(event)}\n`);
				}
				if (event.type === 'plan') {
					this.#terminal.err(`${planText(name, event)}\n`);
					const trials = before?.trials ?? event.trials;
					progress = new Progress(this.#terminal, trials, Math.max(0, trials - event.trials));
				} else if (event.type === 'trial') {
					progress?.add(event.trial);
				} else if (event.type === 'batch') {
					progress?.note(batchText(event.batch));
				} else if (event.type === 'run') {
					ended = { ...ended, run: event.run };
				} else if (event.type === 'done') {
					const hasStoppedEarly = event.stopReason === 'stop' && ended.run?.status === 'stopped';
					ended = { ...ended, hasStoppedEarly, ...(event.error && { error: event.error }) };
				}
			}
		} catch (thrown) {
			const error = toAppError(thrown);
			if (isAppError(error, 'cancelled')) {
				return {};
			}
			return { error };
		} finally {
			progress?.end();
		}
		return ended;
	}

	async #report(
		state: State,
		row: SuiteRun,
		targets: readonly ReportTarget[],
		hasStoppedEarly = false,
	): Promise<number> {
		const report = await storedReport(row, state.files);
		await writeReports(report, targets, this.#terminal.folder);
		await addStepSummary(report, this.#terminal);
		const text = await summaryText(report, !this.#parsed.has('json') && this.#terminal.colours.out);
		this.#tell(text);
		const baseline = this.#baselines.get(row.suite);
		const compared = baseline && (await this.#compare(report, baseline));
		const isWorse = compared?.some(({ verdict }) => verdict === 'worse');
		const code = verdictOf(report.run, {
			failUnder: this.#failUnder,
			hasStoppedEarly,
			...(this.#parsed.has('fail-on-regression') && { isWorse: isWorse ?? false }),
		});
		return baseline && !compared ? worstOf([code, exitCodes.usage]) : code;
	}

	/** Undefined if nothing could be compared, which is said. */
	async #compare(report: ReportedRun, baseline: Baseline): Promise<Comparison[] | undefined> {
		let found: Comparisons;
		try {
			found = compareReports(baseline.report, await comparableReport(report), baseline.label);
		} catch (error) {
			if (!isAppError(error, 'validation')) {
				throw error;
			}
			this.#terminal.err(`${baseline.name}: ${error.message}\n`);
			return undefined;
		}
		const { json, markdown } = comparisonReport(found, { a: baseline.run, b: report.run });
		if (this.#parsed.has('json')) {
			this.#terminal.out(`${JSON.stringify({ type: 'comparison', ...json })}\n`);
		}
		this.#tell(comparisonText(found, { a: baseline.name, b: report.run.suiteName }));
		await addToStepSummary(markdown, this.#terminal);
		return found.comparisons;
	}

	/** With `--json` the standard output is for programs. */
	#tell(text: string): void {
		(this.#parsed.has('json') ? this.#terminal.err : this.#terminal.out)(text);
	}

	#planOptions(prompts: Prompts): PlanOptions {
		const parsed = this.#parsed;
		const filters = parsed.all('filter').map((text) => {
			const [, field, value = ''] = /^(tag|name):(.+)$/s.exec(text) ?? [];
			if (field === undefined) {
				throw usageError(l10n.t('--filter takes tag:NAME or name:NAME, not "{0}"', text));
			}
			return { field, value };
		});
		const of = (field: string) => filters.filter((one) => one.field === field).map(({ value }) => value);
		const [tags, names, failedFrom] = [of('tag'), of('name'), parsed.one('failed-from')];
		const filter = {
			...(tags.length > 0 && { tags }),
			...(names.length > 0 && { names }),
			...(failedFrom !== undefined && { failedFrom }),
		};
		const repeat = wholeNumber(parsed, 'repeat');
		const shard = shardOption(parsed);
		const variants = variantsOf(parsed, prompts);
		const stopEarly = parsed.has('stop-early');
		if (stopEarly && shard) {
			throw usageError(l10n.t('--stop-early looks at all cases of a run: leave out --shard'));
		}
		if (shard && this.#failUnder !== undefined) {
			throw usageError(
				l10n.t('The rate of a part of a run decides nothing: give --fail-under to merge instead'),
				'fail-under',
			);
		}
		return {
			...(Object.keys(filter).length > 0 && { filter }),
			...(repeat !== undefined && { repeat }),
			...(shard && { shard }),
			...(variants.length > 0 && { variants }),
			...(stopEarly && { stopEarly }),
			...(this.#isGrade && { recordedOnly: true }),
		};
	}

	async #failedOf(path: string): Promise<TrialSummary[]> {
		const document = await openReport(path, this.#terminal.folder);
		const trials: TrialSummary[] = [];
		for await (const trial of document.trials()) {
			trials.push({ ...trial, preview: '' });
		}
		return trials;
	}

	#batch(): { batch?: true } {
		return this.#parsed.has('batch') ? { batch: true } : {};
	}
}

/** Errors of providers are asked again, although their run has ended. */
function isSettled({ status, variants }: SuiteRun): boolean {
	return status === 'complete' && variants.every(({ errors }) => errors === 0);
}

/** False as well for a run that is not there, of which planning says what is wrong. */
async function hasNoneFailed(context: SuiteContext, suite: string, from: string): Promise<boolean> {
	try {
		return (await failedCases(context, suite, from)).size === 0;
	} catch (thrown) {
		if (isAppError(thrown, 'not-found')) {
			return false;
		}
		throw thrown;
	}
}

/** Each prompt with each model; undefined fields are the suite's. */
function variantsOf(parsed: Arguments, prompts: Prompts): VariantRequest[] {
	const thinking = parsed.one('thinking');
	if (thinking !== undefined && !thinkingLevels.includes(thinking as ThinkingLevel)) {
		throw usageError(l10n.t('--thinking takes {0}, not "{1}"', thinkingLevels.join(', '), thinking));
	}
	const references = parsed.all('prompt').map((one) => prompts.referenceOf(one));
	const models = parsed.all('model');
	if (references.length + models.length === 0 && thinking === undefined) {
		return [];
	}
	const promptFields = references.length > 0 ? references.map((prompt) => ({ prompt })) : [{}];
	const modelFields = models.length > 0 ? models.map((model) => ({ model })) : [{}];
	const thinkingField = thinking === undefined ? {} : { thinking: thinking as ThinkingLevel };
	return promptFields.flatMap((prompt) => modelFields.map((model) => ({ ...prompt, ...model, ...thinkingField })));
}

function planText(name: string, plan: Extract<SuiteRunEvent, { type: 'plan' }>): string {
	const cost = plan.costUsd === undefined ? l10n.t('cost unknown') : l10n.t('about ${0}', plan.costUsd.toFixed(2));
	const answers = plan.trials === 1 ? l10n.t('1 answer') : l10n.t('{0} answers', plan.trials);
	const requests = plan.calls === 1 ? l10n.t('1 request') : l10n.t('{0} requests', plan.calls);
	const parts = [`${name}: ${answers}`, requests, ...(plan.calls === 0 ? [] : [cost])];
	const { batch } = plan;
	const batched = batch && batch.trials > 0 ? [batchPlanText(batch, (price) => `$${price.toFixed(2)}`)] : [];
	return [parts.join(', '), ...batched].join('\n');
}
