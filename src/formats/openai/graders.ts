import * as l10n from '@vscode/l10n';
import { contentText } from '../messages/promptOfMessages.ts';
import type { Findings } from '../reading/findings.ts';
import { isRecord, recordsOf, scalarText, textsOf, type Fields } from '../reading/values.ts';
import type { SuiteAssertion } from '../suiteText.ts';
import { isOutput, openaiExpression, openaiTemplate } from './openaiTemplate.ts';

/** The graders of an eval as assertions; what cannot be graded the same way is named. */
export function openaiGraders(criteria: unknown, findings: Findings): SuiteAssertion[] {
	return recordsOf(criteria).flatMap((grader) => {
		const name = scalarText(grader['name']);
		const assertion = readGrader(grader, name ?? scalarText(grader['type']) ?? '', findings);
		return assertion ? [{ ...assertion, ...(name !== undefined && { metric: name }) }] : [];
	});
}

function readGrader(grader: Fields, name: string, findings: Findings): SuiteAssertion | undefined {
	switch (grader['type']) {
		case 'string_check':
			return stringCheck(grader, name, findings);
		case 'text_similarity':
			return textSimilarity(grader, name, findings);
		case 'label_model':
			return labelModel(grader, name, findings);
		case 'score_model':
			return scoreModel(grader, name, findings);
		case 'python':
			findings.dropped(name, l10n.t('Python is not run: write the check as javascript'));
			return undefined;
		default:
			findings.dropped(
				name,
				l10n.t('Graders of the type "{0}" are not supported', scalarText(grader['type']) ?? ''),
			);
			return undefined;
	}
}

const operations: Readonly<Record<string, string>> = {
	eq: 'equals',
	ne: 'not-equals',
	like: 'contains',
	ilike: 'icontains',
};

/** `eq` and `ne` compare case-sensitively, `like` looks for the reference in the input, `ilike` ignores case. */
function stringCheck(grader: Fields, name: string, findings: Findings): SuiteAssertion | undefined {
	const operation = scalarText(grader['operation']) ?? '';
	const input = typeof grader['input'] === 'string' ? grader['input'] : '';
	const reference = typeof grader['reference'] === 'string' ? grader['reference'] : '';
	const type = operations[operation];
	if (type === undefined) {
		findings.dropped(name, l10n.t('There is no operation "{0}"', operation));
		return undefined;
	}
	const value = openaiTemplate(reference, findings);
	if (isOutput(input) && value !== undefined && (value !== '' || operation === 'eq' || operation === 'ne')) {
		return { type, value };
	}
	const [a, b] = [openaiExpression(input), openaiExpression(reference)];
	if (a === undefined || b === undefined) {
		findings.dropped(name, l10n.t('It compares something that a grader does not have here'));
		return undefined;
	}
	const code: Readonly<Record<string, string>> = {
		eq: `(${a}) === (${b})`,
		ne: `(${a}) !== (${b})`,
		like: `(${a}).includes(${b})`,
		ilike: `(${a}).toLowerCase().includes((${b}).toLowerCase())`,
	};
	return { type: 'javascript', value: code[operation] ?? '' };
}

function textSimilarity(grader: Fields, name: string, findings: Findings): SuiteAssertion | undefined {
	const metric = scalarText(grader['evaluation_metric']) ?? '';
	const threshold = typeof grader['pass_threshold'] === 'number' ? grader['pass_threshold'] : undefined;
	const reference = typeof grader['reference'] === 'string' ? grader['reference'] : '';
	if (threshold === undefined) {
		findings.dropped(name, l10n.t('Without "pass_threshold" it gives no verdict'));
		return undefined;
	}
	if (metric === 'fuzzy_match') {
		const input = typeof grader['input'] === 'string' ? grader['input'] : '';
		const [a, b] = [openaiExpression(input), openaiExpression(reference)];
		if (a !== undefined && b !== undefined) {
			findings.changed(
				name,
				l10n.t(
					'It is computed as the ratio of RapidFuzz: twice the longest common subsequence by both lengths',
				),
			);
			return { type: 'javascript', value: fuzzyCode(a, b), threshold };
		}
	}
	const value = openaiTemplate(reference, findings);
	if (metric === 'rouge_1' && isOutput(grader['input']) && value !== undefined) {
		findings.changed(name, l10n.t('Words are divided a little differently, so that scores can differ'));
		return { type: 'rouge-n', value, threshold };
	}
	findings.dropped(name, l10n.t('The similarity "{0}" is not computed here', metric));
	return undefined;
}

/** The normalised Indel similarity, 0 to 1, which is `rapidfuzz.fuzz.ratio` by 100. */
function fuzzyCode(a: string, b: string): string {
	return `const a = [...(${a})];
const b = [...(${b})];
let row = new Array(b.length + 1).fill(0);
for (const one of a) {
  let before = 0;
  for (let j = 1; j <= b.length; j++) {
    const above = row[j];
    row[j] = one === b[j - 1] ? before + 1 : Math.max(above, row[j - 1]);
    before = above;
  }
}
return a.length + b.length === 0 ? 1 : (2 * row[b.length]) / (a.length + b.length);
`;
}

/** A judge of ours replies with pass and score; what it is asked is what the file says. */
function labelModel(grader: Fields, name: string, findings: Findings): SuiteAssertion | undefined {
	const labels = textsOf(grader['labels']);
	const passing = textsOf(grader['passing_labels']);
	const rubricPrompt = judgePrompt(grader['input'], name, findings);
	if (rubricPrompt === undefined || passing.length === 0) {
		return undefined;
	}
	findings.changed(name, l10n.t('The judge of the settings is asked the same, and replies whether the label passes'));
	return {
		type: 'llm-rubric',
		value: `Choose one of these labels: ${labels.join(', ')}. It passes if the label is ${passing.join(' or ')}, and fails with any other.`,
		rubricPrompt,
	};
}

function scoreModel(grader: Fields, name: string, findings: Findings): SuiteAssertion | undefined {
	const range = Array.isArray(grader['range']) ? (grader['range'] as unknown[]) : [0, 1];
	const [low, high] = [Number(range[0]), Number(range[1])];
	const limit = grader['pass_threshold'];
	const rubricPrompt = judgePrompt(grader['input'], name, findings);
	if (rubricPrompt === undefined) {
		return undefined;
	}
	if (typeof limit !== 'number' || !(high > low)) {
		findings.dropped(name, l10n.t('Without "pass_threshold" it gives no verdict'));
		return undefined;
	}
	findings.changed(
		name,
		l10n.t(
			'The judge of the settings is asked the same; its score is from 0 to 1 instead of {0} to {1}',
			low,
			high,
		),
	);
	return {
		type: 'llm-rubric',
		value: `Find a score from ${low} to ${high}. It passes if that is at least ${limit}. Reply with it as (score - ${low}) / ${high - low}.`,
		threshold: (limit - low) / (high - low),
		rubricPrompt,
	};
}

function judgePrompt(input: unknown, name: string, findings: Findings): string | undefined {
	const messages =
		typeof input === 'string'
			? [input]
			: recordsOf(input).map(({ content }) =>
					contentText(isRecord(content) || Array.isArray(content) ? content : (content ?? ''), findings),
				);
	const texts = messages.map((message) => openaiTemplate(message, findings, '{{output}}'));
	if (texts.length === 0 || texts.some((text) => text === undefined)) {
		findings.dropped(name, l10n.t('It asks with something that a grader does not have here'));
		return undefined;
	}
	return [...texts, '{{rubric}}'].join('\n\n');
}
