import * as l10n from '@vscode/l10n';
import { AppError } from '../common/errors.ts';
import { parseTemplate, type ParsedTemplate } from '../prompts/variables/parseTemplate.ts';
import { missing, readPath } from '../prompts/variables/readPath.ts';
import { renderParsed } from '../prompts/variables/renderTemplate.ts';
import type { RenderedAssertion } from './graders/grader.ts';
import type { Assertion, SuiteCase, SuiteMessage } from './suite.ts';

/** A case with its variables filled in. */
export interface RenderedCase {
	query?: string;
	messages?: SuiteMessage[];
	assert: RenderedAssertion[];
}

/**
 * Fills the variables of a case, and its `{{expected}}`, into its question and the values of its assertions. Code and
 * the texts of judges' requests stay as they are: they get the variables another way. Throws `validation` if a variable
 * has no value or a text cannot be rendered, and names case and variable.
 */
export function renderCase(suiteCase: SuiteCase): RenderedCase {
	const { name, vars, expected, query, messages, assert } = suiteCase;
	const values = { ...vars, ...(expected !== undefined && { expected }) };
	const render = (value: unknown) => renderValue(value, values, name);
	return {
		...(query !== undefined && { query: renderText(query, values, name) }),
		...(messages && {
			messages: messages.map(({ role, content }) => ({ role, content: renderText(content, values, name) })),
		}),
		assert: assert.map((assertion) => renderAssertion(assertion, render)),
	};
}

function renderAssertion(assertion: Assertion, render: (value: unknown) => unknown): RenderedAssertion {
	const { value, members } = assertion;
	return {
		...assertion,
		...(value !== undefined && { value: render(value) }),
		...(members && { members: members.map((member) => renderAssertion(member, render)) }),
	};
}

type Values = Readonly<Record<string, unknown>>;

/** Texts at any depth are rendered; a text that is only the tag of a list or object becomes that value. */
function renderValue(value: unknown, values: Values, caseName: string): unknown {
	if (typeof value === 'string') {
		return renderWhole(value, values, caseName);
	}
	if (Array.isArray(value)) {
		return value.map((item: unknown) => renderValue(item, values, caseName));
	}
	if (typeof value === 'object' && value !== null) {
		return Object.fromEntries(
			Object.entries(value).map(([key, item]) => [key, renderValue(item, values, caseName)]),
		);
	}
	return value;
}

function renderWhole(text: string, values: Values, caseName: string): unknown {
	if (!text.includes('{')) {
		return text;
	}
	const parsed = parseTemplate(text);
	const [tag, ...others] = parsed.tags;
	if (tag && others.length === 0 && tag.kind === 'variable' && tag.filters.length === 0) {
		const value = tag.start === 0 && tag.end === text.length ? readPath(tag.name, [values]) : missing;
		if (typeof value === 'object' && value !== null) {
			return value;
		}
	}
	return renderedText(text, parsed, values, caseName);
}

function renderText(text: string, values: Values, caseName: string): string {
	return text.includes('{') ? renderedText(text, parseTemplate(text), values, caseName) : text;
}

function renderedText(text: string, parsed: ParsedTemplate, values: Values, caseName: string): string {
	const rendered = renderParsed(text, parsed, values);
	if ('text' in rendered) {
		return rendered.text;
	}
	const [problem] = rendered.problems;
	throw new AppError('validation', l10n.t('The case "{0}" cannot be used: {1}', caseName, problem?.message ?? ''), {
		...(problem?.variable !== undefined && { info: { field: problem.variable } }),
	});
}
