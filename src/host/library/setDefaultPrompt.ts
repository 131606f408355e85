import { promptArgument } from './promptArguments.ts';
import type { Command } from '../kit/command.ts';
import type { LibraryServices } from './libraryServices.ts';

export const setDefaultPrompt: Command<LibraryServices> = {
	id: 'setDefaultPrompt',
	async run(services, argument) {
		const name = await promptArgument(services, argument, ({ isDefault }) => !isDefault);
		await services.workshop.setDefaultPrompt(name);
	},
};
