import * as l10n from '@vscode/l10n';
import type { VariableDeclaration } from '../common/api.ts';
import { AppError } from '../common/errors.ts';
import type { Draft } from '../common/model.ts';
import { readPromptMetadata, type PromptVariable } from '../prompts/promptMetadata.ts';
import { variablesFault } from '../prompts/variables/checkVariables.ts';
import { timestamp, type WorkshopContext } from './context.ts';

/** Declares a draft's variables: these, or what a function makes of the current ones. */
export async function setVariables(
	context: WorkshopContext,
	draftId: number,
	variables: readonly PromptVariable[] | ((current: PromptVariable[]) => readonly PromptVariable[]),
): Promise<Draft> {
	const store = await context.store();
	return store.write(({ drafts }) => {
		const before = drafts.get(draftId).metadata;
		const given = typeof variables === 'function' ? variables(readPromptMetadata(before).variables) : variables;
		const metadata = withVariables(before, checkedVariables(given));
		return drafts.update(draftId, { metadata }, timestamp(context));
	});
}

/** A draft's metadata with other variables. Values in its test form stay if their variable does. */
export function withVariables(
	metadata: Record<string, unknown>,
	variables: readonly PromptVariable[],
): Record<string, unknown> {
	const { testForm } = readPromptMetadata(metadata);
	const names = new Set(variables.map(({ name }) => name));
	const vars = Object.fromEntries(Object.entries(testForm.vars).filter(([name]) => names.has(name)));
	return { ...metadata, variables, testForm: { ...testForm, vars } };
}

/** Declares names as texts, besides the variables that are declared already. */
export async function declareVariables(
	context: WorkshopContext,
	draftId: number,
	names: readonly string[],
): Promise<Draft> {
	return setVariables(context, draftId, (current) => {
		const known = new Set(current.map(({ name }) => name));
		const fresh = [...new Set(names)].filter((name) => !known.has(name));
		return [...current, ...fresh.map((name) => ({ name, type: 'text' as const }))];
	});
}

/** Renames a declared variable and its value in the test form; the text is the caller's. */
export async function renameVariable(
	context: WorkshopContext,
	draftId: number,
	from: string,
	to: string,
): Promise<Draft> {
	const store = await context.store();
	return store.write(({ drafts }) => {
		const { metadata } = drafts.get(draftId);
		const { variables, testForm } = readPromptMetadata(metadata);
		if (!variables.some(({ name }) => name === from)) {
			throw new AppError('not-found', l10n.t('The draft declares no variable "{0}"', from));
		}
		const renamed = variables.map((variable) => (variable.name === from ? { ...variable, name: to } : variable));
		checkedVariables(renamed);
		const vars = Object.fromEntries(
			Object.entries(testForm.vars).map(([name, value]) => [name === from ? to : name, value]),
		);
		return drafts.update(
			draftId,
			{ metadata: { ...metadata, variables: renamed, testForm: { ...testForm, vars } } },
			timestamp(context),
		);
	});
}

/** A copy of the declarations. Throws `validation` for the first fault, with its field. */
export function checkedVariables(variables: readonly VariableDeclaration[]): PromptVariable[] {
	const copy = variables.map((variable) => ({ ...variable }));
	const fault = variablesFault(copy);
	if (fault) {
		throw new AppError('validation', fault.message, { info: { field: fault.field } });
	}
	return copy;
}
