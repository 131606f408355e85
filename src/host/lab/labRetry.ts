import { isRunning } from '../../common/labState.ts';
import { activePage, takeArgument } from './labArguments.ts';
import type { Command } from '../kit/command.ts';
import type { LabServices } from './labServices.ts';

/** Runs the last answer of a regeneration (`{take}`) again if it is incomplete. */
export const labRetry: Command<LabServices> = {
	id: 'lab.retry',
	async run(services, argument) {
		const { session } = await activePage(services);
		const take = await takeArgument(
			session,
			argument,
			(one) => !isRunning(one) && one.steps.at(-1)?.status !== 'complete',
		);
		await session.retry(take);
		return take;
	},
};
