import * as l10n from '@vscode/l10n';
import type * as vscode from 'vscode';
import { batchText } from '../../../common/batchText.ts';
import { AppError, isAppError, throwIfAborted, toAppError } from '../../../common/errors.ts';
import type { SuiteRun, SuiteRunOptions, Trial } from '../../../common/suiteModel.ts';
import { visibleText } from '../../../common/visibleText.ts';
import { unlessAborted } from '../../../providers/unlessAborted.ts';
import { baselineOf } from '../../../suites/compare/baselineOf.ts';
import type { PlannedVariant } from '../../../suites/plannedRun.ts';
import { repeatsOf, variantsOf } from '../../../suites/trialOrder.ts';
import type { Batches } from './batches.ts';
import { expectedAnswers } from './caseMessages.ts';
import { CaseTally } from './caseTally.ts';
import type { RequestedCases } from './requestedCases.ts';
import type { OutputBuffer } from './outputBuffer.ts';
import { endLine, planLine, trialLine } from './runOutput.ts';
import { latestRun, shownOutcome } from './storedOutcomes.ts';
import type { SuiteResults } from './suiteResults.ts';
import type { ShownOutcome, SuiteTests } from './suiteTests.ts';
import type { TestingServices } from './testingServices.ts';

/** What a profile asks for beyond the cases. */
export type ProfileOptions = Pick<SuiteRunOptions, 'repeat'> & {
	model?: string;
	/** The run is compared with the baseline of its prompt, without which it does not begin. */
	withBaseline?: boolean;
};

export interface SuiteTestRunParts {
	services: Pick<
		TestingServices,
		'objects' | 'savedSource' | 'plan' | 'run' | 'storedRuns' | 'compare' | 'showComparison'
	>;
	results: SuiteResults;
	run: vscode.TestRun;
	batches: Batches;
	output: OutputBuffer;
	signal: AbortSignal;
	options: ProfileOptions;
	/** The prompt, if the suite names none. */
	chosenVariants: TestingServices['chosenVariants'];
	/** The limits of the run. Rejects with `cancelled` if the user does not want it. */
	confirm: TestingServices['confirm'];
	/** The runs that this window started here: their results are shown already. */
	onStarted: (runId: string) => void;
}

/** Runs the requested cases of one suite and reports to a run of VS Code. Every case gets an end, whatever happens. */
export class SuiteTestRun {
	readonly #parts: SuiteTestRunParts;
	readonly #suite: SuiteTests;
	readonly #requested: RequestedCases;
	readonly #tallies = new Map<string, CaseTally>();
	/** Cases that were reported. */
	readonly #ended = new Map<string, ShownOutcome | undefined>();
	readonly #hashes = new Map<string, string>();
	#variants: Parameters<typeof shownOutcome>[2] = [];
	#runId = '';
	#noted: string | undefined;

	constructor(parts: SuiteTestRunParts, requested: RequestedCases) {
		this.#parts = parts;
		this.#requested = requested;
		this.#suite = requested.suite;
	}

	/** Ids of the cases. */
	get #ids(): readonly string[] {
		return this.#requested.ids ?? [...(this.#suite.cases?.keys() ?? [])];
	}

	enqueue(): void {
		for (const id of this.#ids) {
			this.#onItem(id, (item) => this.#parts.run.enqueued(item));
		}
	}

	/** Resolves with the run, or undefined if it did not come to one. Never rejects. */
	async start(): Promise<SuiteRun | undefined> {
		const { signal } = this.#parts;
		try {
			throwIfAborted(signal);
			return await this.#start();
		} catch (thrown) {
			if (!isAppError(thrown, 'cancelled')) {
				this.#fail(toAppError(thrown).message);
			}
			return undefined;
		} finally {
			this.#finish();
		}
	}

	/** Marks what has no end yet as skipped. */
	#finish(): void {
		for (const id of this.#ids) {
			if (!this.#ended.has(id)) {
				this.#end(id);
			}
		}
	}

	async #start(): Promise<SuiteRun | undefined> {
		const { services, signal, options, chosenVariants, confirm, onStarted } = this.#parts;
		const { repeat, model, withBaseline } = options;
		const { ids } = this.#requested;
		// What asks the user cannot be stopped, but need not be waited for.
		const source = await unlessAborted(signal, services.savedSource(this.#suite.uri));
		const { variants = [] } = await unlessAborted(signal, chosenVariants(source));
		const chosen = model === undefined ? variants : [{ ...variants[0], model }];
		const runOptions: SuiteRunOptions = {
			...(chosen.length > 0 && { variants: chosen }),
			...(repeat !== undefined && { repeat }),
			...(ids && { filter: { names: [...ids] } }),
			signal,
		};
		const planned = await unlessAborted(signal, services.plan(source, runOptions));
		const answerers = planned.variants.map(answering);
		const baseline = withBaseline ? await this.#baseline(source.uri, answerers) : undefined;
		const caps = await unlessAborted(
			signal,
			confirm(source, planned, { planBatch: () => services.plan(source, { ...runOptions, batch: true }) }),
		);
		this.#variants = answerers;
		this.#output(planLine(source.name, planned.estimate));
		for (const one of planned.cases) {
			const expected = repeatsOf(planned, one) * variantsOf(planned, one).length;
			this.#hashes.set(one.name, one.hash);
			this.#tallies.set(one.name, new CaseTally(expected, expectedAnswers(one)));
			this.#onItem(one.name, (item) => this.#parts.run.started(item));
		}
		let last: SuiteRun | undefined;
		for await (const event of services.run(source, { ...runOptions, ...caps })) {
			if (event.type === 'plan') {
				this.#runId = event.runId;
				onStarted(event.runId);
			} else if (event.type === 'trial') {
				this.#take(event.trial);
			} else if (event.type === 'batch') {
				this.#note(batchText(event.batch));
			} else if (event.type === 'run') {
				last = event.run;
			} else if (event.type === 'done' && event.error) {
				this.#fail(event.error.message);
			}
		}
		this.#finish();
		if (last) {
			this.#report(last);
			await (baseline && this.#compare(baseline, last));
		}
		return last;
	}

	/** Before anything is asked: the run that this one is compared with. */
	async #baseline(suite: string, variants: Parameters<typeof shownOutcome>[2]): Promise<SuiteRun> {
		const runs = await this.#parts.services.storedRuns(suite);
		const baseline = baselineOf({ runId: '', suite, variants }, runs);
		if (!baseline) {
			throw new AppError(
				'not-found',
				l10n.t('There is no baseline of this prompt. Run the suite, then choose Use as Baseline at the run'),
			);
		}
		return baseline;
	}

	/** Says how the run stands against its baseline, marks the cases that have become worse, and shows the comparison. */
	async #compare(baseline: SuiteRun, { runId, done }: SuiteRun): Promise<void> {
		if (done === 0) {
			return;
		}
		const { services } = this.#parts;
		const found = await services.compare(baseline.runId, runId);
		this.#output(l10n.t('Against the baseline (A): {0}', found.sentence));
		const all = [found, ...(found.others ?? [])];
		for (const name of new Set(all.flatMap(({ regressed }) => regressed.map((one) => one.name)))) {
			this.#output(l10n.t('Worse than in the baseline'), name);
		}
		services.showComparison(baseline.runId, runId);
	}

	/** What the run waits for, once. */
	#note(text: string | undefined): void {
		if (text !== undefined && text !== this.#noted) {
			this.#noted = text;
			this.#output(text);
		}
	}

	#take(trial: Trial): void {
		const { name } = trial.case;
		const tally = this.#tallies.get(name);
		tally?.add(trial);
		this.#output(trialLine(trial), name);
		if (tally?.isComplete) {
			this.#end(name);
		}
	}

	/** Reports what a case came to, if any answer is there. */
	#end(id: string): void {
		const { run, results } = this.#parts;
		const tally = this.#tallies.get(id);
		if (!tally?.hasAnswers) {
			this.#ended.set(id, undefined);
			this.#onItem(id, (item) => run.skipped(item));
			return;
		}
		const basis = { runId: this.#runId, hash: this.#hashes.get(id) ?? '' };
		const outcome = shownOutcome(tally, basis, this.#variants);
		this.#ended.set(id, outcome);
		this.#onItem(id, (item) => {
			results.report(run, item, outcome);
			results.record(this.#suite, id, outcome);
		});
	}

	#report(last: SuiteRun): void {
		const { batches, results } = this.#parts;
		const found = [...this.#ended.values()].filter((outcome) => outcome !== undefined);
		const latest = latestRun(last, found);
		this.#output(endLine(last, latest.rate));
		batches.add(() => results.finish(this.#suite, latest));
	}

	/** What keeps all cases from being run stands at the suite once, not at each case. */
	#fail(text: string): void {
		const { run, services, batches } = this.#parts;
		const { item } = this.#suite;
		const message = new services.objects.TestMessage(visibleText(text));
		if (item.uri && item.range) {
			message.location = new services.objects.Location(item.uri, item.range);
		}
		this.#output(l10n.t('{0} ended with an error: {1}', this.#suite.uri, text));
		batches.add(() => run.errored(item, message));
	}

	#output(text: string, id?: string): void {
		this.#parts.output.append(text, id === undefined ? undefined : this.#suite.item.children.get(id));
	}

	#onItem(id: string, work: (item: vscode.TestItem) => void): void {
		this.#parts.batches.add(() => {
			const item = this.#suite.item.children.get(id);
			if (item) {
				work(item);
			}
		});
	}
}

/** What a result has to know of a variant. */
function answering(variant: PlannedVariant): Parameters<typeof shownOutcome>[2][number] {
	return variant.kind === 'asked' ? variant : { label: variant.label, prompt: null, promptHash: null, isModel: true };
}
