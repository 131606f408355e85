import * as vscode from 'vscode';
import { AppError, isAppError, toAppError } from '../../common/errors.ts';
import { DisposableStore } from '../../common/lifecycle.ts';
import { shownTrial } from '../../common/shownTrial.ts';
import { shownValue } from '../../common/shownValue.ts';
import {
	maxShownProblems,
	maxShownRuns,
	type CaseDetails,
	type ShownTrial,
	type SuiteRequests,
	type SuiteStart,
	type SuiteView,
} from '../../common/suitePage.ts';
import type { SuiteRun, SuiteRunOptions } from '../../common/suiteModel.ts';
import type { Store } from '../../storage/contract.ts';
import type { PlannedRun } from '../../suites/plannedRun.ts';
import { planText } from '../../suites/planText.ts';
import type { SuiteSource } from '../../suites/planRun.ts';
import type { SuiteReading } from '../../suites/suite.ts';
import type { SuiteTab } from '../workshop/suiteTab.ts';
import { bisectTrial } from './bisectTrial.ts';
import type { RunConsent } from './runConsent.ts';
import { RunResults } from './runResults.ts';
import { showTrialRequest } from './showTrialRequest.ts';
import { started, type RunNews, type SuiteRuns } from './suiteRuns.ts';
import type { SuiteFiles } from './suiteFiles.ts';
import { suiteUri } from './suiteUri.ts';

type Params<K extends keyof SuiteRequests> = SuiteRequests[K]['params'];
type Result<K extends keyof SuiteRequests> = SuiteRequests[K]['result'];

/** Changes within this many milliseconds are sent together. */
const pushDelay = 100;
/** Trials of one case that are shown. */
const maxTrials = 100;

export interface SuitePanelParts {
	draftId: number;
	store: Store;
	files: SuiteFiles;
	runs: SuiteRuns;
	consent: RunConsent;
	/** Whether a provider of the settings has a batch API. */
	hasBatch: () => boolean;
	runCommand: (id: string, ...parameters: unknown[]) => Promise<unknown>;
	send: (view: SuiteView) => void;
	onFailed: (error: unknown) => void;
}

/** The Suite tab of one draft's panel. */
export class SuitePanel implements SuiteTab {
	readonly #parts: SuitePanelParts;
	readonly #disposables = new DisposableStore();
	readonly #uri: vscode.Uri;
	#revision = 1;
	#timer: ReturnType<typeof setTimeout> | undefined;
	#reading: Promise<{ source: SuiteSource; reading: SuiteReading } | undefined> | undefined;
	/** The run that was asked for last, with its trials. */
	#results: { runId: string; results: Promise<RunResults> } | undefined;

	constructor(parts: SuitePanelParts) {
		this.#parts = parts;
		const { store, draftId, runs } = parts;
		this.#uri = suiteUri(store.status.storeId, { ownerKind: 'draft', ownerId: draftId });
		this.#disposables.add(
			store.onDidChange(({ suites, runs: changed, all }) => {
				if (all || suites.includes(`draft:${draftId}`)) {
					this.#reading = undefined;
					this.#changed();
				} else if (changed.length > 0) {
					this.#changed();
				}
			}),
		);
		this.#disposables.add(runs.onNews((news) => this.#take(news)));
	}

	suite(): Promise<SuiteView> {
		return this.#view();
	}

	async suiteRows({ runId, ...page }: Params<'suiteRows'>): Promise<Result<'suiteRows'>> {
		const revision = this.#revision;
		return (await this.#resultsOf(runId)).page(page, revision);
	}

	async suiteCase({ runId, index }: Params<'suiteCase'>): Promise<CaseDetails> {
		const revision = this.#revision;
		const results = await this.#resultsOf(runId);
		const listed = results.caseAt(index);
		if (!listed) {
			throw new AppError('not-found', vscode.l10n.t('The suite has no such case any more'));
		}
		const { name, tags, query, expected } = listed;
		const trials: ShownTrial[] = [];
		if (runId !== null) {
			const { files } = await this.#parts.runs.context();
			for (const trialId of results.trialIds(index).slice(0, maxTrials)) {
				trials.push(shownTrial(await files.trial(runId, trialId)));
			}
		}
		return {
			index,
			name,
			tags,
			query: query ?? null,
			expected: expected === undefined ? null : shownValue(expected),
			trials,
			revision,
		};
	}

	async runSuite({ confirmed, ...start }: Params<'runSuite'>): Promise<Result<'runSuite'>> {
		const { runs, consent, onFailed } = this.#parts;
		const source = await this.#parts.files.savedSource(this.#uri);
		const options = optionsOf(start);
		const plan = await this.#plan(source, options);
		const caps = consent.caps(plan);
		if (!confirmed && (start.batch || consent.isNeeded(source.uri, plan))) {
			const { batch } = plan.estimate;
			return { plan: planText(plan, caps), canBatch: batch !== undefined && batch.trials > 0 && !batch.isChosen };
		}
		await consent.give(source.uri, plan);
		const run = await started(runs.run(source, { ...options, ...caps }));
		this.#offerComparison(run).catch(onFailed);
		return { runId: run.plan.runId };
	}

	runAb(): Promise<null> {
		const { runs, runCommand, onFailed } = this.#parts;
		const uri = this.#uri.toString();
		let isStarted = false;
		return new Promise((resolve, reject) => {
			const news = runs.onNews(({ suite, event }) => {
				if (suite === uri && event.type === 'plan') {
					isStarted = true;
					resolve(null);
				}
			});
			runCommand('runAb', uri)
				.then(() => resolve(null))
				.catch((error: unknown) => (isStarted ? onFailed(error) : reject(toAppError(error))))
				.finally(() => news.dispose());
		});
	}

	async stopSuite({ runId }: Params<'stopSuite'>): Promise<null> {
		const { stopAsked } = await import('./stopAsked.ts');
		await stopAsked(this.#parts.runs, runId);
		return null;
	}

	async resumeSuite({ runId }: Params<'resumeSuite'>): Promise<null> {
		const run = await started(this.#parts.runs.resume(runId, {}));
		this.#offerComparison(run).catch(this.#parts.onFailed);
		return null;
	}

	newSuite(): Promise<null> {
		return this.#command('newSuite', { draftId: this.#parts.draftId });
	}

	openSuite({ line }: Params<'openSuite'>): Promise<null> {
		return this.#command('openSuite', this.#uri.toString(), line === null ? undefined : { line });
	}

	async keepLastTest(): Promise<null> {
		const { store, draftId } = this.#parts;
		const [newest] = await store.read(({ results }) => results.list(draftId, 1));
		return newest ? this.#command('keepAsCase', newest.testId) : null;
	}

	openReport({ runId }: Params<'openReport'>): Promise<null> {
		return this.#command('openReport', runId);
	}

	async showTrialRequest({ runId, trialId }: Params<'showTrialRequest'>): Promise<null> {
		const { files } = await this.#parts.runs.context();
		await showTrialRequest(await files.trial(runId, trialId));
		return null;
	}

	async bisect({ runId, trialId }: Params<'bisect'>): Promise<null> {
		const { records, files } = await this.#parts.runs.context();
		bisectTrial(await records.get(runId), await files.trial(runId, trialId));
		return null;
	}

	async answerHuman(answer: Params<'answerHuman'>): Promise<null> {
		const { answerTrial } = await import('../../suites/answerTrial.ts');
		await answerTrial(await this.#parts.runs.context(), answer);
		this.#results = undefined;
		this.#changed();
		return null;
	}

	dispose(): void {
		clearTimeout(this.#timer);
		this.#disposables.dispose();
	}

	async #offerComparison({ plan, ended }: Awaited<ReturnType<typeof started>>): Promise<void> {
		await ended;
		const { offerComparison } = await import('./offerComparison.ts');
		await offerComparison(this.#parts.runs, plan.runId);
	}

	async #command(id: string, ...parameters: unknown[]): Promise<null> {
		await this.#parts.runCommand(id, ...parameters);
		return null;
	}

	async #plan(source: SuiteSource, options: SuiteRunOptions): Promise<PlannedRun> {
		const { planRun } = await import('../../suites/planRun.ts');
		return planRun(await this.#parts.runs.context(), source, options);
	}

	#read(): Promise<{ source: SuiteSource; reading: SuiteReading } | undefined> {
		const { files } = this.#parts;
		const read = async () => {
			try {
				const source = await files.source(this.#uri);
				return { source, reading: await files.read(source) };
			} catch (error) {
				if (isAppError(error, 'not-found')) {
					return undefined;
				}
				throw error;
			}
		};
		this.#reading ??= read().catch((error: unknown) => {
			this.#reading = undefined;
			throw error;
		});
		return this.#reading;
	}

	async #view(): Promise<SuiteView> {
		const { store, runs } = this.#parts;
		const uri = this.#uri.toString();
		const revision = this.#revision;
		const read = await this.#read();
		const stored = await store.read((repositories) => repositories.runs.list({ suite: uri }));
		const problems = read?.reading.problems ?? [];
		return {
			uri: read ? uri : null,
			cases: read?.reading.suite?.cases.length ?? 0,
			problems: problems.slice(0, maxShownProblems),
			problemCount: problems.length,
			models: read?.reading.suite?.models ?? [],
			runs: stored.slice(0, maxShownRuns),
			hasBatch: this.#parts.hasBatch(),
			here: runs.here(uri),
			revision,
		};
	}

	#take({ suite, runId, event }: RunNews): void {
		if (suite !== this.#uri.toString()) {
			return;
		}
		if (event.type === 'trial' && this.#results?.runId === runId) {
			void this.#results.results.then((results) => results.add(event.trial)).catch(() => undefined);
		}
		this.#changed();
	}

	#changed(): void {
		this.#revision++;
		this.#timer ??= setTimeout(() => {
			this.#timer = undefined;
			this.#view().then(this.#parts.send, this.#parts.onFailed);
		}, pushDelay);
	}

	#resultsOf(runId: string | null): Promise<RunResults> {
		if (runId === null) {
			return this.#read().then((read) => {
				const cases = read?.reading.suite?.cases ?? [];
				return new RunResults(cases.map((one, index) => ({ ...one, index })));
			});
		}
		if (this.#results?.runId !== runId) {
			const results = this.#load(runId).catch((error: unknown) => {
				this.#results = undefined;
				throw error;
			});
			this.#results = { runId, results };
		}
		return this.#results.results;
	}

	async #load(runId: string): Promise<RunResults> {
		const { records, files } = await this.#parts.runs.context();
		const run = await records.get(runId);
		const { plan } = await files.pins(runId);
		const { cases, repeat } = plan as PlannedRun;
		const results = new RunResults(cases, labels(run), repeat);
		for (const trial of await files.trials(runId)) {
			results.add(trial);
		}
		return results;
	}
}

function labels({ variants }: SuiteRun): string[] {
	return variants.map(({ label }) => label);
}

function optionsOf({ variant, repeat, failedFrom, batch }: SuiteStart): SuiteRunOptions {
	return {
		...(variant && { variants: [variant] }),
		...(repeat !== null && { repeat }),
		...(failedFrom !== null && { filter: { failedFrom } }),
		...(batch && { batch }),
	};
}
