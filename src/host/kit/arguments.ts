import * as vscode from 'vscode';
import { AppError } from '../../common/errors.ts';
import { showInput } from './notify.ts';

/** The user closed a quick pick or an input box. */
export function cancelled(): AppError {
	return new AppError('cancelled', 'Cancelled');
}

/** The value, or `cancelled` where the user gave none. */
export function chosen<T>(value: T | undefined): T {
	if (value === undefined) {
		throw cancelled();
	}
	return value;
}

/** A property of a value that may be anything. */
export function property(value: unknown, key: string): unknown {
	return typeof value === 'object' && value !== null && key in value
		? (value as Record<string, unknown>)[key]
		: undefined;
}

/** An input box whose value is checked as one types, by a rule that throws; `warn` says what a value that is allowed would do. */
export async function askText(
	options: vscode.InputBoxOptions,
	check: (value: string) => void,
	warn?: (value: string) => string | undefined,
): Promise<string> {
	const value = await showInput({
		ignoreFocusOut: true,
		...options,
		validateInput: (text) => {
			try {
				check(text);
				const message = warn?.(text);
				return message === undefined
					? undefined
					: { message, severity: vscode.InputBoxValidationSeverity.Warning };
			} catch (error) {
				return error instanceof Error ? error.message : String(error);
			}
		},
	});
	return chosen(value);
}

/** The value as an object, for the options of a command called by a program. */
export function optionsArgument(argument: unknown): Record<string, unknown> {
	return typeof argument === 'object' && argument !== null && !Array.isArray(argument)
		? (argument as Record<string, unknown>)
		: {};
}

export function optionalString(options: Record<string, unknown>, key: string): string | undefined {
	const value = options[key];
	if (value !== undefined && typeof value !== 'string') {
		throw new AppError('validation', vscode.l10n.t('{0} must be a string, not {1}', key, typeof value), {
			info: { field: key },
		});
	}
	return value;
}
