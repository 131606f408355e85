import { lintPrompt, type LintOptions } from '../../src/prompts/lint/lintPrompt.ts';
import { lintRules } from '../../src/prompts/lint/rules.ts';
import type { LintFinding } from '../../src/common/api.ts';

/** The findings of one rule alone. */
export function findingsOf(id: string, text: string, options: LintOptions = {}): LintFinding[] {
	const others = lintRules.filter((rule) => rule.id !== id);
	return lintPrompt(text, {
		...options,
		severities: { ...Object.fromEntries(others.map((rule) => [rule.id, 'off'])), ...options.severities },
	});
}

/** What one rule marks in a text. */
export function marked(id: string, text: string, options: LintOptions = {}): string[] {
	return findingsOf(id, text, options).map(({ start, end }) => text.slice(start, end));
}

/** The text after the first fix of a rule. */
export function fixed(id: string, text: string, options: LintOptions = {}): string | undefined {
	const fix = findingsOf(id, text, options).find((finding) => finding.fix)?.fix;
	return fix?.edits.reduceRight(
		(result, { start, end, text: by }) => result.slice(0, start) + by + result.slice(end),
		text,
	);
}
