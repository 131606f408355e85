import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import { AppError } from '../../common/errors.ts';
import { shownValue } from '../../workshop/rules.ts';

/** One parameter of an API member or a command. The message of a schema says what it accepts: "text". */
export interface Parameter {
	name: string;
	schema: v.GenericSchema;
	/** If absent: the default, the active draft, or a question to the user. */
	optional?: true;
}

/**
 * Checks arguments from outside. Throws a `validation` error with the public name of the first wrong field, what it
 * must be and what it is. Only types and field names are checked here; the product's rules are checked by the use
 * cases. Undefined fields count as absent.
 */
export function checkArguments(parameters: readonly Parameter[], values: readonly unknown[]): unknown[] {
	return parameters.map(({ name, schema, optional }, index) => {
		const value = withoutUndefined(values[index]);
		if (value === undefined && optional) {
			return undefined;
		}
		const parsed = v.safeParse(schema, value);
		if (!parsed.success) {
			throw refusal(name, parsed.issues[0]);
		}
		return parsed.output;
	});
}

function refusal(name: string, issue: v.BaseIssue<unknown>): AppError {
	const path = (issue.path ?? []).map(({ key }) => String(key));
	const field = path.join('.') || name;
	const isKey = issue.type === 'strict_object' && path.length > 0;
	if (isKey && issue.expected === 'never') {
		return invalid(field, l10n.t('There is no field "{0}" in {1}', field, name));
	}
	if (isKey && issue.input === undefined) {
		return invalid(field, l10n.t('The field "{0}" is missing', field));
	}
	return invalid(
		field,
		l10n.t('The field "{0}" must be {1}, and is {2}', field, issue.message, shownValue(issue.input)),
	);
}

function invalid(field: string, message: string): AppError {
	return new AppError('validation', message, { info: { field } });
}

function withoutUndefined(value: unknown): unknown {
	return isPlainObject(value)
		? Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined))
		: value;
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
