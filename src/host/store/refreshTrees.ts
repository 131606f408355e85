import type { Command } from '../kit/command.ts';
import type { StoreServices } from './storeServices.ts';

export const refreshTrees: Command<StoreServices> = {
	id: 'refreshTrees',
	async run(services) {
		services.refreshTrees();
	},
};
