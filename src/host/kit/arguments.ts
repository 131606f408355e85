import * as vscode from 'vscode';
import { AppError } from '../../common/errors.ts';
import { showInput } from './notify.ts';

/** The user closed a quick pick or an input box. */
export function cancelled(): AppError {
	return new AppError('cancelled', 'Cancelled');
}

/** The value; throws `cancelled` if the user gave none. */
export function chosen<T>(value: T | undefined): T {
	if (value === undefined) {
		throw cancelled();
	}
	return value;
}

/** A property of a value of any type. */
export function property(value: unknown, key: string): unknown {
	return typeof value === 'object' && value !== null && key in value
		? (value as Record<string, unknown>)[key]
		: undefined;
}

/**
 * An input box that checks its value while the user types, with a rule that throws. `warn` describes the effect of a
 * valid value.
 */
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

/** The options of a command as an object; empty for any other value. */
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
