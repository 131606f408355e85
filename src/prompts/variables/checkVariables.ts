import * as l10n from '@vscode/l10n';
import { visibleLine } from '../../common/visibleText.ts';
import type { PromptVariable } from '../promptMetadata.ts';
import { isVariableName, maxNameLength, reservedNames } from './nameForms.ts';
import { defaultOf } from './variableValue.ts';

export const variableTypes = ['text', 'number', 'choice', 'json'] as const satisfies PromptVariable['type'][];

export const variableLimits = { count: 200, choices: 100, default: 100_000, note: 500 } as const;

/** What is wrong with declarations, and where: `variables.2.name`. */
export interface VariableFault {
	field: string;
	message: string;
}

/** The first fault of a draft's declarations, or undefined. A form asks it about each change. */
export function variablesFault(variables: readonly PromptVariable[]): VariableFault | undefined {
	if (variables.length > variableLimits.count) {
		return {
			field: 'variables',
			message: l10n.t(
				'A prompt has at most {0} variables, and this has {1}',
				variableLimits.count,
				variables.length,
			),
		};
	}
	const seen = new Set<string>();
	for (const [index, variable] of variables.entries()) {
		const fault = variableFault(variable, seen);
		if (fault) {
			return { field: `variables.${index}.${fault.field}`, message: fault.message };
		}
		seen.add(variable.name);
	}
	return undefined;
}

/** The first fault of one declaration beside the names of the others. `field` is a field of the declaration. */
export function variableFault(variable: PromptVariable, others: ReadonlySet<string>): VariableFault | undefined {
	const { name, type, choices = [], note = '' } = variable;
	const nameMessage = variableNameFault(name, others);
	if (nameMessage !== undefined) {
		return { field: 'name', message: nameMessage };
	}
	if (!variableTypes.some((known) => known === type)) {
		return {
			field: 'type',
			message: l10n.t('"{0}" has the type "{1}"; use one of {2}', name, String(type), variableTypes.join(', ')),
		};
	}
	if (type === 'choice' && choices.length === 0) {
		return { field: 'choices', message: l10n.t('"{0}" is a choice: give it at least one value to choose', name) };
	}
	if (choices.length > variableLimits.choices || new Set(choices).size < choices.length || choices.includes('')) {
		return {
			field: 'choices',
			message: l10n.t(
				'The choices of "{0}" must be at most {1}, all different and none empty',
				name,
				variableLimits.choices,
			),
		};
	}
	if ((variable.default ?? '').length > variableLimits.default) {
		return {
			field: 'default',
			message: l10n.t('The default of "{0}" must have at most {1} characters', name, variableLimits.default),
		};
	}
	const read = defaultOf(variable);
	if ('error' in read) {
		return { field: 'default', message: read.error };
	}
	return note.length > variableLimits.note
		? {
				field: 'note',
				message: l10n.t('The note of "{0}" must have at most {1} characters', name, variableLimits.note),
			}
		: undefined;
}

/** Why a variable cannot have this name, or undefined. */
export function variableNameFault(name: string, others: ReadonlySet<string>): string | undefined {
	if (reservedNames.has(name)) {
		return l10n.t('A variable cannot have the name "{0}": choose another', name);
	}
	if (!isVariableName(name)) {
		return l10n.t(
			'A variable has a name of 1 to {0} letters, digits, "_" and inner "-" that does not start with a digit, and this is "{1}"',
			maxNameLength,
			visibleLine(name, 40),
		);
	}
	if (name.normalize('NFC') !== name) {
		return l10n.t('The name "{0}" has accents as separate characters: type it again', name);
	}
	return others.has(name) ? l10n.t('There is already a variable "{0}"', name) : undefined;
}
