import type { FeatureServices } from '../kit/featureServices.ts';
import { addProvider } from './addProvider.ts';
import { chooseModel } from './chooseModel.ts';
import { removeApiKey } from './removeApiKey.ts';
import { setApiKey } from './setApiKey.ts';
import { ApiKeys } from './apiKeys.ts';
import { ChatModelMemory } from './chatModels.ts';
import { ModelChoice } from './modelChoice.ts';
import type { ModelServices } from './modelServices.ts';
import { ModelsOfSettings } from './modelsOfSettings.ts';

/** Registers providers, keys, the choice of models, and their commands. */
export function registerModels({ extension, log, own, commands }: FeatureServices): ModelServices {
	const keys = new ApiKeys(extension.secrets, extension.globalState, log);
	const models = own(new ModelsOfSettings(keys, log)).get;
	const chatModels = new ChatModelMemory(extension.workspaceState);
	const modelChoice = own(new ModelChoice(models, extension.workspaceState, chatModels));
	const slice: ModelServices = { log, models, keys, modelChoice, chatModels };
	commands.add(slice, [setApiKey, removeApiKey, addProvider, chooseModel]);
	return slice;
}
