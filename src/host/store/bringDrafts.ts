import { optionsArgument } from '../kit/arguments.ts';
import type { Command } from '../kit/command.ts';
import type { StoreServices } from './storeServices.ts';

/**
 * Adds what the stores of other windows hold: the one in the folder that a program names, those that surely belong here
 * (`{offered: true}`, the button of the offer), or those that the user chooses.
 */
export const bringDrafts: Command<StoreServices> = {
	id: 'bringDrafts',
	async run(services, argument) {
		const otherStores = await services.otherStores();
		return typeof argument === 'string'
			? otherStores.bringFrom(argument)
			: otherStores.chooseAndBring(optionsArgument(argument)['offered'] === true);
	},
};
