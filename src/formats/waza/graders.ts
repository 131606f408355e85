import * as l10n from '@vscode/l10n';
import type { Findings } from '../reading/findings.ts';
import { isRecord, recordsOf, scalarText, textsOf, type Fields } from '../reading/values.ts';
import type { SuiteAssertion } from '../suiteText.ts';
import { literalValue } from '../template/literal.ts';

/** What a task expects, as assertions. */
export function wazaExpected(expected: Fields, name: string, findings: Findings): SuiteAssertion[] {
	const lists: [string, string][] = [
		['output_contains', 'icontains-all'],
		['output_contains_any', 'icontains-any'],
		['output_not_contains', 'not-icontains-any'],
	];
	const assert = lists.flatMap(([field, type]): SuiteAssertion[] => {
		const texts = textsOf(expected[field]);
		return texts.length === 0 ? [] : [{ type, value: literalValue(texts) }];
	});
	if (assert.length > 0) {
		findings.changed(name, l10n.t('Expected texts are looked for without regard to case'));
	}
	const behaviour = isRecord(expected['behavior']) ? expected['behavior'] : {};
	for (const [field, value] of Object.entries(behaviour)) {
		if (field === 'max_tool_calls' && typeof value === 'number') {
			assert.push({ type: 'max-tool-calls', value });
		} else if (field === 'max_response_time_ms' && typeof value === 'number') {
			assert.push({ type: 'latency', threshold: value });
		} else {
			findings.dropped(`behavior.${field}`, l10n.t('It is not graded here'));
		}
	}
	for (const field of Object.keys(expected).filter(
		(one) => one !== 'behavior' && !lists.some(([known]) => known === one),
	)) {
		findings.dropped(`${name}: ${field}`, l10n.t('It is not graded here'));
	}
	return assert;
}

/** Graders of a suite or task as assertions. Programs are not run; a limit of the length is understood. */
export function wazaGraders(written: unknown, findings: Findings): SuiteAssertion[] {
	return recordsOf(written).flatMap((grader) => {
		const name = scalarText(grader['name']) ?? scalarText(grader['type']) ?? 'grader';
		const config = isRecord(grader['config']) ? grader['config'] : grader;
		const assert =
			grader['type'] === 'text' || grader['type'] === 'regex'
				? textGrader(config)
				: grader['type'] === 'code'
					? codeGrader(config, name, findings)
					: [];
		if (assert.length === 0) {
			findings.dropped(
				name,
				l10n.t('Graders of the type "{0}" are not supported', scalarText(grader['type']) ?? ''),
			);
		}
		return assert.map((one) => ({ ...one, metric: name }));
	});
}

function textGrader(config: Fields): SuiteAssertion[] {
	const each = (field: string, type: string, change = (text: string) => text) =>
		textsOf(config[field]).map((text): SuiteAssertion => ({ type, value: literalValue(change(text)) }));
	return [
		...each('contains', 'icontains'),
		...each('not_contains', 'not-icontains'),
		...each('contains_cs', 'contains'),
		...each('not_contains_cs', 'not-contains'),
		...each('regex_match', 'regex', withoutFlags),
		...each('must_match', 'regex', withoutFlags),
		...each('regex_not_match', 'not-regex', withoutFlags),
		...each('must_not_match', 'not-regex', withoutFlags),
	];
}

/** Flags at the start, as Go and Python have them, hold for the whole expression. */
function withoutFlags(pattern: string): string {
	const [, flags = '', rest = ''] = /^\(\?([ims]+)\)(.*)$/s.exec(pattern) ?? [];
	return flags === '' ? pattern : `(?${flags}:${rest})`;
}

function codeGrader(config: Fields, name: string, findings: Findings): SuiteAssertion[] {
	return textsOf(config['assertions']).flatMap((code): SuiteAssertion[] => {
		const [, operator, length] = /^len\(output\)\s*(>=|<=|>|<|==)\s*(\d+)$/.exec(code.trim()) ?? [];
		if (operator === undefined || length === undefined) {
			findings.dropped(`${name}: ${code}`, l10n.t('Python is not run: write the check as javascript'));
			return [];
		}
		// Python counts characters, JavaScript halves of some.
		return [{ type: 'javascript', value: `[...output].length ${operator} ${length}` }];
	});
}
