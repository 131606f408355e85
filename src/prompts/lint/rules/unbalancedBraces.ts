import * as l10n from '@vscode/l10n';
import { promptKinds } from '../../../common/model.ts';
import type { LintHit, LintRule } from '../rule.ts';

/** `{{` and `}}` without a match on the same line. Only a comment, `{{! … }}`, may cross lines. */
export const unbalancedBraces: LintRule = {
	id: 'unbalanced-braces',
	severity: 'warning',
	description: '`{{` without `}}` on the same line, or the reverse.',
	kinds: promptKinds,
	source: 'https://mustache.github.io/mustache.5.html',
	*check({ prose, lines }) {
		const open: number[] = [];
		let comment = false;
		let line = 0;
		for (const { 0: mark, index } of prose.matchAll(/\{\{!?|\}\}/g)) {
			while ((lines[line]?.end ?? Infinity) < index) {
				line++;
				yield* comment ? [] : open.splice(0).map((at) => hit(at, '{{'));
			}
			if (mark === '}}') {
				if (open.pop() === undefined) {
					yield hit(index, mark);
				}
				comment = false;
			} else if (!comment) {
				open.push(index);
				comment = mark === '{{!';
			}
		}
		yield* open.map((at) => hit(at, '{{'));
	},
};

function hit(start: number, mark: string): LintHit {
	const message =
		mark === '{{'
			? l10n.t('This "{{" is not closed by "}}" on its line')
			: l10n.t('This "}}" has no "{{" before it on its line');
	return { start, end: start + 2, message };
}
