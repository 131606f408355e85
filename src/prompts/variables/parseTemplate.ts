import * as l10n from '@vscode/l10n';
import { scanTemplate, type Backslashes } from './scanTemplate.ts';
import { maxSectionDepth, variableOf, type TemplateProblem, type TemplateTag } from './templateTag.ts';

export interface ParsedTemplate {
	/** In the order of the text. */
	tags: TemplateTag[];
	/** In the order of the text; empty if the template can be rendered. */
	problems: TemplateProblem[];
	backslashes: Backslashes[];
	/** The index of the end of each section, by the index of its start; sections without an end are absent. */
	ends: ReadonlyMap<number, number>;
}

/**
 * Reads a template; never throws. A tag stands on one line: `{{name}}`, `{{a.b | filter}}`, `{{#name}}…{{/name}}`,
 * `{{^name}}…{{/name}}`, `{{.}}` in a section, and `{{! comment }}`, which may have several lines. `{{{name}}}` and
 * `{{&name}}` mean `{{name}}`: nothing is escaped. A tag after `$` or an odd backslash is text, like all other braces.
 */
export function parseTemplate(text: string): ParsedTemplate {
	const { tags, problems: found, backslashes, foreignBlocks } = scanTemplate(text);
	const problems = [...found];
	const ends = new Map<number, number>();
	const open: OpenSection[] = [];
	/** How many sections of a name are open: an end without one must not look through all of them. */
	const openOf = new Map<string, number>();
	const count = (name: string, change: number) => openOf.set(name, (openOf.get(name) ?? 0) + change);
	let nextBlock = 0;
	for (const [index, tag] of tags.entries()) {
		for (; (foreignBlocks[nextBlock]?.start ?? Infinity) < tag.start; nextBlock++) {
			const { word, start } = foreignBlocks[nextBlock] ?? { word: '', start: 0 };
			open.push({ name: word, start });
			count(word, 1);
		}
		if (tag.kind === 'section' || tag.kind === 'inverted') {
			open.push({ name: tag.name, start: tag.start, index });
			count(tag.name, 1);
			if (open.length === maxSectionDepth + 1) {
				problems.push(at(tag, 'too-deep', l10n.t('Sections are nested more than {0} deep', maxSectionDepth)));
			}
		} else if (tag.kind === 'end') {
			if (!openOf.get(tag.name)) {
				problems.push(
					at(
						tag,
						'stray-end',
						l10n.t('There is no {0} before this end of a section: delete it', `{{#${tag.name}}}`),
					),
				);
				continue;
			}
			for (let section = open.pop(); section; section = open.pop()) {
				count(section.name, -1);
				if (section.name === tag.name) {
					if (section.index !== undefined) {
						ends.set(section.index, index);
					}
					break;
				}
				problems.push(...unclosed(tags, section));
			}
		} else if (tag.name === '.' && open.length === 0) {
			problems.push(at(tag, 'bad-name', l10n.t('{{.}} is the current item: it can only stand in a section')));
		}
	}
	for (const section of open) {
		problems.push(...unclosed(tags, section));
	}
	return { tags, problems: problems.sort((a, b) => a.start - b.start), backslashes, ends };
}

interface OpenSection {
	name: string;
	start: number;
	/** Absent for a block that is refused. */
	index?: number;
}

function unclosed(tags: readonly TemplateTag[], { name, index }: OpenSection): TemplateProblem[] {
	const tag = index === undefined ? undefined : tags[index];
	return tag
		? [
				at(
					tag,
					'unclosed-section',
					l10n.t('The section "{0}" is not closed: write {1} where it ends', name, `{{/${name}}}`),
				),
			]
		: [];
}

function at(tag: TemplateTag, code: TemplateProblem['code'], message: string): TemplateProblem {
	return { code, message, start: tag.start, end: tag.end, variable: variableOf(tag.name) };
}
