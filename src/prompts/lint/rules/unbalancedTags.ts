import * as l10n from '@vscode/l10n';
import { promptKinds } from '../../../common/model.ts';
import type { Tag } from '../findTags.ts';
import type { LintedPrompt } from '../lintedPrompt.ts';
import type { LintHit, LintRule } from '../rule.ts';
import { lineIndexAt } from '../textLines.ts';

/** HTML elements without a closing tag, and those whose closing tag may be left out. */
const unclosed = /^(?:area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr|p|li|td|th|tr|dt|dd|option)$/i;

/**
 * Tags that stand alone on their lines mark sections, and have to pair. Tags inside of a sentence are often only
 * mentioned, so they count for the pairs and are never reported.
 */
export const unbalancedTags: LintRule = {
	id: 'unbalanced-tags',
	severity: 'warning',
	description: 'A tag around a section, such as `<rules>`, without its other half.',
	kinds: promptKinds,
	source: 'https://platform.claude.com/docs/en/build-with-claude/prompt-engineering/use-xml-tags',
	*check(prompt) {
		const hits: LintHit[] = [];
		const open: Tag[] = [];
		const openCount = new Map<string, number>();
		const inline = new Map<string, number>();
		const drop = () => {
			const tag = open.pop();
			if (tag) {
				openCount.set(tag.name, (openCount.get(tag.name) ?? 1) - 1);
			}
			return tag;
		};
		for (const tag of prompt.tags) {
			const { name, kind } = tag;
			if (kind === 'empty' || unclosed.test(name)) {
				continue;
			}
			if (kind === 'opening') {
				if (standsAlone(prompt, tag)) {
					open.push(tag);
					openCount.set(name, (openCount.get(name) ?? 0) + 1);
				} else {
					inline.set(name, (inline.get(name) ?? 0) + 1);
				}
			} else if ((openCount.get(name) ?? 0) > 0) {
				for (let last = drop(); last && last.name !== name; last = drop()) {
					hits.push(...notClosed(prompt, last));
				}
			} else if ((inline.get(name) ?? 0) > 0) {
				inline.set(name, (inline.get(name) ?? 1) - 1);
			} else if (standsAlone(prompt, tag)) {
				const message = l10n.t('This closes <{0}>, which is not open here', name);
				hits.push({ start: tag.start, end: tag.end, message });
			}
		}
		hits.push(...open.flatMap((tag) => notClosed(prompt, tag)));
		yield* hits.sort((a, b) => a.start - b.start);
	},
};

function notClosed(prompt: LintedPrompt, tag: Tag): LintHit[] {
	return isPlaceholder(prompt, tag)
		? []
		: [{ start: tag.start, end: tag.end, message: l10n.t('The section <{0}> is not closed', tag.name) }];
}

function standsAlone({ lines, text }: LintedPrompt, { start, end }: Tag): boolean {
	const line = lines[lineIndexAt(lines, start)];
	return line !== undefined && text.slice(line.start, line.end).trim().length === end - start;
}

/** A line of a form to fill in: nothing or another tag follows. */
function isPlaceholder({ lines, text }: LintedPrompt, { start, end }: Tag): boolean {
	let index = lineIndexAt(lines, start) + 1;
	for (const limit = index + 5; index < limit; index++) {
		const line = lines[index];
		const content = line ? text.slice(line.start, line.end).trim() : '';
		if (content !== '') {
			return content.startsWith('<');
		}
	}
	return text.slice(end, end + 1_000).trim() === '';
}
