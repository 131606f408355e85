import * as l10n from '@vscode/l10n';
import { AppError, isAppError, toAppError } from '../../../common/errors.ts';
import type { SuiteRun, SuiteRunOptions } from '../../../common/suiteModel.ts';
import type { RuleCoverage } from '../../../suites/coverage/coverRules.ts';
import type { AskedVariant, PlanEstimate, PlannedCase, PlannedRun } from '../../../suites/plannedRun.ts';
import type { SuiteSource } from '../../../suites/planRun.ts';
import type { RequestedCases } from './requestedCases.ts';
import type { RuleDetails } from './ruleDetails.ts';
import { SuiteTestRun, type SuiteTestRunParts } from './suiteTestRun.ts';
import type { RunCaps, TestingServices } from './testingServices.ts';

type Parts = Omit<SuiteTestRunParts, 'services'> & { services: TestingServices };

interface Covering {
	source: SuiteSource;
	variant: AskedVariant;
	cases: readonly PlannedCase[];
	caps: RunCaps & { maxCalls: number };
}

/**
 * Runs the requested cases of one suite with the whole prompt, several times, and then without each of its rules: what changes
 * a verdict is covered.
 */
export class CoverageTestRun {
	readonly #parts: Parts;
	readonly #requested: RequestedCases;
	readonly #details: RuleDetails;
	readonly #whole: SuiteTestRun;
	#covering: Covering | undefined;

	constructor(parts: Parts, requested: RequestedCases, details: RuleDetails, repeat: number) {
		this.#parts = parts;
		this.#requested = requested;
		this.#details = details;
		this.#whole = new SuiteTestRun(
			{
				...parts,
				options: { repeat },
				chosenVariants: (source) => this.#firstVariant(source),
				confirm: (source, plan) => this.#confirm(source, plan),
			},
			requested,
		);
	}

	enqueue(): void {
		this.#whole.enqueue();
	}

	/** Resolves with the run of the whole prompt. Never rejects. */
	async start(): Promise<SuiteRun | undefined> {
		const run = await this.#whole.start();
		if (!run || !this.#covering) {
			return run;
		}
		try {
			await this.#cover(run, this.#covering);
		} catch (thrown) {
			if (!isAppError(thrown, 'cancelled')) {
				this.#say(l10n.t('Rule coverage ended with an error: {0}', toAppError(thrown).message));
			}
		}
		return run;
	}

	/** One prompt and one model: with more of them the work would be multiplied. */
	async #firstVariant(source: SuiteSource): Promise<Pick<SuiteRunOptions, 'variants'>> {
		const { services, chosenVariants } = this.#parts;
		const { variants: [chosen] = [] } = await chosenVariants(source);
		const { suite } = await services.read(source);
		const prompt = chosen?.prompt ?? suite?.prompts[0] ?? source.prompt;
		const model = chosen?.model ?? suite?.models[0];
		if ((suite?.prompts.length ?? 0) > 1 || (suite?.models.length ?? 0) > 1) {
			this.#say(l10n.t('The suite names several prompts or models. The first of each is covered'));
		}
		return {
			variants: [{ ...chosen, ...(prompt !== undefined && { prompt }), ...(model !== undefined && { model }) }],
		};
	}

	/** The user agrees to everything at once. */
	async #confirm(source: SuiteSource, plan: PlannedRun): Promise<RunCaps> {
		const { services, confirm } = this.#parts;
		const { callsOfCase, coverableCases } = await import('../../../suites/coverage/coverRules.ts');
		const { promptRules } = await import('../../../suites/coverage/promptRules.ts');
		const variant = plan.variants.find((one) => one.kind === 'asked');
		const cases = coverableCases(plan.cases);
		if (!variant || cases.length === 0) {
			throw new AppError('validation', l10n.t('No case asks the prompt, so there is no rule coverage'), {
				info: { field: 'cases' },
			});
		}
		if (!variant.isModel) {
			this.#say(
				l10n.t(
					'{0} is not a model and does not read the prompt, so its answers say nothing about rules. No rule coverage is shown',
					variant.model,
				),
			);
			return confirm(source, plan, {});
		}
		const limit = services.maxCoverageCalls();
		const round = cases.reduce((sum, one) => sum + callsOfCase(one, variant), 0);
		const least = plan.estimate.calls + 2 * round;
		if (least > limit) {
			const message = l10n.t(
				'Rule coverage of these cases takes at least {0} requests, more than promptWorkshop.suites.maxCoverageCalls ({1}). Choose fewer cases or raise the limit',
				least,
				limit,
			);
			throw new AppError('validation', message, { info: { field: 'maxCoverageCalls' } });
		}
		const rules = promptRules(variant.text).length;
		const muted = Math.min(limit - plan.estimate.calls, rules * round);
		const estimate = widened(plan.estimate, muted, (muted / round) * cases.length);
		const note = l10n.t(
			'Each case is asked {0} times with the whole prompt, then without each of its {1} rules; a verdict that changes is asked for again. The settings allow at most {2} requests; where they are too few for single rules, blocks of rules are left out and halved.',
			plan.repeat ?? 1,
			rules,
			limit,
		);
		const { batch: _batch, ...caps } = await confirm(source, { ...plan, estimate }, { note });
		const maxCalls = Math.min(limit, caps.maxCalls ?? limit);
		this.#covering = { source, variant, cases, caps: { ...caps, maxCalls } };
		return { ...caps, maxCalls };
	}

	async #cover(run: SuiteRun, { source, variant, cases, caps }: Covering): Promise<void> {
		const { services, batches, signal, run: shown } = this.#parts;
		if (run.status !== 'complete') {
			this.#say(l10n.t('The run with the whole prompt is not complete, so no rule was left out'));
			return;
		}
		const { coverRules } = await import('../../../suites/coverage/coverRules.ts');
		const coverage = await coverRules({
			source,
			variant,
			cases,
			baseline: await services.trials(run.runId),
			maxCalls: caps.maxCalls - run.calls,
			maxCostUsd: caps.maxCostUsd === undefined ? undefined : caps.maxCostUsd - (run.costUsd ?? 0),
			run: (of, options, prompts) => services.runMuted(of, options, prompts),
			signal,
			onRound: (blocks, calls) =>
				this.#say(l10n.t('Rules or blocks of rules left out: {0}; requests: {1}', blocks, calls)),
		});
		this.#report(coverage, variant, cases);
		if ((await services.promptHash(variant.prompt, source.uri)) !== variant.promptHash) {
			this.#say(l10n.t('The prompt was changed in the meantime, so its lines are not marked'));
			return;
		}
		const uri = await services.promptDocument(variant.prompt, source.uri);
		const { children } = this.#requested.suite.item;
		const items = coverage.stable.flatMap((name) => children.get(name) ?? []);
		batches.add(() => shown.addCoverage(this.#details.fileCoverage(uri, variant.text, coverage, items)));
	}

	#report({ rules, stable, reason }: RuleCoverage, { text }: AskedVariant, cases: readonly PlannedCase[]): void {
		const flaky = cases.map(({ name }) => name).filter((name) => !stable.includes(name));
		if (flaky.length > 0) {
			this.#say(l10n.t('Not compared, since their answers to the whole prompt differ: {0}', flaky.join(', ')));
		}
		const lines = text.split(/\r\n|\r|\n/);
		for (const { start, changed } of rules.filter((rule) => rule.changed.length > 0)) {
			this.#say(l10n.t('Line {0} decides {1}: {2}', start + 1, changed.join(', '), lines[start]?.trim() ?? ''));
		}
		const deciding = rules.filter(({ changed }) => changed.length > 0).length;
		const open = rules.filter(({ changed, isUndecided }) => isUndecided && changed.length === 0).length;
		this.#say(
			l10n.t('Rules that decide a verdict: {0} of {1}; not tested: {2}', deciding, rules.length, open) +
				(reason === undefined ? '' : ` · ${reason}`),
		);
	}

	#say(text: string): void {
		this.#parts.output.append(text);
	}
}

/** The plan with what comes after it: as much for each request as before. */
function widened({ batch: _batch, ...estimate }: PlanEstimate, calls: number, trials: number): PlanEstimate {
	const share = estimate.calls === 0 ? 1 : (estimate.calls + calls) / estimate.calls;
	return {
		...estimate,
		trials: estimate.trials + Math.round(trials),
		calls: estimate.calls + calls,
		inputTokens: Math.round(estimate.inputTokens * share),
		...(estimate.costUsd !== undefined && { costUsd: estimate.costUsd * share }),
	};
}
