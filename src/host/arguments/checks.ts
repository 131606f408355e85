import * as l10n from '@vscode/l10n';
import { AppError } from '../../common/errors.ts';
import { apiArguments, type ApiMember } from './apiArguments.ts';
import { checkArguments } from './checkArguments.ts';
import { commandArguments, withoutMenuContext } from './commandArguments.ts';

/** The arguments of an API member, checked. Loaded at the first call, as the schemas are. */
export function checkApiArguments(member: ApiMember, values: readonly unknown[]): unknown[] {
	return checkArguments(apiArguments[member], values);
}

/** The arguments of a command, checked. */
export function checkCommandArguments(id: string, values: readonly unknown[]): unknown[] {
	const parameters = commandArguments[id];
	if (!parameters) {
		throw new AppError('internal', l10n.t('promptWorkshop.{0} does not declare its arguments', id));
	}
	return checkArguments(parameters, withoutMenuContext(id, values));
}
