import * as l10n from '@vscode/l10n';
import { AppError } from '../common/errors.ts';
import type { Draft } from '../common/model.ts';
import { readPromptMetadata, type PromptVariable } from '../prompts/promptMetadata.ts';
import { variablesFault } from '../prompts/variables/checkVariables.ts';
import { timestamp, type WorkshopContext } from './context.ts';

/** Declares a draft's variables. Values in its test form stay if their variable does. */
export async function setVariables(
	context: WorkshopContext,
	draftId: number,
	variables: readonly PromptVariable[],
): Promise<Draft> {
	checkVariables(variables);
	const store = await context.store();
	return store.write(({ drafts }) => {
		const { metadata } = drafts.get(draftId);
		const { testForm } = readPromptMetadata(metadata);
		const names = new Set(variables.map(({ name }) => name));
		const vars = Object.fromEntries(Object.entries(testForm.vars).filter(([name]) => names.has(name)));
		return drafts.update(
			draftId,
			{ metadata: { ...metadata, variables: [...variables], testForm: { ...testForm, vars } } },
			timestamp(context),
		);
	});
}

/** Declares names as texts, besides the variables that are declared already. */
export async function declareVariables(
	context: WorkshopContext,
	draftId: number,
	names: readonly string[],
): Promise<Draft> {
	const store = await context.store();
	const { variables } = await store.read(({ drafts }) => readPromptMetadata(drafts.get(draftId).metadata));
	const known = new Set(variables.map(({ name }) => name));
	const fresh = [...new Set(names)].filter((name) => !known.has(name));
	return setVariables(context, draftId, [...variables, ...fresh.map((name) => ({ name, type: 'text' as const }))]);
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
		checkVariables(renamed);
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

function checkVariables(variables: readonly PromptVariable[]): void {
	const fault = variablesFault(variables);
	if (fault) {
		throw new AppError('validation', fault.message, { info: { field: fault.field } });
	}
}
