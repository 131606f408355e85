import * as l10n from '@vscode/l10n';
import { promptKinds } from '../../../common/model.ts';
import type { LintedPrompt } from '../lintedPrompt.ts';
import type { LintHit, LintRule } from '../rule.ts';
import type { Statement } from '../statements.ts';
import { contentWords, wordsOf } from '../words.ts';

/** Words of a rule that is long enough to be repeated by mistake. */
const leastWords = { exact: 6, near: 7 };
const mostWords = 60;
/** Common words as a share of all words of both. */
const nearShare = 0.8;
/** How many earlier rules with the same rare word are compared. It keeps the time linear. */
const mostCandidates = 16;

/** Lines of a form repeat: `[reason]`, `<name>`. */
const formField = /\[[^\][\n]{2,80}\](?!\()|<[a-z][\w -]{0,40}>/i;

/** Links to pages of one site look alike. */
const address = /\]\([^()\s]*\)|https?:\/\/[^\s)>\]]+/g;

const negation = /^(?:not|no|never|without|don't|doesn't|cannot|can't)$/;

interface Known {
	statement: Statement;
	words: ReadonlySet<string>;
}

/** The same rule twice, in the same words or nearly so. */
export const duplicateRule: LintRule = {
	id: 'duplicate-rule',
	severity: 'warning',
	description: 'A rule that stands in the prompt twice, in the same words or nearly so.',
	kinds: promptKinds,
	source: 'https://ai.google.dev/gemini-api/docs/prompting-strategies',
	*check(prompt) {
		const rules = prompt.rules.flatMap((statement) => {
			const text = prompt.text.slice(statement.start, statement.end).replace(address, ' ');
			const words = formField.test(text) ? [] : wordsOf(text);
			return words.length < leastWords.exact || words.length > mostWords
				? []
				: [{ statement, words, content: new Set(contentWords(words)) }];
		});
		const frequency = new Map<string, number>();
		for (const { content } of rules) {
			for (const word of content) {
				frequency.set(word, (frequency.get(word) ?? 0) + 1);
			}
		}
		const exact = new Map<string, Statement>();
		const byWord = new Map<string, Known[]>();
		for (const { statement, words, content } of rules) {
			const key = words.join(' ');
			const first = exact.get(key);
			if (first) {
				yield { ...repeats(statement, first), ...removal(prompt, statement, first) };
				continue;
			}
			exact.set(key, statement);
			if (content.size >= leastWords.near) {
				const near = findNear(statement, content, rarest(content, frequency), byWord);
				if (near) {
					const message = l10n.t(
						'This says nearly the same as line {0}: keep the better one of the two rules',
						near.line + 1,
					);
					yield { start: statement.start, end: statement.end, message, severity: 'information' };
				}
			}
		}
	},
};

function repeats({ start, end }: Statement, first: Statement): LintHit {
	const message = l10n.t('This rule is already on line {0}', first.line + 1);
	return { start, end, message };
}

/** Removes a bullet of one line. Other rules may depend on what stands around them. */
function removal(prompt: LintedPrompt, { start, end, line, isItem }: Statement, first: Statement): Partial<LintHit> {
	const { lines, text } = prompt;
	const own = lines[line];
	const next = lines[line + 1];
	const isBullet = own !== undefined && /^[-*+•][ \t]+$/.test(text.slice(own.start, start));
	const endsHere = own?.end === end && !/^[ \t]+\S/.test(text.slice(next?.start, next?.end));
	if (!isItem || !isBullet || !endsHere || next === undefined || first.line === line) {
		return {};
	}
	const edits = [{ start: own.start, end: next.start, text: '' }];
	return { fix: { title: l10n.t('Remove the repeated rule'), edits } };
}

/**
 * Two sets that share enough words share one of the rarest few of each, so only those need an index ("prefix
 * filtering", Chaudhuri, Ganti and Kaushik, 2006).
 */
function rarest(content: ReadonlySet<string>, frequency: ReadonlyMap<string, number>): string[] {
	const count = content.size - Math.ceil(nearShare * content.size) + 1;
	return [...content].sort((a, b) => (frequency.get(a) ?? 0) - (frequency.get(b) ?? 0)).slice(0, count);
}

function findNear(
	statement: Statement,
	words: ReadonlySet<string>,
	prefix: readonly string[],
	byWord: Map<string, Known[]>,
): Statement | undefined {
	let found: Statement | undefined;
	for (const word of prefix) {
		const known = byWord.get(word) ?? [];
		found ??= known.find((other) => isNear(words, other.words))?.statement;
		known.push({ statement, words });
		if (known.length > mostCandidates) {
			known.shift();
		}
		byWord.set(word, known);
	}
	return found;
}

/** Rules that differ in a number or a negation are different rules. */
function isNear(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
	const common = [...a].filter((word) => b.has(word)).length;
	return (
		common >= nearShare * (a.size + b.size - common) &&
		[...a, ...b].every((word) => (a.has(word) && b.has(word)) || !(/\d/.test(word) || negation.test(word)))
	);
}
