import * as v from 'valibot';
import { thinkingLevels } from '../../common/model.ts';
import { runStatuses, verdicts } from '../../common/suiteModel.ts';
import { sessionSchema } from '../blind/ratingFiles.ts';

/** How the JSON document of a run says what it is. */
export const runDocumentFormat = 'prompt-workshop-run';
export const runDocumentVersion = 1;

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const size = v.pipe(v.number(), v.finite(), v.minValue(0));
const amount = v.nullable(size);
const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const hash = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
const time = v.pipe(v.string(), v.isoTimestamp());
const runId = v.pipe(v.string(), v.uuid());
const label = v.pipe(v.string(), v.minLength(1));
const thinking = v.picklist(thinkingLevels);

const variant = v.looseObject({
	label,
	prompt: v.nullable(v.string()),
	promptHash: v.nullable(hash),
	model: v.nullable(v.string()),
	isModel: v.boolean(),
	thinking: v.nullable(thinking),
	passed: count,
	failed: count,
	errors: count,
	reused: count,
	costUsd: amount,
	measures: v.optional(
		v.looseObject({ inputTokens: size, outputTokens: size, withTokens: count, medianMs: amount, withTime: count }),
	),
});

/** `SuiteRun`; what it is worth (`of`, `rate`, `interval`) is counted again from the trials. */
export const runSchema = v.looseObject({
	runId,
	suite: v.string(),
	suiteName: v.string(),
	suiteHash: hash,
	startedAt: time,
	endedAt: v.nullable(time),
	status: v.picklist(runStatuses),
	reason: v.optional(v.string()),
	trials: count,
	done: count,
	calls: count,
	costUsd: amount,
	maxCostUsd: amount,
	maxCalls: v.nullable(count),
	isImported: v.optional(v.boolean()),
	variants: v.array(variant),
	ratings: v.optional(v.array(sessionSchema)),
});

const plannedVariant = v.variant('kind', [
	v.looseObject({ kind: v.literal('recorded'), label, output: v.nullable(v.string()) }),
	v.looseObject({
		kind: v.literal('asked'),
		label,
		prompt: v.string(),
		promptHash: hash,
		text: v.string(),
		promptRole: v.picklist(['system', 'user']),
		variables: v.array(v.looseObject({ name: v.string() })),
		model: v.string(),
		isModel: v.boolean(),
		thinking,
		forcesThinking: v.boolean(),
		maxTokens: count,
		tools: v.array(v.looseObject({ name: v.string() })),
		editorTools: v.array(v.string()),
		topic: v.nullable(v.looseObject({ name: v.string() })),
		trialCostUsd: amount,
	}),
]);

const plannedCase = v.looseObject({
	name: v.string(),
	index: count,
	hash,
	line: count,
	vars: v.record(v.string(), v.unknown()),
	query: v.optional(v.string()),
	tags: v.array(v.string()),
	repeat: v.pipe(count, v.minValue(1)),
	assert: v.array(v.looseObject({ type: v.string(), negate: v.boolean(), weight: v.number(), line: count })),
	judgeCalls: count,
	mirroredCalls: v.optional(count),
	needsOthers: v.boolean(),
});

/** `RunPins`, with its plan. */
export const pinsSchema = v.looseObject({
	format: v.literal(1),
	runId,
	suite: v.string(),
	suiteText: v.string(),
	plan: v.looseObject({
		suiteName: v.string(),
		suiteHash: hash,
		variants: v.array(plannedVariant),
		cases: v.array(plannedCase),
		repeat: v.nullable(count),
		seed: count,
		maxCostUsd: amount,
		maxCalls: v.nullable(count),
		reuse: v.boolean(),
		judgeModel: v.nullable(v.string()),
		stopsEarly: v.optional(v.boolean()),
		isImported: v.optional(v.boolean()),
		estimate: v.looseObject({ trials: count, calls: count, inputTokens: count }),
		shard: v.optional(
			v.looseObject({ index: v.pipe(count, v.minValue(1)), of: count, cases: count, casesHash: hash }),
		),
	}),
});

const text = { id: v.string(), text: v.string() };
const turn = v.looseObject({
	blocks: v.array(
		v.variant('type', [
			v.looseObject({ type: v.literal('thinking'), ...text }),
			v.looseObject({ type: v.literal('text'), ...text }),
			v.looseObject({
				type: v.literal('tool'),
				id: v.string(),
				name: v.string(),
				input: v.unknown(),
				result: v.optional(v.looseObject({ summary: v.string() })),
			}),
		]),
	),
});

const assertionResult: v.GenericSchema = v.looseObject({
	type: v.string(),
	metric: v.optional(v.string()),
	pass: v.boolean(),
	score: v.number(),
	reason: v.string(),
	weight: v.number(),
	components: v.optional(v.array(v.lazy(() => assertionResult))),
	judged: v.optional(v.array(v.looseObject({ model: v.string(), request: v.string(), answer: v.string() }))),
});
const tokens = v.optional(v.pipe(v.number(), v.finite(), v.minValue(0)));

/** `StoredTrial`. */
export const trialSchema = v.looseObject({
	trialId: v.pipe(v.string(), v.regex(/^[0-9a-f-]{36}-\d{1,9}$/)),
	case: v.looseObject({ name: v.string(), hash, index: count }),
	variant: v.string(),
	repeat: v.pipe(count, v.minValue(1)),
	verdict: v.picklist(verdicts),
	score: share,
	assertions: v.array(assertionResult),
	output: v.string(),
	latencyMs: amount,
	timeToFirstTokenMs: amount,
	usage: v.nullable(v.looseObject({ inputTokens: tokens, outputTokens: tokens, thinkingTokens: tokens })),
	costUsd: amount,
	reused: v.boolean(),
	error: v.optional(v.looseObject({ code: v.string(), message: v.string(), retryable: v.boolean() })),
	endedAt: time,
	turn: v.optional(turn),
	earlier: v.optional(v.array(v.looseObject({ query: v.string(), turn }))),
	citations: v.optional(v.array(v.looseObject({ url: v.string(), label: v.string(), support: v.string() }))),
	query: v.string(),
	requestHash: v.string(),
	requests: v.optional(v.string()),
});
