import { optionalString, optionsArgument } from '../kit/arguments.ts';
import { activePage } from './labArguments.ts';
import type { Command } from '../kit/command.ts';
import type { LabServices } from './labServices.ts';

/**
 * Sets the model of the open Lab panel (`{model}`, or the one the user picks) without changing a setting. Returns the
 * model.
 */
export const labChooseModel: Command<LabServices> = {
	id: 'lab.chooseModel',
	async run(services, argument) {
		const page = await activePage(services);
		const model = optionalString(optionsArgument(argument), 'model');
		if (model === undefined) {
			return page.chooseModel();
		}
		page.session.configure({ model });
		return model;
	},
};
