import * as l10n from '@vscode/l10n';
import type { Findings } from '../reading/findings.ts';
import { isRecord, recordsOf, scalarText, type Fields } from '../reading/values.ts';
import type { SuiteAssertion } from '../suiteText.ts';
import { fromBraces, plainTag } from '../template/fromBraces.ts';
import { templatePieces } from '../template/templatePieces.ts';
import { TemplateWriter } from '../template/templateWriter.ts';

/** What the built-in judges of GitHub Models ask, in our words; each scores from 1 to 5. */
const builtIn: Readonly<Record<string, string>> = {
	'github/similarity': 'The answer means the same as this: {{expected}}',
	'github/coherence': 'The sentences of the answer fit together and follow from each other.',
	'github/fluency': 'The answer is written in correct and natural language.',
	'github/relevance': 'The answer is about what was asked, and covers it.',
	'github/groundedness': 'All that the answer claims follows from what was given to it.',
};

/** The evaluators of a `.prompt.yml` as assertions. */
export function promptYmlEvaluators(
	written: unknown,
	findings: Findings,
	lineOf: (index: number) => number,
): SuiteAssertion[] {
	return recordsOf(written).flatMap((evaluator, index) => {
		const name = scalarText(evaluator['name']) ?? String(index + 1);
		const line = lineOf(index);
		const assertion = readEvaluator(evaluator, name, line, findings);
		if (!assertion) {
			findings.dropped(name, l10n.t('This evaluator is not known'), line);
		}
		return assertion ? [{ ...assertion, metric: name }] : [];
	});
}

function readEvaluator(evaluator: Fields, name: string, line: number, findings: Findings): SuiteAssertion | undefined {
	if (isRecord(evaluator['string'])) {
		return stringEvaluator(evaluator['string'], name, line, findings);
	}
	if (isRecord(evaluator['llm'])) {
		return judgeEvaluator(evaluator['llm'], name, line, findings);
	}
	const rubric = builtIn[scalarText(evaluator['uses']) ?? ''];
	if (rubric === undefined) {
		return undefined;
	}
	findings.changed(
		name,
		l10n.t('The judge of the settings is asked for this in our words, and 1 to 5 is 0 to 1; all but 1 passes'),
		line,
	);
	return {
		type: 'llm-rubric',
		value: `${rubric} Rate it from 1 (not at all) to 5 (fully); the score is (rating - 1) / 4. It passes if the rating is above 1.`,
	};
}

/** The first one that is there counts. `equals` is case-sensitive, and the others are not. */
function stringEvaluator(checks: Fields, name: string, line: number, findings: Findings): SuiteAssertion | undefined {
	const present = ['equals', 'contains', 'startsWith', 'endsWith'].filter(
		(key) => scalarText(checks[key]) !== undefined,
	);
	const [first, ...others] = present;
	for (const other of others) {
		findings.kept(`${name}: ${other}`, l10n.t('GitHub Models only looks at "{0}"', first ?? ''), line);
	}
	const value = fromBraces(scalarText(checks[first ?? '']) ?? '', findings);
	switch (first) {
		case 'equals':
			return { type: 'equals', value };
		case 'contains':
			return { type: 'icontains', value };
		case 'startsWith':
			return { type: 'starts-with', value: lowered(value, findings), transform: 'output.toLowerCase()' };
		case 'endsWith':
			return { type: 'ends-with', value: lowered(value, findings), transform: 'output.toLowerCase()' };
		default:
			return undefined;
	}
}

function lowered(text: string, findings: Findings): string {
	const writer = new TemplateWriter();
	for (const piece of templatePieces(text)) {
		if (typeof piece === 'string') {
			writer.literal(piece.toLowerCase());
		} else {
			writer.tag(`{{${piece.name} | lower}}`);
		}
	}
	return writer.finish(findings);
}

function judgeEvaluator(judge: Fields, name: string, line: number, findings: Findings): SuiteAssertion | undefined {
	const choices = recordsOf(judge['choices']);
	const prompt = scalarText(judge['prompt']);
	if (prompt === undefined || choices.length === 0) {
		return undefined;
	}
	const rename = (key: string) => (key === 'completion' ? '{{output}}' : plainTag(key));
	const texts = [judge['systemPrompt'], prompt]
		.flatMap((one) => scalarText(one) ?? [])
		.map((one) => fromBraces(one, findings, rename));
	const listed = choices
		.map(({ choice, score }) => `"${scalarText(choice) ?? ''}" (score ${String(Number(score))})`)
		.join(', ');
	findings.changed(
		name,
		l10n.t('The judge of the settings is asked the same, and replies with the score of its choice'),
		line,
	);
	return {
		type: 'llm-rubric',
		value: `Choose the first of these that fits: ${listed}. It passes if the score is above 0.`,
		rubricPrompt: [...texts, '{{rubric}}'].join('\n\n'),
	};
}
