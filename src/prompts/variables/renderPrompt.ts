import * as l10n from '@vscode/l10n';
import type { PromptVariable } from '../promptMetadata.ts';
import { parseTemplate } from './parseTemplate.ts';
import { renderParsed, type Rendered } from './renderTemplate.ts';
import { variableOf, type TemplateProblem } from './templateTag.ts';
import { nameOf, undeclaredTags } from './variableNames.ts';
import { defaultOf, givenValue } from './variableValue.ts';

/** `values` are those of the variables that the text uses, defaults included. */
export type RenderedPrompt = Rendered & { values: Record<string, unknown> };

export interface RenderPromptOptions {
	/** Renders declared names only and leaves everything else as it is, as in a question. */
	onlyDeclared?: boolean;
}

/**
 * Renders a prompt with the values that a form or a caller gave, by name, and the defaults of its variables; never
 * throws. A name that is not declared, and a value of the wrong type, are problems.
 */
export function renderPrompt(
	text: string,
	variables: readonly PromptVariable[],
	given: Readonly<Record<string, unknown>>,
	{ onlyDeclared = false }: RenderPromptOptions = {},
): RenderedPrompt {
	const parsed = parseTemplate(text);
	const undeclared = onlyDeclared ? [] : undeclaredTags(parsed, variables);
	const problems: TemplateProblem[] = undeclared.map((tag) => ({
		code: 'undeclared',
		message: l10n.t(
			'The variable "{0}" is not declared: declare it, or write {1} to keep it as text',
			variableOf(tag.name),
			`\\{{${tag.name}}}`,
		),
		start: tag.start,
		end: tag.end,
		variable: variableOf(tag.name),
	}));
	const wrong = new Set(problems.map(({ variable }) => variable));
	const { values, errors } = variableValues(variables, given);
	const used: Record<string, unknown> = {};
	for (const tag of parsed.tags) {
		const name = nameOf(tag);
		const error = name === undefined ? undefined : errors.get(name);
		if (name === undefined || wrong.has(name)) {
			continue;
		}
		if (error !== undefined) {
			wrong.add(name);
			problems.push({ code: 'wrong-value', message: error, start: tag.start, end: tag.end, variable: name });
		} else if (Object.hasOwn(values, name)) {
			used[name] = values[name];
		}
	}
	const only = onlyDeclared ? new Set(variables.map(({ name }) => name)) : undefined;
	const rendered = renderParsed(text, parsed, values, only ? { only } : {});
	const found = 'problems' in rendered ? rendered.problems : [];
	const missingKnown = found.filter(
		({ code, variable }) => code !== 'missing-value' || variable === undefined || !wrong.has(variable),
	);
	const all = [...problems, ...missingKnown].sort((a, b) => a.start - b.start);
	const preview = 'problems' in rendered ? rendered.preview : rendered.text;
	return all.length === 0 ? { text: preview, values: used } : { problems: all, preview, values: used };
}

/** The values of declared variables, by name, as given or else by default, and why some have none. */
export function variableValues(
	variables: readonly PromptVariable[],
	given: Readonly<Record<string, unknown>>,
): { values: Record<string, unknown>; errors: ReadonlyMap<string, string> } {
	const values = Object.create(null) as Record<string, unknown>;
	const errors = new Map<string, string>();
	for (const variable of variables) {
		const own = Object.hasOwn(given, variable.name) ? givenValue(variable, given[variable.name]) : undefined;
		const read = own && ('error' in own || own.value !== undefined) ? own : defaultOf(variable);
		if ('error' in read) {
			errors.set(variable.name, read.error);
		} else if (read.value !== undefined) {
			values[variable.name] = read.value;
		}
	}
	return { values, errors };
}
