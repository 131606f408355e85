import * as l10n from '@vscode/l10n';
import { AppError } from '../../common/errors.ts';
import type { JsonSchema } from '../../common/tools.ts';
import { askJudge, judgeReason } from '../grading/askJudge.ts';
import { markMaterial, materialRule } from '../grading/markMaterial.ts';
import { pairwiseOutcome, preferredOf } from '../grading/pairwiseOutcome.ts';
import { wrongValue } from '../grading/textValue.ts';
import { JudgeError } from '../judgeError.ts';
import type { Grade, Grader, GraderContext, Judge, RenderedAssertion } from './grader.ts';

const schema: JsonSchema = {
	type: 'object',
	properties: {
		reason: { type: 'string', description: 'One to three sentences: what decides between the two answers.' },
		preferred: {
			type: 'string',
			enum: ['first', 'second', 'tie'],
			description: 'The better answer; "tie" if none is better.',
		},
	},
	required: ['reason', 'preferred'],
	additionalProperties: false,
};

const task =
	'You compare two answers of language models to the same question. Neither their order nor their length is a merit.';
const reply =
	'Reply with one JSON object: "reason" (one to three sentences), then "preferred" ("first", "second" or "tie").';
const usualCriterion = 'The better answer is more correct and more helpful for whoever asked the question.';

export const pairwise: Grader = {
	type: 'pairwise',
	summary: 'A judge does not prefer the answer of another variant, whichever of the two it reads first.',
	value: {
		type: ['string', 'object'],
		minLength: 1,
		properties: {
			against: { type: 'string', description: 'The label of the variant to compare with.' },
			criterion: { type: 'string', minLength: 1, description: 'What makes an answer the better one.' },
		},
		additionalProperties: false,
		description:
			'What makes an answer the better one, in words; or {against, criterion}, if there are more than two variants.',
	},
	valueOptional: true,
	threshold:
		'The lowest score that passes: 1 if the answer is better, 0.5 for a tie, 0 if it is worse; 0.5 if absent.',
	judgeCalls: 2,
	needsOthers: true,
	isMirrored: ({ value, transform }) =>
		transform === undefined && (typeof value !== 'object' || value === null || !('against' in value)),
	async grade(assertion, context) {
		const { criterion, against } = valueOf(assertion);
		const { output } = context.answer;
		const [label, other] = opponent(against, context);
		if (output === other) {
			return gradeOf(assertion, 'tie', l10n.t('The answer is the same as that of {0}', label));
		}
		const ask = (first: string, second: string) => askOnce(assertion, context, criterion, first, second);
		// Both are waited for, so that what one answered is kept if the other fails.
		const asked = await Promise.allSettled([ask(output, other), ask(other, output)]);
		const [front, back] = fulfilled(asked);
		const inFront = preferredOf(front.value) ?? 'tie';
		const behind = preferredOf(back.value) ?? 'tie';
		const { outcome, flipped } = pairwiseOutcome(inFront, behind);
		const reasons = [judgeReason(front.value), judgeReason(back.value)] as const;
		const texts = {
			better: () => l10n.t('Better than {0} in both orders: {1}', label, reasons[0]),
			worse: () => l10n.t('Worse than {0} in both orders: {1}', label, reasons[0]),
			tie: () =>
				flipped
					? l10n.t('A tie with {0}, because the verdict flips with the order: {1} | {2}', label, ...reasons)
					: l10n.t('A tie with {0}: {1} | {2}', label, ...reasons),
		};
		return { ...gradeOf(assertion, outcome, texts[outcome]()), judged: [front.judged, back.judged] };
	},
};

function gradeOf({ threshold = 0.5 }: RenderedAssertion, outcome: 'better' | 'worse' | 'tie', reason: string): Grade {
	const score = { better: 1, tie: 0.5, worse: 0 }[outcome];
	return { pass: score >= threshold, score, reason };
}

function askOnce(
	assertion: RenderedAssertion,
	context: GraderContext,
	criterion: string,
	first: string,
	second: string,
): ReturnType<Judge['ask']> {
	const { material, mark } = markMaterial({ question: context.answer.query, first, second });
	return askJudge(assertion, context, {
		system: `${task}\n\n${materialRule(mark)}\n\n${reply}`,
		user: `# Criterion\n\n${criterion}\n\n# Material\n\n${material}\n\nNow compare the two answers by the criterion.`,
		schema: { name: 'preference', schema },
		isShared: true,
		check: (value) =>
			preferredOf(value) ? undefined : l10n.t('"preferred" is none of "first", "second" and "tie"'),
	});
}

type Asked = Awaited<ReturnType<Judge['ask']>>;

/** Throws the error of one that failed, with the answers of both. */
function fulfilled(asked: PromiseSettledResult<Asked>[]): [Asked, Asked] {
	const failed = asked.find((result) => result.status === 'rejected');
	const [front, back] = asked.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
	if (front && back) {
		return [front, back];
	}
	const cause: unknown = failed?.reason;
	if (!(cause instanceof AppError) || cause.code === 'cancelled') {
		throw cause;
	}
	const judged = asked.flatMap((result) =>
		result.status === 'fulfilled'
			? [result.value.judged]
			: result.reason instanceof JudgeError
				? result.reason.judged
				: [],
	);
	throw judged.length > 0 ? new JudgeError(cause.message, judged, null, cause) : cause;
}

function valueOf({ type, value }: RenderedAssertion): { criterion: string; against?: string } {
	const given: unknown = typeof value === 'string' ? { criterion: value } : (value ?? {});
	const { criterion = usualCriterion, against, ...others } = given as Record<string, unknown>;
	const fits =
		typeof given === 'object' &&
		!Array.isArray(given) &&
		typeof criterion === 'string' &&
		criterion.trim() !== '' &&
		(against === undefined || typeof against === 'string') &&
		Object.keys(others).length === 0;
	if (!fits) {
		throw wrongValue(type, l10n.t('a criterion, or an object with "against" and "criterion"'));
	}
	return { criterion, ...(against !== undefined && { against }) };
}

function opponent(against: string | undefined, { answer: { others = {} } }: GraderContext): [string, string] {
	const entries = Object.entries(others);
	const found = against === undefined ? entries : entries.filter(([label]) => label === against);
	const [only] = found;
	if (only && found.length === 1) {
		return only;
	}
	const labels = entries.map(([label]) => `"${label}"`).join(', ');
	throw new AppError(
		'validation',
		entries.length === 0
			? l10n.t('There is no answer of another variant to compare with: run at least two variants')
			: against === undefined
				? l10n.t('Choose with "against" the variant to compare with: {0}', labels)
				: l10n.t('There is no answer of the variant "{0}" to compare with. There are: {1}', against, labels),
		{ info: { field: 'against' } },
	);
}
