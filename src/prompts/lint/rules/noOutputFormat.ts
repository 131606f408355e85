import * as l10n from '@vscode/l10n';
import type { LintRule } from '../rule.ts';

const format =
	/\b(?:format|formatted|output|json|yaml|xml|csv|html|markdown|bullets?|bulleted|numbered|tables?|lists?|headings?|paragraphs?|sentences?|words|lines?|length|structure|structured|template|schema|sections?|concise|concisely|brief|briefly|short|tone|style|verbatim|exactly|(?:respond|answer|reply) (?:only )?with|only with|nothing but|one of|at (?:most|least)|(?:begin|start|open|end|close)s? with|first)\b|```/;

/** Below it a prompt is about one thing, and its answer is mostly plain from that. */
const shortest = 250;

export const noOutputFormat: LintRule = {
	id: 'no-output-format',
	severity: 'information',
	description: 'A research prompt or assistant that does not say what an answer looks like.',
	kinds: ['research', 'assistant'],
	source: 'https://help.openai.com/en/articles/6654000-best-practices-for-prompt-engineering-with-the-openai-api',
	*check({ text, firstLine, isForeign }) {
		if (text.length >= shortest && !format.test(text.toLowerCase()) && !isForeign) {
			const message = l10n.t('No output format: say how long an answer is and what it looks like');
			yield { ...firstLine, message };
		}
	},
};
