import type { Command } from '../../kit/command.ts';
import type { SuiteServices } from '../suiteServices.ts';

/** Shows all prompts over time. */
export const openDashboard: Command<SuiteServices> = {
	id: 'openDashboard',
	run: ({ dashboard }) => dashboard.open(),
};
