import { optionsArgument } from '../kit/arguments.ts';
import { activePage, takeArgument } from './labArguments.ts';
import type { Command } from '../kit/command.ts';
import type { LabServices } from './labServices.ts';

/** Opens the exact request of an answer (`{take, step}`, or the last answer of a regeneration), key masked. */
export const labShowRequest: Command<LabServices> = {
	id: 'lab.showRequest',
	async run(services, argument) {
		const page = await activePage(services);
		const take = await takeArgument(page.session, argument, () => true);
		const { step } = optionsArgument(argument);
		const steps = page.session.state.takes.find(({ id }) => id === take)?.steps.length ?? 0;
		await page.showRequest(take, typeof step === 'number' ? step : steps - 1);
	},
};
