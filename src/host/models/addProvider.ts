import type { Command } from '../kit/command.ts';
import type { ModelServices } from './modelServices.ts';

/** Adds a service or a server to the user settings, after a test of the connection. */
export const addProvider: Command<ModelServices> = {
	id: 'addProvider',
	async run(services) {
		const { addService } = await import('./addService.ts');
		return addService(services);
	},
};
