import * as vscode from 'vscode';
import { showInput } from '../kit/notify.ts';
import { chosen, optionalString, optionsArgument } from '../kit/arguments.ts';
import { activePage, columnArgument, runOptionsArgument } from './labArguments.ts';
import type { Command } from '../kit/command.ts';
import type { LabServices } from './labServices.ts';

/**
 * With the API's options it returns the stream of parts. Otherwise it asks a follow-up (`{column, question}`) after the
 * newest regeneration of a conversation in the open Lab panel, or after the recorded answer if there is none, and
 * returns the regeneration's id.
 */
export const labContinue: Command<LabServices> = {
	id: 'lab.continue',
	async run(services, argument) {
		const options = runOptionsArgument(argument);
		if (options) {
			await services.lab.requireFacilitator({ interactive: true });
			return services.lab.continueConversation(options);
		}
		const { session } = await activePage(services);
		const column = await columnArgument(session, argument);
		const question =
			optionalString(optionsArgument(argument), 'question') ??
			chosen(await showInput({ prompt: vscode.l10n.t('Follow-up'), ignoreFocusOut: true }));
		const take = session.state.takes.findLast((candidate) => candidate.column === column && !candidate.matrix);
		if (!take) {
			return session.continueRecorded(column, question);
		}
		await session.continueTake(take.id, question);
		return take.id;
	},
};
