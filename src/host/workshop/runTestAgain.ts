import { optionalString, optionsArgument } from '../kit/arguments.ts';
import { resultArgument } from '../drafts/resultArguments.ts';
import type { Command } from '../kit/command.ts';
import type { WorkshopServices } from './workshopServices.ts';
import { runTest } from './runTest.ts';

/**
 * Asks the question of a result again with the current text: with `{model}` on that model, with `{otherModel: true}` on
 * one that the user picks.
 */
export const runTestAgain: Command<WorkshopServices> = {
	id: 'runTestAgain',
	async run(services, argument, given) {
		const testId = await resultArgument(services, argument);
		const store = await services.openStore();
		const { draftId, query, topic, thinking, parameters } = await store.read(({ results }) => results.get(testId));
		const options = optionsArgument(given);
		const model =
			options['otherModel'] === true ? await services.modelChoice.pick() : optionalString(options, 'model');
		const { limit } = parameters;
		return runTest.run(services, draftId, { query, topic, thinking, limit, ...(model !== undefined && { model }) });
	},
};
