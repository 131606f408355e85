import type { FeatureServices } from '../kit/featureServices.ts';
import { addProvider } from './addProvider.ts';
import { chooseModel } from './chooseModel.ts';
import { removeApiKey } from './removeApiKey.ts';
import { setApiKey } from './setApiKey.ts';
import { ApiKeys } from './apiKeys.ts';
import { RememberedModels } from './rememberedModels.ts';
import { ModelChoice } from './modelChoice.ts';
import type { ModelServices } from './modelServices.ts';
import { ModelsOfSettings } from './modelsOfSettings.ts';
import { StatedPrices } from '../../providers/statedPrices.ts';

const statedPricesName = 'promptWorkshop.statedPrices';

/** Registers providers, keys, the choice of models, and their commands. */
export function registerModels({ extension, log, own, commands }: FeatureServices): ModelServices {
	const keys = new ApiKeys(extension.secrets, extension.globalState, log);
	// The user's memory and not the workspace's, because prices serve every workspace.
	const memory = extension.globalState;
	const statedPrices = new StatedPrices(
		memory.get(statedPricesName),
		(all) => void memory.update(statedPricesName, all),
	);
	const models = own(new ModelsOfSettings(keys, statedPrices, log)).get;
	const chatModels = own(new RememberedModels(extension.workspaceState, 'promptWorkshop.chatModels'));
	const testModels = own(new RememberedModels(extension.workspaceState, 'promptWorkshop.testModels'));
	const remembered = { chat: chatModels, test: testModels };
	const modelChoice = own(new ModelChoice(models, extension.workspaceState, remembered));
	const slice: ModelServices = { log, models, keys, statedPrices, modelChoice, chatModels, testModels };
	commands.add(slice, [setApiKey, removeApiKey, addProvider, chooseModel]);
	return slice;
}
