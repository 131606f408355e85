import type { Command } from '../../kit/command.ts';
import { suiteArgument } from '../openSuite.ts';
import type { SuiteServices } from '../suiteServices.ts';

/** Shows a suite in the Test Explorer. */
export const revealTests: Command<SuiteServices> = {
	id: 'revealTests',
	async run(services, argument) {
		const uri = (await suiteArgument(services, argument)).toString();
		const tests = await services.openTests();
		await tests.reveal(uri);
		return { uri };
	},
};
