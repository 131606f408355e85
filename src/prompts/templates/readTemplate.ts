import * as l10n from '@vscode/l10n';
import type { YAMLMap } from 'yaml';
import { promptKinds } from '../../common/model.ts';
import { lineIndexAt, textLines, type TextLine } from '../lint/textLines.ts';
import type { PromptVariable } from '../promptMetadata.ts';
import { parseTemplate } from '../variables/parseTemplate.ts';
import { variableOf } from '../variables/templateTag.ts';
import { undeclaredTags } from '../variables/variableNames.ts';
import { splitTemplate } from './splitTemplate.ts';
import { titleFault, type PromptTemplate, type TemplateFileProblem } from './template.ts';
import {
	entriesOf,
	isEmptyEntry,
	mapsOf,
	parseFrontMatter,
	startOf,
	textOf,
	textsOf,
	wordOf,
	type Report,
} from './templateNodes.ts';
import { readTools } from './templateTools.ts';
import { readVariables } from './templateVariables.ts';

const fields = [
	'title',
	'description',
	'kind',
	'when',
	'variables',
	'questions',
	'tools',
	'promptRole',
] as const satisfies (keyof PromptTemplate)[];

export type TemplateReading =
	{ template: PromptTemplate; problems: [] } | { template?: undefined; problems: TemplateFileProblem[] };

/** Reads a template file: YAML front matter, and the prompt below it. Returns the template, or all that is wrong with it. */
export function readTemplate(file: string): TemplateReading {
	const text = file.replaceAll('\r\n', '\n');
	const problems: TemplateFileProblem[] = [];
	// Found once: a file may have a problem in each line.
	let lines: TextLine[] | undefined;
	const reportAt = (offset: number, message: string) =>
		problems.push({ message, ...positionAt((lines ??= textLines(text)), offset) });
	const parts = splitTemplate(text);
	if ('problem' in parts) {
		return { problems: [{ message: parts.problem, line: 1, column: 1 }] };
	}
	const report: Report = (offset, message) => reportAt(parts.frontMatterStart + offset, message);
	const map = parseFrontMatter(parts.frontMatter, report);
	const template = map && { ...readFields(map, report), prompt: parts.prompt };
	if (parts.prompt.trim() === '') {
		reportAt(parts.promptStart, l10n.t('There is no prompt below the front matter'));
	} else if (template) {
		checkPrompt(parts.prompt, template.variables, (offset, message) =>
			reportAt(parts.promptStart + offset, message),
		);
	}
	if (!template || problems.length > 0) {
		return { problems: problems.sort((a, b) => a.line - b.line || a.column - b.column) };
	}
	return { template, problems: [] };
}

function readFields(map: YAMLMap, report: Report): Omit<PromptTemplate, 'prompt'> {
	const entries = entriesOf(map, report, fields);
	const titleEntry = entries.get('title');
	const title = textOf(titleEntry, report)?.trim() ?? '';
	if (isEmptyEntry(titleEntry)) {
		report(titleEntry?.at ?? 0, l10n.t('The template has no title. Add a line "title: …"'));
	} else if (title !== '') {
		const fault = titleFault(title);
		if (fault !== undefined) {
			report(startOf(titleEntry?.value ?? null), fault);
		}
	}
	const kindEntry = entries.get('kind');
	if (isEmptyEntry(kindEntry)) {
		report(
			kindEntry?.at ?? 0,
			l10n.t('The template has no kind. Add a line "kind:" with one of {0}', promptKinds.join(', ')),
		);
	}
	const description = textOf(entries.get('description'), report)?.trim();
	const when = textOf(entries.get('when'), report)?.trim();
	return {
		title,
		kind: wordOf(kindEntry, promptKinds, report) ?? 'assistant',
		...(description !== undefined && { description }),
		...(when !== undefined && { when }),
		variables: readVariables(mapsOf(entries.get('variables'), report), report),
		questions: textsOf(entries.get('questions'), report).map((question) => question.trim()),
		tools: readTools(mapsOf(entries.get('tools'), report), report),
		promptRole: wordOf(entries.get('promptRole'), ['system', 'user'], report) ?? 'system',
	};
}

/** Reports tags that cannot be rendered, and variables that are used and not declared. */
function checkPrompt(prompt: string, variables: readonly PromptVariable[], report: Report): void {
	const parsed = parseTemplate(prompt);
	for (const { start, message } of parsed.problems) {
		report(start, message);
	}
	for (const { start, name } of undeclaredTags(parsed, variables)) {
		report(
			start,
			l10n.t(
				'The variable "{0}" is not declared: declare it under "variables", or put "\\" before it to keep it as text',
				variableOf(name),
			),
		);
	}
}

function positionAt(lines: readonly TextLine[], offset: number): { line: number; column: number } {
	const index = lineIndexAt(lines, offset);
	return { line: index + 1, column: offset - (lines[index]?.start ?? 0) + 1 };
}
