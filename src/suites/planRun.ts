import * as l10n from '@vscode/l10n';
import { AppError, throwIfAborted } from '../common/errors.ts';
import type { PromptReference, SuiteRunOptions } from '../common/suiteModel.ts';
import { textHash } from '../disk/textHash.ts';
import { caseHash } from './caseHash.ts';
import type { CaseCollection, CaseSequence } from './cases/caseSequence.ts';
import { CaseSelection, type IndexedCase } from './cases/caseSelection.ts';
import type { CaseSpools } from './cases/caseSpools.ts';
import { CasesHash } from './cases/casesHash.ts';
import { chooseCases } from './chooseCases.ts';
import { estimateRun, knownUsageKey, type KnownUsage, type KnownUsages } from './estimateRun.ts';
import { graders } from './graders/all.ts';
import type { PlannedCase, PlannedRun, PlannedVariant, SpooledRun } from './plannedRun.ts';
import { planVariants } from './planVariants.ts';
import { suiteLimits } from './reading/fields.ts';
import { readSuite } from './readSuite.ts';
import type { Assertion, Suite, SuiteCase } from './suite.ts';
import type { SuiteContext } from './suiteContext.ts';
import { isRecorded } from './trialOrder.ts';

/** A suite as its editor or its file holds it. */
export interface SuiteSource {
	uri: string;
	name: string;
	text: string;
	format: 'yaml' | 'json';
	/** The draft or prompt whose suite it is: tested if the suite names no prompt. */
	prompt?: PromptReference;
}

/** What the command line may ask for besides. */
export interface PlanOptions extends SuiteRunOptions {
	/** Only this part of the cases, from 1: each case is in exactly one of `of` parts, whatever else is in the suite. */
	shard?: { index: number; of: number };
	/** Only cases whose answers are recorded. */
	recordedOnly?: boolean;
}

type SpooledSuite = Suite<CaseSequence<SuiteCase>>;

/** Most trials of one run. */
const maxTrials = 1_000_000;

const gradersByType = new Map(graders.map((grader) => [grader.type, grader]));

/**
 * Plans a run: chooses cases, variants and the judge, pins everything that decides its answers, and estimates what it takes.
 * Asks no model, but may ask the user for one. With `spools` the cases of the plan are in a file, until the caller closes them.
 * Rejects with `validation` if the suite has an error, an option is wrong, or a cap in money cannot be kept, with `not-found` if
 * something that is named does not exist, with `storage` if the cases cannot be kept, and with `cancelled`.
 */
export async function planRun(context: SuiteContext, source: SuiteSource, options: PlanOptions): Promise<PlannedRun>;
export async function planRun(
	context: SuiteContext,
	source: SuiteSource,
	options: PlanOptions,
	spools: CaseSpools | undefined,
): Promise<SpooledRun>;
export async function planRun(
	context: SuiteContext,
	source: SuiteSource,
	options: PlanOptions,
	spools?: CaseSpools,
): Promise<SpooledRun> {
	checkOptions(options);
	const suite = await readWhole(context, source, options.signal, spools);
	const offered = offeredCases(suite.cases, options);
	if (offered.length === 0 && suite.cases.length > 0) {
		throw new AppError('not-found', l10n.t('No case of the suite has a recorded answer'), {
			info: { field: 'suite' },
		});
	}
	const chosen = await chooseCases(context, source.uri, offered, options.filter);
	throwIfAborted(options.signal);
	const variants = await planVariants(
		context,
		{ uri: source.uri, suite: withPrompt(suite, source), cases: chosen },
		options,
	);
	checkStopEarly(options, variants);
	const { shard } = options;
	const { cases, asksJudge, casesHash: allHash } = await planCases(context, chosen, shard, spools);
	throwIfAborted(options.signal);
	const suiteHash = textHash(source.text);
	const planned: SpooledRun = {
		suiteName: source.name,
		suiteHash,
		variants,
		cases,
		repeat: options.repeat ?? null,
		seed: Number.parseInt(suiteHash.slice(0, 8), 16),
		maxCostUsd: options.maxCostUsd ?? null,
		maxCalls: options.maxCalls ?? null,
		reuse: options.reuse ?? false,
		...(options.batch && { batch: true }),
		...(options.stopEarly && { stopsEarly: true }),
		judgeModel: asksJudge
			? (context.settings().judgeModel ?? (await context.chooseModel('judge', undefined, options.signal)))
			: null,
		estimate: { trials: 0, calls: 0, inputTokens: 0 },
		...(shard && { shard: { ...shard, cases: chosen.length, casesHash: allHash } }),
	};
	const known = await knownUsages(context, source.uri, variants);
	const { estimate, trialCosts } = estimateRun(planned, context.models(), known);
	if (estimate.trials > maxTrials) {
		throw invalid(l10n.t('The run has {0} trials; it may have at most {1}', estimate.trials, maxTrials), 'repeat');
	}
	checkCaps(context, planned);
	planned.estimate = estimate;
	checkBatch(planned);
	for (const [index, variant] of variants.entries()) {
		if (variant.kind === 'asked') {
			variant.trialCostUsd = trialCosts[index] ?? null;
		}
	}
	return planned;
}

/** Recorded answers are of neither side where two sides are asked. */
function offeredCases(cases: SpooledSuite['cases'], options: PlanOptions): CaseSelection {
	const all = new CaseSelection(cases);
	if (options.recordedOnly) {
		return all.filter(isRecorded);
	}
	const asked = options.stopEarly && options.variants ? all.filter((one) => !isRecorded(one)) : undefined;
	return asked && asked.length > 0 ? asked : all;
}

/** All parts of a run have the same variants and the same judge, so they are chosen for all cases; `cases` are those of one part. */
async function planCases(
	context: Pick<SuiteContext, 'conversation'>,
	chosen: Iterable<IndexedCase>,
	shard: PlanOptions['shard'],
	spools: CaseSpools | undefined,
): Promise<{ cases: CaseSequence<PlannedCase>; asksJudge: boolean; casesHash: string }> {
	const cases: CaseCollection<PlannedCase> = spools?.create<PlannedCase>() ?? [];
	const hash = new CasesHash();
	let asksJudge = false;
	for (const one of chosen) {
		const planned = await planCase(context, one);
		asksJudge ||= judgedAssertions(planned.assert).some(({ provider }) => provider === undefined);
		if (shard) {
			hash.add(planned);
		}
		if (!shard || shardOf(planned.hash, shard.of) === shard.index) {
			cases.push(planned);
		}
	}
	return { cases, asksJudge, casesHash: hash.digest() };
}

function withPrompt(suite: SpooledSuite, { prompt }: SuiteSource): SpooledSuite {
	return prompt !== undefined && suite.prompts.length === 0 ? { ...suite, prompts: [prompt] } : suite;
}

function checkOptions({ repeat, maxCostUsd, maxCalls, shard }: PlanOptions): void {
	if (shard && !(shard.index >= 1 && shard.index <= shard.of && Number.isSafeInteger(shard.of))) {
		throw invalid(l10n.t('The parts of a run are numbered from 1 to their number'), 'shard');
	}
	if (repeat !== undefined && !(Number.isInteger(repeat) && repeat >= 1 && repeat <= suiteLimits.repeat)) {
		throw invalid(l10n.t('The number of repeats is 1 to {0}', suiteLimits.repeat), 'repeat');
	}
	if (maxCostUsd !== undefined && !(maxCostUsd > 0 && maxCostUsd < Infinity)) {
		throw invalid(l10n.t('The limit of the cost is a number of US dollars above 0'), 'maxCostUsd');
	}
	if (maxCalls !== undefined && !(Number.isSafeInteger(maxCalls) && maxCalls > 0)) {
		throw invalid(l10n.t('The limit of requests is a whole number above 0'), 'maxCalls');
	}
}

/** Only two variants are compared, and only where there is something to see after each case. */
function checkStopEarly({ stopEarly, batch }: PlanOptions, variants: readonly PlannedVariant[]): void {
	if (!stopEarly) {
		return;
	}
	const guide = variants.find((variant) => variant.kind === 'asked' && !variant.isModel);
	const problem =
		variants.length !== 2
			? l10n.t('A run that may stop early compares two variants, but this one has {0}', variants.length)
			: guide
				? l10n.t("'{0}' is not a model, so its answers are not compared", guide.label)
				: batch
					? l10n.t('A batch cannot stop early, since all its answers come at once. Run it without a batch')
					: undefined;
	if (problem !== undefined) {
		throw invalid(problem, 'stopEarly');
	}
}

/** The suite, if it has no error. */
async function readWhole(
	context: Pick<SuiteContext, 'readCaseFile'>,
	{ uri, text, format }: SuiteSource,
	signal: AbortSignal | undefined,
	spools: CaseSpools | undefined,
): Promise<SpooledSuite> {
	const { suite, problems } = await readSuite(text, {
		format,
		readFile: (path) => context.readCaseFile(path, uri),
		graders,
		...(signal && { signal }),
		spools,
	});
	const errors = problems.filter(({ severity }) => severity !== 'warning');
	const [first] = errors;
	if (first || !suite) {
		const { line, message, file } = first ?? { line: 1, message: l10n.t('it cannot be read') };
		const place =
			file === undefined
				? l10n.t('Line {0}: {1}', line, message)
				: l10n.t('Line {0} of {1}: {2}', line, file, message);
		const reason =
			errors.length > 1
				? l10n.t('The suite has {0} errors, so it is not run. {1}', errors.length, place)
				: l10n.t('The suite has an error, so it is not run. {0}', place);
		throw invalid(reason, 'suite');
	}
	return suite;
}

/** Which of so many parts a case belongs to, from 1. */
function shardOf(hash: string, of: number): number {
	return (Number.parseInt(hash.slice(0, 12), 16) % of) + 1;
}

async function planCase(
	context: Pick<SuiteContext, 'conversation'>,
	one: SuiteCase & { index: number },
): Promise<PlannedCase> {
	const assertions = everyAssertion(one.assert);
	const all = assertions.map(({ type }) => gradersByType.get(type));
	const mirroredCalls = assertions.reduce((sum, assertion) => {
		const grader = gradersByType.get(assertion.type);
		return sum + (grader?.isMirrored?.(assertion) ? (grader.judgeCalls ?? 0) : 0);
	}, 0);
	const planned: PlannedCase = {
		...one,
		hash: caseHash(one),
		judgeCalls: all.reduce((sum, grader) => sum + (grader?.judgeCalls ?? 0), 0),
		...(mirroredCalls > 0 && { mirroredCalls }),
		needsOthers: all.some((grader) => grader?.needsOthers),
	};
	if (one.conversation) {
		const { fixture, section, label, turn } = one.conversation;
		const messages = await context.conversation(fixture, section, label);
		planned.recorded = messages.slice(0, turn);
		if (planned.recorded.at(-1)?.role !== 'user') {
			const message = l10n.t(
				'The case "{0}" has nothing to answer: turn {1} of its conversation does not follow a message of the user',
				one.name,
				turn,
			);
			throw invalid(message, 'suite');
		}
	}
	return planned;
}

function everyAssertion(assertions: readonly Assertion[]): Assertion[] {
	return assertions.flatMap((assertion) => [assertion, ...everyAssertion(assertion.members ?? [])]);
}

function judgedAssertions(assertions: readonly Assertion[]): Assertion[] {
	return everyAssertion(assertions).filter(({ type }) => (gradersByType.get(type)?.judgeCalls ?? 0) > 0);
}

/** A run that nothing would be asked in a batch of is not what the user means. */
function checkBatch({ batch, estimate }: SpooledRun): void {
	if (batch && (estimate.batch?.trials ?? 0) === 0) {
		const message = estimate.batch
			? l10n.t(
					'Nothing in this run can be part of a batch: every case needs several requests, tools, a judge or times. Run it without a batch',
				)
			: l10n.t(
					'No model of this run has a batch API here: OpenAI and Anthropic have one. Run it without a batch',
				);
		throw invalid(message, 'batch');
	}
}

/** A cap in money alone cannot hold a model whose price nobody knows. */
function checkCaps(context: Pick<SuiteContext, 'models'>, plan: SpooledRun): void {
	if (plan.maxCostUsd === null || plan.maxCalls !== null) {
		return;
	}
	const judges = new Set<string>();
	for (const { assert } of plan.cases) {
		judgedAssertions(assert).forEach(({ provider }) => provider !== undefined && judges.add(provider));
	}
	const asked = plan.variants.flatMap((variant) =>
		variant.kind === 'asked' && variant.isModel ? [variant.model] : [],
	);
	const models = [...asked, ...judges, ...(plan.judgeModel === null ? [] : [plan.judgeModel])];
	const unknown = [...new Set(models)].filter((model) => context.models().price(model) === undefined);
	if (unknown.length > 0) {
		const message = l10n.t(
			'The price of {0} is not known, so a limit of the cost cannot be kept. Add a limit of requests (maxCalls, or --max-calls on the command line), or its price (promptWorkshop.prices, or "prices" in the file of --providers)',
			unknown.join(', '),
		);
		throw invalid(message, 'maxCalls');
	}
}

/** What the newest run of the suite took, if this one asks models. */
async function knownUsages(
	{ records, files }: Pick<SuiteContext, 'records' | 'files'>,
	suite: string,
	planned: readonly PlannedVariant[],
): Promise<KnownUsages> {
	const known = new Map<string, KnownUsage>();
	if (planned.every(({ kind }) => kind === 'recorded')) {
		return known;
	}
	const [newest] = await records.list({ suite });
	if (!newest || !(await files.list()).includes(newest.runId)) {
		return known;
	}
	const variants = new Map(newest.variants.map((variant) => [variant.label, variant]));
	for (const trial of await files.trials(newest.runId)) {
		const variant = variants.get(trial.variant);
		const { inputTokens, outputTokens } = trial.usage ?? {};
		if (variant && inputTokens !== undefined && outputTokens !== undefined) {
			known.set(knownUsageKey(trial.case.hash, variant.promptHash, variant.model), { inputTokens, outputTokens });
		}
	}
	return known;
}

function invalid(message: string, field: string): AppError {
	return new AppError('validation', message, { info: { field } });
}
