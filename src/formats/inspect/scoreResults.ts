import * as l10n from '@vscode/l10n';
import { cutText } from '../../common/cutText.ts';
import type { AssertionResult } from '../../common/suiteModel.ts';
import { asText, isRecord } from '../reading/values.ts';

/** Of an answer or explanation that a scorer gives. */
const maxText = 2_000;
const maxName = 100;

/** What Inspect's own words stand for: correct, incorrect, partially correct, no answer. */
const words: Readonly<Record<string, number>> = { C: 1, I: 0, P: 0.5, N: 0 };

/**
 * What the scorers of a sample say, each as an assertion; a score with several values is one for each. Only 1 is a pass: a log
 * states no threshold. What says neither pass nor fail (no value, a list, other words, numbers beyond 0 and 1) is an error.
 */
export function scoreResults(scores: unknown): AssertionResult[] {
	return Object.entries(isRecord(scores) ? scores : {}).flatMap(([name, score]) => {
		const { value, answer, explanation } = isRecord(score) ? score : { value: score };
		const said = [
			...saidAs((text) => l10n.t('answer: {0}', text), answer),
			...saidAs((text) => l10n.t('explanation: {0}', text), explanation),
		];
		return isRecord(value) && Object.keys(value).length > 0
			? Object.entries(value).map(([key, part]) => resultOf(`${name}.${key}`, part, said))
			: [resultOf(name, value, said)];
	});
}

/**
 * The number that a value stands for; undefined if it stands for none. As `value_to_float` of Inspect has it
 * (https://inspect.aisi.org.uk/reference/inspect_ai.scorer.html#value_to_float), which takes 0 where this is undefined.
 */
function scoreNumber(value: unknown): number | undefined {
	if (typeof value === 'boolean') {
		return Number(value);
	}
	if (typeof value === 'string') {
		const text = value.trim().toLowerCase();
		if (Object.hasOwn(words, value)) {
			return words[value];
		}
		if (['yes', 'true', 'no', 'false'].includes(text)) {
			return Number(text === 'yes' || text === 'true');
		}
		return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/.test(text) ? finite(Number(text)) : undefined;
	}
	return finite(value);
}

function finite(value: unknown): number | undefined {
	return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

function resultOf(scorer: string, value: unknown, said: readonly string[]): AssertionResult {
	const name = cutText(scorer, maxName);
	const score = scoreNumber(value);
	const isScore = score !== undefined && score >= 0 && score <= 1;
	const shown =
		value === undefined || value === null
			? l10n.t('no value')
			: cutText(asText(value), maxName) || l10n.t('no value');
	const graded = !isScore
		? l10n.t('Graded by Inspect with {0}: {1}, which says neither pass nor fail', name, shown)
		: score > 0 && score < 1
			? l10n.t('Graded by Inspect with {0}: {1}; only 1 is a pass', name, shown)
			: l10n.t('Graded by Inspect with {0}: {1}', name, shown);
	return {
		type: 'inspect',
		metric: name,
		pass: score === 1,
		score: isScore ? score : 0,
		reason: [graded, ...said].join('; '),
		weight: 1,
		...(!isScore && { error: true as const }),
	};
}

function saidAs(sentence: (text: string) => string, said: unknown): string[] {
	return said === undefined || said === null || said === '' ? [] : [sentence(cutText(asText(said), maxText))];
}
