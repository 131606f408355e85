import type { Disposable } from '../../common/lifecycle.ts';
import type { Store } from '../../storage/contract.ts';
import type { Workshop } from '../../workshop/workshop.ts';
import type { DraftDiagnostics } from './draftDiagnostics.ts';
import { registerDraftLanguage } from './draftLanguage.ts';
import { registerDraftOutline } from './draftOutline.ts';
import { registerLintActions } from './lintActions.ts';
import { registerVariableActions } from './variableActions.ts';
import { registerVariableCompletion } from './variableCompletion.ts';
import { registerVariableDecorations } from './variableDecorations.ts';
import { registerVariableHover } from './variableHover.ts';
import { registerVariableRename } from './variableRename.ts';

export interface DraftFeatureParts {
	openStore: () => Promise<Store>;
	workshop: Pick<Workshop, 'renameVariable'>;
	diagnostics: DraftDiagnostics;
	onFailed: (error: unknown) => void;
}

/** Tools, outline, lint fixes and variables in the text of drafts. */
export function draftFeatures({ openStore, workshop, diagnostics, onFailed }: DraftFeatureParts): Disposable[] {
	return [
		registerDraftLanguage(),
		registerDraftOutline(),
		registerLintActions(diagnostics),
		registerVariableCompletion(openStore),
		registerVariableHover(openStore),
		registerVariableRename(openStore, workshop, onFailed),
		registerVariableActions(openStore),
		registerVariableDecorations(),
	];
}
