import { draftArgument } from '../drafts/draftArguments.ts';
import type { Command } from '../kit/command.ts';
import type { ExchangeServices } from './exchangeServices.ts';

/** Ends the link between a draft and its file; both stay as they are. */
export const unlinkFile: Command<ExchangeServices> = {
	id: 'unlinkFile',
	async run(services, argument) {
		await services.workshop.unlinkFile(await draftArgument(services, argument));
	},
};
