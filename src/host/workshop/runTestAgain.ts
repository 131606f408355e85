import { readPromptMetadata, type PromptVariable } from '../../prompts/promptMetadata.ts';
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
		const { metadata } = await store.read(({ drafts }) => drafts.get(draftId));
		const { variables, promptRole } = readPromptMetadata(metadata);
		const vars = declaredVars(parameters['vars'], variables);
		return runTest.run(services, draftId, {
			// The prompt may have become the question meanwhile.
			query: promptRole === 'user' ? '' : query,
			topic,
			thinking,
			limit,
			...(vars && { vars }),
			...(model !== undefined && { model }),
		});
	},
};

/** The stored values of the variables that the draft still declares; undefined if there are none. */
function declaredVars(stored: unknown, variables: readonly PromptVariable[]): Record<string, unknown> | undefined {
	if (typeof stored !== 'object' || stored === null) {
		return undefined;
	}
	const types = new Map(variables.map(({ name, type }) => [name, type]));
	return Object.fromEntries(
		Object.entries(stored as Record<string, unknown>)
			.filter(([name]) => types.has(name))
			// A text that is given for a JSON variable is read as JSON.
			.map(([name, value]) => [name, types.get(name) === 'json' ? JSON.stringify(value) : value]),
	);
}
