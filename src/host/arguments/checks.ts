import * as l10n from '@vscode/l10n';
import { AppError } from '../../common/errors.ts';
import { apiArguments, type ApiMember } from './apiArguments.ts';
import { checkArguments } from './checkArguments.ts';
import { commandArguments, withoutMenuContext } from './commandArguments.ts';

/** Checks the arguments of an API member. Loaded at the first call, like the schemas. */
export function checkApiArguments(member: ApiMember, values: readonly unknown[]): unknown[] {
	return checkArguments(apiArguments[member], values);
}

/** Checks the arguments of a command. */
export function checkCommandArguments(id: string, values: readonly unknown[]): unknown[] {
	const parameters = commandArguments[id];
	if (!parameters) {
		throw new AppError('internal', l10n.t('promptWorkshop.{0} does not declare its arguments', id));
	}
	return checkArguments(parameters, withoutMenuContext(id, values));
}
