import * as l10n from '@vscode/l10n';
import { promptKinds } from '../../../common/model.ts';
import type { LintRule } from '../rule.ts';

/** Forms that vendors document for their keys, and what is secret by its form. Lengths are bounded so that time is linear. */
const forms = [
	'sk-ant-[\\w-]{20,200}',
	'sk-(?:proj-|or-v1-|svcacct-)?[A-Za-z0-9_-]{20,200}',
	'(?:sk|rk)_live_[A-Za-z0-9]{20,200}',
	'(?:AKIA|ASIA)[0-9A-Z]{16}',
	'gh[oprsu]_[A-Za-z0-9]{36,255}',
	'github_pat_[A-Za-z0-9_]{22,255}',
	'glpat-[\\w-]{20,64}',
	'AIza[\\w-]{35}',
	'xox[abeprs]-[A-Za-z0-9-]{10,200}',
	'npm_[A-Za-z0-9]{36}',
	'hf_[A-Za-z0-9]{30,64}',
	'gsk_[A-Za-z0-9]{40,64}',
	'xai-[A-Za-z0-9]{60,128}',
	'eyJ[\\w-]{10,4000}\\.eyJ[\\w-]{10,4000}\\.[\\w-]{10,4000}',
].join('|');
const key = new RegExp(`(?<![\\w-])(?:${forms})(?![\\w-])`, 'g');
const privateKey = /-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----/g;
const passwordInAddress = /\b[a-z][a-z+]{1,12}:\/\/[^\s:/@<>{}]{1,64}:([^\s:/@<>{}]{3,64})@/g;

/** Documentation and examples write keys that are none. */
const noSecret =
	/x{4,}|\*{3,}|\.{3}|(.)\1{5,}|example|sample|dummy|fake|your|placeholder|redacted|password|secret|test|1234567|abcdefg/i;

export const secret: LintRule = {
	id: 'secret',
	severity: 'error',
	description: 'An API key, a token, a private key or a password.',
	kinds: promptKinds,
	source: 'https://genai.owasp.org/llmrisk/llm072025-system-prompt-leakage/',
	*check({ text }) {
		const hits = [
			...find(text, key, ([found]) => !noSecret.test(found) && /\d/.test(found) && new Set(found).size >= 10),
			...find(text, privateKey, ({ 0: found, index }) => isBody(text, index + found.length)),
			...find(text, passwordInAddress, ({ 1: password = '' }) => !noSecret.test(password)),
		];
		for (const { start, end } of hits.sort((a, b) => a.start - b.start)) {
			const message = l10n.t(
				'This looks like a secret: it is sent with every request, stored with results and exported. Remove it and revoke it',
			);
			yield { start, end, message };
		}
	},
};

/** The first hundred, which is as many as are shown. */
function find(text: string, form: RegExp, isSecret: (match: RegExpMatchArray & { index: number }) => boolean) {
	const found: { start: number; end: number }[] = [];
	for (const match of text.matchAll(form)) {
		if (isSecret(match)) {
			found.push({ start: match.index, end: match.index + match[0].length });
			if (found.length === 100) {
				break;
			}
		}
	}
	return found;
}

/** Whether a private key follows, rather than dots in its place. */
function isBody(text: string, start: number): boolean {
	const body = text.slice(start, start + 200).replace(/\s/g, '');
	return /^[A-Za-z0-9+/=:,-]{40}/.test(body) && !noSecret.test(body.slice(0, 60));
}
