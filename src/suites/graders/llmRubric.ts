import * as l10n from '@vscode/l10n';
import { AppError } from '../../common/errors.ts';
import type { JsonSchema } from '../../common/tools.ts';
import { renderTemplate } from '../../prompts/variables/renderTemplate.ts';
import { askJudge, judgeObject, judgeReason } from '../grading/askJudge.ts';
import { markMaterial, materialRule } from '../grading/markMaterial.ts';
import { wrongValue } from '../grading/textValue.ts';
import type { GradedAnswer, Grader, RenderedAssertion } from './grader.ts';

// The reason comes first, so that the verdict follows from it.
const schema: JsonSchema = {
	type: 'object',
	properties: {
		reason: {
			type: 'string',
			description: 'One to three sentences: what the rubric asks and what the answer does.',
		},
		score: { type: 'number', description: 'From 0, nothing of the rubric is met, to 1, all of it is met.' },
		pass: { type: 'boolean', description: 'Whether the answer meets the rubric.' },
	},
	required: ['reason', 'score', 'pass'],
	additionalProperties: false,
};

const task =
	'You judge an answer of a language model against a rubric. The rubric alone decides; judge what the answer says and ' +
	'not how long or how sure it is, unless the rubric asks for it.';
const reply =
	'Reply with one JSON object: "reason" (one to three sentences), then "score" (a number from 0 to 1), then "pass" ' +
	'(true or false).';

export const llmRubric: Grader = {
	type: 'llm-rubric',
	summary: 'A judge finds that the answer meets a rubric.',
	value: {
		type: ['string', 'array'],
		items: { type: 'string' },
		minLength: 1,
		minItems: 1,
		description: 'What the answer must be or do, in words; a list is a rubric of several points.',
	},
	threshold: 'The lowest score that passes, if the judge lets the answer pass, too.',
	judgeCalls: 1,
	async grade(assertion, context) {
		const request = requestOf(assertion, context.answer);
		const { value, judged } = await askJudge(assertion, context, {
			...request,
			schema: { name: 'verdict', schema },
			check: checkVerdict,
		});
		const { pass, score = pass ? 1 : 0 } = value as { pass: boolean; score?: number };
		const { threshold } = assertion;
		const reason = judgeReason(value);
		return pass && threshold !== undefined && score < threshold
			? {
					pass: false,
					score,
					reason: l10n.t('The score {0} is below {1}: {2}', score, threshold, reason),
					judged: [judged],
				}
			: { pass, score, reason, judged: [judged] };
	},
};

/** A verdict that is not there is not assumed, and no text is taken for one. */
function checkVerdict(value: unknown): string | undefined {
	const verdict = judgeObject(value);
	if (typeof verdict?.pass !== 'boolean') {
		return l10n.t('"pass" is neither true nor false');
	}
	const { score } = verdict;
	return score === undefined || (typeof score === 'number' && score >= 0 && score <= 1)
		? undefined
		: l10n.t('"score" is no number from 0 to 1');
}

function requestOf(assertion: RenderedAssertion, answer: GradedAnswer): { system: string; user: string } {
	const rubric = rubricOf(assertion);
	const own = assertion.options?.rubricPrompt;
	if (own !== undefined) {
		return { system: `${task}\n\n${reply}`, user: renderOwn(own, rubric, answer) };
	}
	const { material, mark } = markMaterial({ question: answer.query, answer: answer.output });
	return {
		system: `${task}\n\n${materialRule(mark)}\n\n${reply}`,
		user: `# Rubric\n\n${rubric}\n\n# Material\n\n${material}\n\nNow judge the answer by the rubric.`,
	};
}

function rubricOf({ type, value }: RenderedAssertion): string {
	const points: unknown[] = Array.isArray(value) ? value : [value];
	const texts = points.flatMap((point) => (typeof point === 'string' && point.trim() !== '' ? [point] : []));
	if (texts.length === 0 || texts.length < points.length) {
		throw wrongValue(type, l10n.t('a rubric, which is a text or a list of texts'));
	}
	return Array.isArray(value) ? texts.map((text) => `- ${text}`).join('\n') : texts.join('');
}

/** A request that the suite has written itself: with `output`, `rubric` and the variables of the case. */
function renderOwn(template: unknown, rubric: string, { output, query, vars, expected }: GradedAnswer): string {
	if (typeof template !== 'string' || template.trim() === '') {
		throw new AppError('validation', l10n.t('"rubricPrompt" must be a text that is not empty'), {
			info: { field: 'rubricPrompt' },
		});
	}
	const given = { ...vars, ...(expected !== undefined && { expected }), query, output, rubric };
	const rendered = renderTemplate(template, given);
	if ('problems' in rendered) {
		throw new AppError('validation', l10n.t('"rubricPrompt": {0}', rendered.problems[0]?.message ?? ''), {
			info: { field: 'rubricPrompt' },
		});
	}
	return rendered.text;
}
