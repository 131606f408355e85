import { draftArgument } from '../drafts/draftArguments.ts';
import type { Command } from '../kit/command.ts';
import type { WorkshopServices } from './workshopServices.ts';

/** Stops the runs of the given draft, or everything including the Lab. What has arrived is kept. */
export const stop: Command<WorkshopServices> = {
	id: 'stop',
	async run(services, argument) {
		if (argument === undefined) {
			services.workshop.runs.stop();
			services.labPanels.stop();
			return;
		}
		const draftId = await draftArgument(services, argument);
		const store = await services.openStore();
		await store.read(({ drafts }) => drafts.get(draftId));
		services.workshop.runs.stop(draftId);
	},
};
