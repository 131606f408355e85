import * as l10n from '@vscode/l10n';
import type { TestResult } from '../../common/model.ts';
import type { VariableView } from '../../common/workshopProtocol.ts';
import { valueOf } from '../../prompts/variables/variableValue.ts';
import type { WorkshopShown } from './shown.ts';

/** What the field of a variable holds: what was typed now or for the last test, or else the default. */
export function typedValue({ intent, state }: WorkshopShown, { name, default: usual = '' }: VariableView): string {
	const { vars } = state.draft.testForm;
	return own(intent.vars, name) ?? own(vars, name) ?? usual;
}

/** Why a value cannot be sent. `isMissing`: nothing was entered yet, but the prompt uses the variable. */
export function variableProblem(
	page: WorkshopShown,
	variable: VariableView,
): { message: string; isMissing: boolean } | undefined {
	const read = valueOf(variable, typedValue(page, variable));
	if ('error' in read) {
		return { message: read.error, isMissing: false };
	}
	const { usedVariables } = page.state.draft;
	const isEmpty =
		read.value === undefined || (read.value === '' && variable.default === undefined && !isGiven(page, variable));
	return isEmpty && usedVariables.includes(variable.name)
		? { message: l10n.t('The prompt needs a value here'), isMissing: true }
		: undefined;
}

/** Whether the values of all variables can be sent. */
export function variablesFit(page: WorkshopShown): boolean {
	const { variables, undeclared } = page.state.draft;
	return undeclared.length === 0 && variables.every((variable) => variableProblem(page, variable) === undefined);
}

/** The values to send, as typed; a variable whose field was never touched is left to its default. */
export function givenValues(page: WorkshopShown): Record<string, string> {
	const given = page.state.draft.variables.filter((variable) => isGiven(page, variable));
	return Object.fromEntries(given.map((variable) => [variable.name, typedValue(page, variable)]));
}

/** The values that a stored test was run with, as typed; those of variables that are no longer declared are left out. */
export function storedValues({ state }: WorkshopShown, { parameters }: TestResult): Record<string, string> {
	const stored = parameters['vars'];
	const types = new Map(state.draft.variables.map(({ name, type }) => [name, type]));
	return Object.fromEntries(
		Object.entries(typeof stored === 'object' && stored !== null ? stored : {})
			.filter(([name]) => types.has(name))
			.map(([name, value]) => [
				name,
				typeof value === 'string' && types.get(name) !== 'json' ? value : JSON.stringify(value),
			]),
	);
}

function isGiven({ intent, state }: WorkshopShown, { name }: VariableView): boolean {
	return own(intent.vars, name) !== undefined || own(state.draft.testForm.vars, name) !== undefined;
}

function own(values: Readonly<Record<string, string>>, name: string): string | undefined {
	return Object.hasOwn(values, name) ? values[name] : undefined;
}
