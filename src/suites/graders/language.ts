import * as l10n from '@vscode/l10n';
import { shorten } from '../grading/shorten.ts';
import { wrongValue } from '../grading/textValue.ts';
import type { Grader } from './grader.ts';

const defaultThreshold = 0.9;
/** Codes of ISO 15924 that stand for several scripts of Unicode. */
const mixedScripts: Record<string, readonly string[]> = {
	Jpan: ['Hani', 'Hira', 'Kana'],
	Kore: ['Hang', 'Hani'],
	Hans: ['Hani'],
	Hant: ['Hani'],
};
const patterns = new Map<string, RegExp | undefined>();
/** Letters of a script; the ſ-like marks that all scripts share are in none. */
const anyLetter = /(?!\p{Script=Common}|\p{Script=Inherited})\p{L}/gu;

export const language: Grader = {
	type: 'language',
	summary:
		'The letters of the answer are in the script of a language: `ja`, `ru`, or a script such as `Cyrl` or `Greek`. Languages of one script, as English and French, are not told apart.',
	value: {
		type: 'string',
		minLength: 2,
		description: 'A language such as "ja", or a script such as "Cyrl" or "Greek".',
	},
	threshold: 'The lowest share of letters that passes, 0 to 1; 0.9 if absent.',
	grade({ type, value, threshold = defaultThreshold }, { answer: { output } }) {
		const letters = typeof value === 'string' ? lettersOf(value) : undefined;
		if (letters === undefined || typeof value !== 'string') {
			throw wrongValue(type, l10n.t('a language such as "ja", or a script such as "Cyrl" or "Greek"'));
		}
		const total = count(output, anyLetter);
		if (total === 0) {
			return {
				pass: false,
				score: 0,
				reason: l10n.t('The answer has no letters; expected the script of "{0}": {1}', value, shorten(output)),
			};
		}
		const score = Math.min(1, count(output, letters) / total);
		const values = [percent(score), value, percent(threshold), shorten(output)] as const;
		return {
			pass: score >= threshold,
			score,
			reason: l10n.t('{0} of the letters are in the script of "{1}"; expected at least {2}: {3}', ...values),
		};
	},
};

function lettersOf(name: string): RegExp | undefined {
	let pattern = patterns.get(name);
	if (!patterns.has(name)) {
		pattern = scriptPattern(name) ?? scriptPattern(likelyScript(name) ?? '');
		patterns.set(name, pattern);
	}
	return pattern;
}

function scriptPattern(script: string): RegExp | undefined {
	const scripts = mixedScripts[script] ?? [script];
	try {
		return new RegExp(`(?=[${scripts.map((name) => `\\p{Script=${name}}`).join('')}])\\p{L}`, 'gu');
	} catch {
		// No script of Unicode has this name, which is asked of languages too.
		return undefined;
	}
}

/** The script that a language is mostly written in, by the likely subtags of Unicode's CLDR. */
function likelyScript(tag: string): string | undefined {
	try {
		return new Intl.Locale(tag).maximize().script;
	} catch {
		// It is no language tag; the caller says what it needs.
		return undefined;
	}
}

function count(text: string, pattern: RegExp): number {
	let found = 0;
	pattern.lastIndex = 0;
	while (pattern.test(text)) {
		found++;
	}
	return found;
}

function percent(share: number): string {
	return `${(share * 100).toFixed(0)} %`;
}
