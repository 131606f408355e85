import { textHash } from '../disk/textHash.ts';
import { canonicalJson } from './canonicalJson.ts';
import type { Assertion, SuiteCase } from './suite.ts';

/**
 * SHA-256, in hexadecimal digits, of what a case asks and how its answer is graded. Its name, tags, repeats, time limit
 * and where it stands are left out, so a renamed or moved case is the same one.
 */
export function caseHash(suiteCase: SuiteCase): string {
	const { vars, query, messages, conversation, expected, thinking, maxTokens, threshold } = suiteCase;
	const { output, outputs, metadata } = suiteCase;
	const asked = { vars, query, messages, conversation, expected, thinking, maxTokens, output, outputs, metadata };
	return textHash(canonicalJson({ ...asked, threshold, assert: suiteCase.assert.map(withoutLine) }));
}

function withoutLine({ line: _line, members, ...assertion }: Assertion): object {
	return { ...assertion, ...(members && { members: members.map(withoutLine) }) };
}
