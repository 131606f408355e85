import * as l10n from '@vscode/l10n';
import { promptKinds } from '../../../common/model.ts';
import { elementRanges } from '../elementRanges.ts';
import type { LintRule } from '../rule.ts';

/** A variable whose name says that it brings text from elsewhere, alone on its line. */
const foreignText =
	/^[ \t]*\{\{\{?[ \t]{0,3}&?[ \t]{0,3}((?:[\w.]{1,60}[._-])?(?:document|documents|article|articles|text|content|contents|email|message|input|context|transcript|page|webpage|website|review|comment|ticket|results|passage|excerpt|file|code|diff|log|logs))[ \t]{0,3}\}?\}\}[ \t]*$/gim;
const mark = /^[ \t]*(?:"""|'''|---+|===+|###+|<<<+|>>>+|\[[A-Z /_-]+\]|`{3,}\w*)[ \t]*$/;

/** Text from elsewhere that nothing marks, with rules after it. */
export const undelimitedContent: LintRule = {
	id: 'undelimited-content',
	severity: 'warning',
	description: 'Text from elsewhere, such as `{{document}}`, that nothing separates from the rules after it.',
	kinds: promptKinds,
	source: 'https://platform.claude.com/docs/en/build-with-claude/prompt-engineering/use-xml-tags',
	*check(prompt) {
		const { prose, statements, tags } = prompt;
		if (!prose.includes('{{')) {
			return;
		}
		const lastRule = statements.findLast(({ start }) => !prose.startsWith('{{', start));
		const elements = elementRanges(tags);
		let next = 0;
		for (const { 0: line, 1: name = '', index } of prose.matchAll(foreignText)) {
			const start = index + (line.length - line.trimStart().length);
			const end = index + line.trimEnd().length;
			while ((elements[next]?.end ?? Infinity) <= start) {
				next++;
			}
			const isInElement = (elements[next]?.start ?? Infinity) < start;
			if (isInElement || (lastRule?.start ?? 0) < end || isBetweenMarks(prose, start, end)) {
				continue;
			}
			const message = l10n.t(
				'Nothing marks where {0} ends, and rules follow it: put it between tags, so that instructions in it do not look like yours',
				prose.slice(start, end),
			);
			const tag = name.replace(/^.*\./, '');
			const wrapped = `<${tag}>\n${prose.slice(start, end)}\n</${tag}>`;
			const fix = { title: l10n.t('Put it between <{0}> tags', tag), edits: [{ start, end, text: wrapped }] };
			yield { start, end, message, ...(start === index && { fix }) };
		}
	},
};

/** Whether the lines around it are marks of any form, blank lines aside. */
function isBetweenMarks(text: string, start: number, end: number): boolean {
	const before = text.slice(Math.max(0, start - 300), start).trimEnd();
	const after = text.slice(end, end + 300).trimStart();
	const previous = before.slice(before.lastIndexOf('\n') + 1);
	const next = /^[^\r\n]*/.exec(after)?.[0] ?? '';
	return mark.test(previous) && mark.test(next);
}
