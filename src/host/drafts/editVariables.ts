import type { Command } from '../kit/command.ts';
import { draftArgument } from './draftArguments.ts';
import type { DraftServices } from './draftServices.ts';

/** Adds, changes and removes the variables of a draft. Resolves to its variables. */
export const editVariables: Command<DraftServices> = {
	id: 'editVariables',
	async run(services, argument, options) {
		const draftId = await draftArgument(services, argument);
		const { editDraftVariables } = await import('./editDraftVariables.ts');
		return editDraftVariables(services, draftId, options ?? {});
	},
};
