import * as l10n from '@vscode/l10n';
import type { JsonSchema } from '../../common/tools.ts';
import { askJudge, judgeObject, judgeReason } from '../grading/askJudge.ts';
import { markMaterial, materialRule } from '../grading/markMaterial.ts';
import { wrongValue } from '../grading/textValue.ts';
import type { Grader, GraderContext, RenderedAssertion } from './grader.ts';

/** The categories of the fact check of OpenAI's evals, which promptfoo has, too; all but D pass. */
const categories = {
	A: 'The answer says a part of what the reference says, and nothing that contradicts it.',
	B: 'The answer says all that the reference says and more, and nothing that contradicts it.',
	C: 'The answer says the same as the reference.',
	D: 'The answer contradicts the reference.',
	E: 'They differ, but in nothing that matters for what is true.',
} as const;
type Category = keyof typeof categories;

const schema: JsonSchema = {
	type: 'object',
	properties: {
		reason: {
			type: 'string',
			description: 'One to three sentences: which facts agree, are missing, or contradict.',
		},
		category: { enum: Object.keys(categories), type: 'string', description: 'The letter of the category.' },
	},
	required: ['reason', 'category'],
	additionalProperties: false,
};

const task =
	'You compare the facts of an answer with those of a reference, which is right. Style, length and wording do not ' +
	`matter. Choose one category:\n${Object.entries(categories)
		.map(([letter, text]) => `${letter}: ${text}`)
		.join('\n')}`;
const reply = 'Reply with one JSON object: "reason" (one to three sentences), then "category" (one letter, A to E).';

export const factuality: Grader = {
	type: 'factuality',
	summary: 'A judge finds no contradiction between the answer and a reference.',
	value: { type: 'string', minLength: 1, description: 'The reference; what the case expects if absent.' },
	valueOptional: true,
	judgeCalls: 1,
	async grade(assertion, context) {
		const reference = referenceOf(assertion, context);
		const { query, output } = context.answer;
		const { material, mark } = markMaterial({ question: query, reference, answer: output });
		const { value, judged } = await askJudge(assertion, context, {
			system: `${task}\n\n${materialRule(mark)}\n\n${reply}`,
			user: `# Material\n\n${material}\n\nNow compare the answer with the reference.`,
			schema: { name: 'facts', schema },
			check: (given) => (categoryOf(given) ? undefined : l10n.t('"category" is none of A, B, C, D and E')),
		});
		const category = categoryOf(value) ?? 'D';
		const pass = category !== 'D';
		return {
			pass,
			score: pass ? 1 : 0,
			reason: `${category}: ${judgeReason(value)}`,
			judged: [judged],
		};
	},
};

function categoryOf(value: unknown): Category | undefined {
	const category = judgeObject(value)?.category;
	const letter = typeof category === 'string' ? category.toUpperCase() : '';
	return letter in categories ? (letter as Category) : undefined;
}

function referenceOf({ type, value }: RenderedAssertion, { answer: { expected } }: GraderContext): string {
	const reference = value ?? expected;
	const text = typeof reference === 'string' ? reference : (JSON.stringify(reference) as string | undefined);
	if (text === undefined || text.trim() === '') {
		throw wrongValue(type, l10n.t('the reference, or "expected" of the case'));
	}
	return text;
}
