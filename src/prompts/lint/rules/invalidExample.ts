import * as l10n from '@vscode/l10n';
import { promptKinds } from '../../../common/model.ts';
import { readJsonSketch, type JsonProblem } from '../readJsonSketch.ts';
import type { LintRule } from '../rule.ts';

/** An example in JSON that nobody could parse. */
export const invalidExample: LintRule = {
	id: 'invalid-example',
	severity: 'warning',
	description: 'An example in a `json` block that is not JSON.',
	kinds: promptKinds,
	source: 'https://ai.google.dev/gemini-api/docs/prompting-strategies',
	*check({ fences, lines, text }) {
		for (const { language, firstLine, lastLine, closed } of fences) {
			if (!/^(?:json|jsonl|ndjson)$/i.test(language)) {
				continue;
			}
			const offset = lines[firstLine + 1]?.start ?? text.length;
			const content = text.slice(offset, lines[closed ? lastLine - 1 : lastLine]?.end);
			// Doubled braces are how other template languages write one brace; a quote's marks are no part of the example.
			if (isJson(content) || /^\s*(?:\{\{\s*["'\n]|>)/.test(content)) {
				continue;
			}
			const problem = readJsonSketch(content);
			if (problem) {
				const start = offset + problem.at;
				const end = start + problem.length;
				const fix = { title: l10n.t('Remove the comma'), edits: [{ start, end, text: '' }] };
				const message = messageOf(problem, text.slice(start, end));
				yield { start, end, message, ...(problem.kind === 'trailing-comma' && { fix }) };
			}
		}
	},
};

function isJson(content: string): boolean {
	try {
		JSON.parse(content);
		return true;
	} catch {
		return content.trim() === '';
	}
}

function messageOf({ kind }: JsonProblem, mark: string): string {
	switch (kind) {
		case 'open':
			return l10n.t('This example is not JSON: the "{0}" is not closed', mark);
		case 'closing':
			return l10n.t('This example is not JSON: the "{0}" closes nothing', mark);
		case 'comma':
			return l10n.t('This example is not JSON: a comma is missing before this');
		case 'string':
			return l10n.t('This example is not JSON: the text that begins here is not closed on its line');
		case 'quotes':
			return l10n.t('This example is not JSON: names and texts need double quotes');
		case 'trailing-comma':
			return l10n.t('This example is not JSON: nothing follows this comma');
	}
}
