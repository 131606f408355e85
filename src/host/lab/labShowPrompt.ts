import { activePage, sectionArgument } from './labArguments.ts';
import type { Command } from '../kit/command.ts';
import type { LabServices } from './labServices.ts';

/** Opens the assembled prompt of a section (`{section}`) as it would be sent now, and returns it. */
export const labShowPrompt: Command<LabServices> = {
	id: 'lab.showPrompt',
	async run(services, argument) {
		const page = await activePage(services);
		const section = await sectionArgument(page.session, argument);
		await page.showPrompt(section);
		return page.session.prompt(section);
	},
};
