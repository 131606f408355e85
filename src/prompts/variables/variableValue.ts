import * as l10n from '@vscode/l10n';
import { typeName } from '../../common/typeName.ts';
import { visibleLine } from '../../common/visibleText.ts';
import type { PromptVariable } from '../promptMetadata.ts';

/** A value, or why there is none. `value` is undefined if nothing was given and there is no default. */
export type VariableValue = { value: unknown } | { error: string };

const numberForm = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;

/** The value of a text that was typed into a form. In all types but text, an empty field means that none was given. */
export function valueOf(variable: Pick<PromptVariable, 'name' | 'type' | 'choices'>, typed: string): VariableValue {
	const { name, type, choices = [] } = variable;
	if (type === 'text') {
		return { value: typed };
	}
	if (typed.trim() === '') {
		return { value: undefined };
	}
	const shown = visibleLine(typed, 40);
	switch (type) {
		case 'number':
			// A larger number than JSON can keep would be another one when the test runs again.
			return numberForm.test(typed.trim()) && Number.isFinite(Number(typed))
				? { value: Number(typed) }
				: { error: l10n.t('"{0}" must be a number such as 3 or 2.5, and is "{1}"', name, shown) };
		case 'choice':
			return choices.includes(typed)
				? { value: typed }
				: { error: l10n.t('"{0}" must be one of {1}, and is "{2}"', name, choices.join(', '), shown) };
		case 'json':
			try {
				return { value: JSON.parse(typed) as unknown };
			} catch (thrown) {
				const reason = thrown instanceof SyntaxError ? thrown.message : l10n.t('it is nested too deeply');
				return { error: l10n.t('"{0}" must be JSON, and cannot be read: {1}', name, visibleLine(reason, 200)) };
			}
	}
}

/** The default of a variable; its value is undefined if there is none. */
export function defaultOf(variable: PromptVariable): VariableValue {
	return variable.default === undefined ? { value: undefined } : valueOf(variable, variable.default);
}

/** The value of what a caller gave: a text as typed into a form, or a value of the variable's type. */
export function givenValue(variable: PromptVariable, given: unknown): VariableValue {
	if (given === undefined) {
		return { value: undefined };
	}
	if (typeof given === 'string') {
		return valueOf(variable, given);
	}
	const { name, type } = variable;
	if (type === 'json') {
		return { value: given };
	}
	if (typeof given === 'number' || (typeof given === 'boolean' && type !== 'number')) {
		return valueOf(variable, String(given));
	}
	return {
		error: l10n.t(
			'"{0}" is of the type {1}, and its value is {2}. Declare it as json',
			name,
			type,
			typeName(given),
		),
	};
}
