import * as l10n from '@vscode/l10n';
import { throwIfAborted } from '../../common/errors.ts';
import { groupBy } from '../../common/groupBy.ts';
import type { PromptReference, SuiteRunEvent, SuiteRunOptions, Trial, Verdict } from '../../common/suiteModel.ts';
import { asideSuite } from '../asideSuite.ts';
import { askedCount } from '../askedCount.ts';
import type { AskedVariant, PlannedCase } from '../plannedRun.ts';
import type { SuiteSource } from '../planRun.ts';
import { isRecorded } from '../trialOrder.ts';
import type { MutedPrompt } from './mutedContext.ts';
import { promptRules, withoutRules, type PromptRule } from './promptRules.ts';
import { RuleAblation, type AblationQuestion, type RuleFinding } from './ruleAblation.ts';
import { baselineRepeats, stableVerdict } from './stableVerdict.ts';

export interface CoverageOptions {
	source: SuiteSource;
	/** The whole prompt. */
	variant: AskedVariant;
	cases: readonly PlannedCase[];
	/** Answers to the whole prompt, `baselineRepeats` for each case. */
	baseline: readonly Pick<Trial, 'case' | 'verdict'>[];
	/** What is left of the caps. */
	maxCalls: number;
	maxCostUsd?: number | undefined;
	/** Runs a suite with muted prompts. */
	run: (
		source: SuiteSource,
		options: SuiteRunOptions,
		prompts: ReadonlyMap<PromptReference, MutedPrompt>,
	) => AsyncIterable<SuiteRunEvent>;
	signal: AbortSignal;
	/** Before each round: the blocks that are muted, and the requests that it takes. */
	onRound?: (blocks: number, calls: number) => void;
}

export interface RuleCoverage {
	rules: (PromptRule & RuleFinding)[];
	/** Names of the cases whose answers to the whole prompt agree: only these can be said to change. */
	stable: string[];
	/** Requests that were made without some of the rules. */
	calls: number;
	/** Why it ended before everything was asked. */
	reason?: string;
}

/** The cases whose answers come from the prompt alone: not recorded, and not graded against those of another variant. */
export function coverableCases(cases: readonly PlannedCase[]): PlannedCase[] {
	return cases.filter((one) => !isRecorded(one) && !one.needsOthers);
}

/** Requests that one answer to a case takes, with its judges. */
export function callsOfCase(one: PlannedCase, variant: AskedVariant): number {
	return askedCount(one, variant) + one.judgeCalls;
}

/** Which rules of a prompt decide verdicts: the suite is run without them, as `RuleAblation` chooses. */
export async function coverRules(options: CoverageOptions): Promise<RuleCoverage> {
	const { variant, signal, maxCalls, onRound } = options;
	const cases = coverableCases(options.cases);
	const stable = stableCases(cases, options.baseline);
	const rules = promptRules(variant.text);
	const calls = new Map(cases.map((one) => [one.name, callsOfCase(one, variant)]));
	const callsOf = (name: string) => calls.get(name) ?? 0;
	const ablation = new RuleAblation({ rules: rules.length, stable, callsOf, budget: maxCalls });
	const spent = { calls: 0, costUsd: 0 };
	const callsOfAll = (questions: readonly AblationQuestion[]) =>
		questions.reduce((sum, one) => sum + one.repeat * one.cases.reduce((all, name) => all + callsOf(name), 0), 0);
	let reason: string | undefined;
	for (let round = ablation.next(); round.length > 0; round = ablation.next()) {
		throwIfAborted(signal);
		if (reason === undefined) {
			onRound?.(round.length, callsOfAll(round));
		}
		for (const questions of groupBy(round, ({ cases: names, repeat }) =>
			JSON.stringify([names, repeat]),
		).values()) {
			// After a cap or a failure what is left is not asked, and so undecided.
			const asked = reason === undefined ? await ask(options, rules, questions, spent) : undefined;
			questions.forEach((question, index) => ablation.take(question, asked?.verdicts[index] ?? new Map()));
			if (asked) {
				reason = asked.reason;
				spent.calls += asked.calls;
				spent.costUsd += asked.costUsd;
				ablation.spend(Math.max(0, asked.calls - callsOfAll(questions)));
			}
		}
	}
	const findings = ablation.findings;
	return {
		rules: rules.map((rule, index) => ({ ...rule, ...(findings[index] ?? { changed: [], isUndecided: true }) })),
		stable: [...stable.keys()],
		calls: spent.calls,
		...(reason !== undefined && { reason }),
	};
}

function stableCases(
	cases: readonly PlannedCase[],
	baseline: CoverageOptions['baseline'],
): Map<string, 'pass' | 'fail'> {
	const trials = groupBy(baseline, (trial) => trial.case.name);
	const stable = new Map<string, 'pass' | 'fail'>();
	for (const { name } of cases) {
		const verdicts = (trials.get(name) ?? []).map(({ verdict }) => verdict);
		const verdict = stableVerdict(verdicts, baselineRepeats);
		if (verdict !== undefined) {
			stable.set(name, verdict);
		}
	}
	return stable;
}

interface Asked {
	/** Of each question, by case. */
	verdicts: Map<string, Verdict[]>[];
	calls: number;
	costUsd: number;
	reason: string | undefined;
}

/** One run whose variants are the prompt without each of the blocks. */
async function ask(
	{ source, variant, maxCalls, maxCostUsd, run, signal }: CoverageOptions,
	rules: readonly PromptRule[],
	questions: readonly AblationQuestion[],
	spent: { calls: number; costUsd: number },
): Promise<Asked> {
	const prompts = new Map<PromptReference, MutedPrompt>();
	const at = new Map<string, Map<string, Verdict[]>>();
	const verdicts = questions.map(({ block }) => {
		const muted = rules.slice(block.from, block.to);
		const label = mutedLabel(muted);
		const found = new Map<string, Verdict[]>();
		at.set(label, found);
		prompts.set(`${variant.prompt}#${block.from}-${block.to}`, {
			of: variant.prompt,
			label,
			text: withoutRules(variant.text, muted),
		});
		return found;
	});
	const [first] = questions;
	const events = run(
		{ ...source, uri: asideSuite(source.uri, 'coverage'), name: l10n.t('{0}, rule coverage', source.name) },
		{
			variants: [...prompts.keys()].map((prompt) => ({ prompt, model: variant.model })),
			filter: { names: [...(first?.cases ?? [])] },
			repeat: first?.repeat ?? 1,
			maxCalls: maxCalls - spent.calls,
			...(maxCostUsd !== undefined && { maxCostUsd: Math.max(1e-9, maxCostUsd - spent.costUsd) }),
			signal,
		},
		prompts,
	);
	const asked: Asked = { verdicts, calls: 0, costUsd: 0, reason: undefined };
	for await (const event of events) {
		if (event.type === 'trial') {
			const { verdict, case: one } = event.trial;
			const found = at.get(event.trial.variant);
			found?.set(one.name, [...(found.get(one.name) ?? []), verdict]);
		} else if (event.type === 'run') {
			const { status, reason, calls, costUsd } = event.run;
			asked.calls = calls;
			asked.costUsd = costUsd ?? 0;
			asked.reason = status === 'complete' ? undefined : (reason ?? status);
		}
	}
	throwIfAborted(signal);
	return asked;
}

/** Unique among blocks, and short enough to stay whole as the label of a variant. */
function mutedLabel(muted: readonly PromptRule[]): string {
	const from = (muted[0]?.start ?? 0) + 1;
	const to = muted.at(-1)?.end ?? from;
	return from === to ? l10n.t('without line {0}', from) : l10n.t('without lines {0} to {1}', from, to);
}
