import * as l10n from '@vscode/l10n';
import type { Findings } from '../reading/findings.ts';
import { brokenAt, type ForeignFile } from '../reading/foreignFile.ts';
import { isRecord, listOf, recordsOf, scalarText, textsOf } from '../reading/values.ts';
import { suiteText, type SuiteAssertion, type SuiteCaseText } from '../suiteText.ts';
import { asLiteral } from '../template/literal.ts';

const caseFields = new Set(['id', 'name', 'prompt', 'expected_output', 'files', 'assertions', 'expectations']);

/**
 * The evals of a skill as a suite: each assertion is a rubric of its own for the judge, as its graders decide one by one,
 * and without any the expected output is one. Throws `validation` if the file holds no evals.
 */
export function evalsSuite(file: ForeignFile, findings: Findings, prompt?: string): { name: string; text: string } {
	const content = file.requireJson();
	if (!isRecord(content) || !Array.isArray(content['evals'])) {
		throw brokenAt({ line: 1, column: 1 }, l10n.t('The file has no list "evals"'));
	}
	const names = new Set<string>();
	const cases: SuiteCaseText[] = [];
	for (const [index, entry] of recordsOf(content['evals']).entries()) {
		const id = scalarText(entry['name']) ?? scalarText(entry['id']) ?? String(index + 1);
		const name = names.has(id) ? `${id} (${index + 1})` : id;
		names.add(name);
		const asked = scalarText(entry['prompt']);
		if (asked === undefined) {
			findings.dropped(name, l10n.t('The case asks nothing: it has no "prompt"'));
			continue;
		}
		const expected = scalarText(entry['expected_output']);
		const assertions = [...listOf(entry['assertions']), ...listOf(entry['expectations'])];
		const rubrics = assertions.flatMap((one) =>
			textsOf(isRecord(one) ? (one['text'] ?? one['assertion'] ?? one['value']) : one),
		);
		if (rubrics.length < assertions.length) {
			findings.dropped(name, l10n.t('An assertion that is no text cannot be given to a judge'));
		}
		if (rubrics.length === 0 && expected !== undefined) {
			rubrics.push(`The answer agrees with this: ${expected}`);
			findings.changed(name, l10n.t('Without assertions, a judge compares with the expected output'));
		}
		const files = textsOf(entry['files']);
		if (files.length > 0) {
			findings.dropped(
				files.join(', '),
				l10n.t('Files of the case "{0}" are not given to the model: put what it needs into the question', name),
			);
		}
		for (const field of Object.keys(entry).filter((key) => !caseFields.has(key))) {
			findings.dropped(field, l10n.t('A case has no place for it ("{0}")', name));
		}
		cases.push({
			name,
			query: asLiteral(asked),
			...(expected !== undefined && { expected }),
			assert: rubrics.map((value): SuiteAssertion => ({ type: 'llm-rubric', value: asLiteral(value) })),
			...(files.length > 0 && { metadata: { files } }),
		});
	}
	if (cases.length === 0) {
		throw brokenAt({ line: 1, column: 1 }, l10n.t('None of the evals can be used'));
	}
	const skillName = scalarText(content['skill_name']) ?? file.stem;
	return { name: skillName, text: suiteText({ ...(prompt !== undefined && { prompt }), cases }) };
}
