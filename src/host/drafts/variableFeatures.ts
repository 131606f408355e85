import type { Disposable } from '../../common/lifecycle.ts';
import type { Store } from '../../storage/contract.ts';
import type { Workshop } from '../../workshop/workshop.ts';
import { registerVariableActions } from './variableActions.ts';
import { registerVariableCompletion } from './variableCompletion.ts';
import { registerVariableDecorations } from './variableDecorations.ts';
import { registerVariableHover } from './variableHover.ts';
import { registerVariableRename } from './variableRename.ts';

export function variableFeatures(
	openStore: () => Promise<Store>,
	workshop: Pick<Workshop, 'renameVariable'>,
	onFailed: (error: unknown) => void,
): Disposable[] {
	return [
		registerVariableCompletion(openStore),
		registerVariableHover(openStore),
		registerVariableRename(openStore, workshop, onFailed),
		registerVariableActions(openStore),
		registerVariableDecorations(),
	];
}
