import * as l10n from '@vscode/l10n';
import { AppError } from '../common/errors.ts';
import type { Draft } from '../common/model.ts';
import { readPromptMetadata, type PromptVariable } from '../prompts/promptMetadata.ts';
import { renderPrompt, variableValues } from '../prompts/variables/renderPrompt.ts';
import type { TemplateProblem } from '../prompts/variables/templateTag.ts';

/** What a test sends, and the values that it was made with: undefined if the draft and the question use none. */
export interface RenderedTest {
	prompt: string;
	query: string;
	vars: Record<string, unknown> | undefined;
}

/** As JSON: the values are stored in the row of the result. */
const maxValuesLength = 1_000_000;

/**
 * Fills in the variables of a draft's text and of a question. A question may hold anything, so only declared names
 * count in it; it is empty if the prompt itself is the question. Throws `validation` if a name or value is wrong, or if the text cannot be rendered.
 */
export function renderTest(
	draft: Pick<Draft, 'draftContent' | 'metadata'>,
	testQuery: string,
	vars: Readonly<Record<string, unknown>> = {},
): RenderedTest {
	const { variables, promptRole } = readPromptMetadata(draft.metadata);
	checkGiven(variables, vars);
	const prompt = renderPrompt(draft.draftContent, variables, vars);
	if ('problems' in prompt) {
		throw refusal(draft.draftContent, prompt.problems, 'draftContent');
	}
	const query = renderPrompt(testQuery, variables, vars, { onlyDeclared: true });
	if ('problems' in query) {
		throw refusal(testQuery, query.problems, 'testQuery');
	}
	const asksNothing = query.text.trim() === '' && promptRole !== 'user';
	if (prompt.text.trim() === '' || asksNothing) {
		const field = asksNothing ? 'testQuery' : 'draftContent';
		throw new AppError('validation', l10n.t('With these values, the prompt or the question is empty'), {
			info: { field },
		});
	}
	const used = { ...prompt.values, ...query.values };
	if (Object.keys(used).length === 0) {
		return { prompt: prompt.text, query: query.text, vars: undefined };
	}
	const { length } = JSON.stringify(used);
	if (length > maxValuesLength) {
		throw new AppError(
			'validation',
			l10n.t('The values have {0} characters together, and at most {1} are allowed', length, maxValuesLength),
			{ info: { field: 'vars' } },
		);
	}
	return { prompt: prompt.text, query: query.text, vars: used };
}

function checkGiven(variables: readonly PromptVariable[], vars: Readonly<Record<string, unknown>>): void {
	const declared = new Set(variables.map(({ name }) => name));
	for (const name of Object.keys(vars)) {
		if (!declared.has(name)) {
			const known = listed([...declared]);
			const message =
				known === ''
					? l10n.t('The draft declares no variables, so there is no "{0}": declare it, or leave it out', name)
					: l10n.t('The draft declares no variable "{0}". Its variables are {1}', name, known);
			throw new AppError('validation', message, { info: { field: `vars.${name}` } });
		}
	}
	const [wrong] = variableValues(variables, vars).errors;
	if (wrong && Object.hasOwn(vars, wrong[0])) {
		throw new AppError('validation', wrong[1], { info: { field: `vars.${wrong[0]}` } });
	}
}

function refusal(text: string, problems: readonly TemplateProblem[], part: string): AppError {
	const named = (code: TemplateProblem['code']) => [
		...new Set(problems.flatMap((problem) => (problem.code === code && problem.variable) || [])),
	];
	const invalid = (message: string, field = part) => new AppError('validation', message, { info: { field } });
	const other = problems.find(({ code }) => code !== 'missing-value' && code !== 'undeclared');
	if (other) {
		const line = text.slice(0, other.start).split('\n').length;
		return invalid(
			part === 'testQuery'
				? l10n.t('The test question cannot be sent: {0}', other.message)
				: l10n.t('The prompt cannot be sent. Line {0}: {1}', line, other.message),
		);
	}
	const undeclared = named('undeclared');
	const [first] = undeclared;
	if (first !== undefined) {
		return invalid(
			l10n.t(
				'The prompt has variables that are not declared: {0}. Declare them, or write {1} to keep one as text',
				listed(undeclared),
				`\\{{${first}}}`,
			),
		);
	}
	const missing = named('missing-value');
	return invalid(
		l10n.t('These variables have no value: {0}. Fill them in for the test, or give them defaults', listed(missing)),
		`vars.${missing[0] ?? ''}`,
	);
}

/** The first ten names, and how many there are beside them. */
function listed(names: readonly string[]): string {
	const shown = names.slice(0, 10).join(', ');
	return names.length > 10 ? l10n.t('{0} and {1} more', shown, names.length - 10) : shown;
}
