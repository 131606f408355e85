import type * as vscode from 'vscode';
import type { Models } from '../../providers/provider.ts';
import type { StatedPrices } from '../../providers/statedPrices.ts';
import type { ApiKeys } from './apiKeys.ts';

import type { ModelChoice } from './modelChoice.ts';
import type { RememberedModels } from './rememberedModels.ts';

/** The services of commands on models, providers and keys. */
export interface ModelServices {
	log: vscode.LogOutputChannel;
	models: () => Models;
	keys: ApiKeys;
	statedPrices: StatedPrices;
	modelChoice: ModelChoice;
	chatModels: RememberedModels;
	testModels: RememberedModels;
}
