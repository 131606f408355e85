import type { PromptVariable } from '../promptMetadata.ts';
import { parseTemplate, type ParsedTemplate } from './parseTemplate.ts';
import { variableOf, type TemplateTag } from './templateTag.ts';

/** The variables that a template names, in the order of the text. In a list's or object's section, names may be keys. */
export function variableNames(text: string): string[] {
	return [...new Set(parseTemplate(text).tags.flatMap((tag) => nameOf(tag) ?? []))];
}

/** The variable that a tag names; undefined for a comment and the current item. */
export function nameOf({ kind, name }: TemplateTag): string | undefined {
	return kind === 'comment' || name === '.' ? undefined : variableOf(name);
}

/**
 * The tags whose variable is not declared. Inside a section of a JSON variable, or of an undeclared one, a name may be
 * a key of its value, so it is not counted.
 */
export function undeclaredTags(
	{ tags, ends }: ParsedTemplate,
	variables: readonly Pick<PromptVariable, 'name' | 'type'>[],
): TemplateTag[] {
	const types = new Map(variables.map(({ name, type }) => [name, type]));
	let freeUntil = -1;
	return tags.filter((tag, index) => {
		const name = nameOf(tag);
		if (name === undefined || tag.kind === 'end') {
			return false;
		}
		const type = types.get(name);
		const isFree = index < freeUntil;
		if (tag.kind === 'section' && (type === undefined || type === 'json')) {
			freeUntil = Math.max(freeUntil, ends.get(index) ?? -1);
		}
		return type === undefined && !isFree;
	});
}

/** The declared variables that a template does not name. */
export function unusedVariables<Variable extends Pick<PromptVariable, 'name'>>(
	{ tags }: Pick<ParsedTemplate, 'tags'>,
	variables: readonly Variable[],
): Variable[] {
	const used = new Set(tags.map(nameOf));
	return variables.filter(({ name }) => !used.has(name));
}
