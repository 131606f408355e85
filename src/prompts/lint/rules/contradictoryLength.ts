import * as l10n from '@vscode/l10n';
import { promptKinds } from '../../../common/model.ts';
import type { LintRule } from '../rule.ts';

const limit =
	/\b(at least|no fewer than|minimum of|more than|at most|no more than|up to|maximum of|under|below) (\d[\d,]{0,8}) (words|sentences|characters|bullets|bullet points|paragraphs)\b/g;
const minimum = /^(?:at least|no fewer|minimum|more than)/;

/** "At least 500 words" in one place and "at most 200 words" in another. */
export const contradictoryLength: LintRule = {
	id: 'contradictory-length',
	severity: 'warning',
	description: 'Limits of length that cannot both be kept.',
	kinds: promptKinds,
	source: 'https://developers.openai.com/cookbook/examples/gpt-5/gpt-5_prompting_guide',
	*check(prompt) {
		const found = Array.from(
			prompt.lowerProse.matchAll(limit),
			({ 0: phrase, 1: form = '', 2: number = '', 3: unit = '', index }) => ({
				isMinimum: minimum.test(form),
				amount: Number(number.replaceAll(',', '')),
				unit: unit === 'bullet points' ? 'bullets' : unit,
				start: index,
				end: index + phrase.length,
			}),
		);
		const lowest = new Map<string, (typeof found)[number]>();
		for (const one of found) {
			const before = lowest.get(one.unit);
			if (!one.isMinimum && (before === undefined || one.amount < before.amount)) {
				lowest.set(one.unit, one);
			}
		}
		for (const { isMinimum, amount, unit, start, end } of found) {
			const other = lowest.get(unit);
			if (isMinimum && other !== undefined && amount > other.amount) {
				const message = l10n.t(
					'"{0}" may contradict "{1}" on line {2}: say which part each limit is for',
					prompt.text.slice(start, end),
					prompt.text.slice(other.start, other.end),
					prompt.lineNumber(other.start),
				);
				yield { start, end, message };
			}
		}
	},
};
