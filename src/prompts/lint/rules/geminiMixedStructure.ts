import * as l10n from '@vscode/l10n';
import { promptKinds } from '../../../common/model.ts';
import type { LintRule } from '../rule.ts';
import { lineIndexAt } from '../textLines.ts';
import { vendorOf } from '../vendorOf.ts';

export const geminiMixedStructure: LintRule = {
	id: 'gemini-mixed-structure',
	severity: 'information',
	description: 'For Gemini: sections marked with tags and with headings in one prompt.',
	kinds: promptKinds,
	source: 'https://ai.google.dev/gemini-api/docs/prompting-strategies',
	*check({ headings, tags, text, lines }, { model }) {
		if (vendorOf(model) !== 'google' || headings.length < 2) {
			return;
		}
		const closing = new Set(tags.filter(({ kind }) => kind === 'closing').map(({ name }) => name));
		const sections = tags.filter(({ kind, name, start, end }) => {
			const line = lines[lineIndexAt(lines, start)];
			const isAlone = line !== undefined && text.slice(line.start, line.end).trim().length === end - start;
			return kind === 'opening' && isAlone && closing.has(name);
		});
		const [first] = sections;
		if (first && sections.length >= 2) {
			const message = l10n.t(
				'This prompt marks sections with tags and with headings: for Gemini, Google advises choosing one of them',
			);
			yield { start: first.start, end: first.end, message };
		}
	},
};
