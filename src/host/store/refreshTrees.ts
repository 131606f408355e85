import type { Command } from '../kit/command.ts';

export const refreshTrees: Command = {
	id: 'refreshTrees',
	async run(services) {
		services.refreshTrees();
	},
};
