import * as l10n from '@vscode/l10n';
import { promptKinds } from '../../../common/model.ts';
import type { LintRule } from '../rule.ts';

const emphasis = new Set(
	'MUST NEVER ALWAYS NOT DONT IMPORTANT CRITICAL CRUCIAL ONLY EVERY EXACTLY IMMEDIATELY REQUIRED MANDATORY ABSOLUTELY STRICTLY WARNING ATTENTION STOP ENSURE EXTREMELY CIRCUMSTANCES WITHOUT'.split(
		' ',
	),
);
const least = 6;
const leastShare = 0.02;

export const capitals: LintRule = {
	id: 'capitals',
	severity: 'information',
	description: 'More words in capitals than can stand out.',
	kinds: promptKinds,
	source: 'https://code.claude.com/docs/en/best-practices',
	*check({ prose, text }) {
		const loud: { start: number; end: number }[] = [];
		for (const { 0: word, index } of prose.matchAll(/\b[A-Z]{2,40}\b/g)) {
			if (emphasis.has(word)) {
				loud.push({ start: index, end: index + word.length });
			}
		}
		const [first] = loud;
		if (!first || loud.length < least) {
			return;
		}
		const words = prose.match(/[A-Za-z]+/g)?.length ?? 0;
		if (loud.length >= words * leastShare) {
			const message = l10n.t(
				'{0} words in capitals, such as {1}: if everything is emphasised, nothing stands out',
				loud.length,
				text.slice(first.start, first.end),
			);
			yield { ...first, message };
		}
	},
};
