import { promptArgument } from '../kit/arguments.ts';
import type { Command } from '../kit/command.ts';

export const setDefaultPrompt: Command = {
	id: 'setDefaultPrompt',
	async run(services, argument) {
		const name = await promptArgument(services, argument, ({ isDefault }) => !isDefault);
		await services.workshop.setDefaultPrompt(name);
	},
};
