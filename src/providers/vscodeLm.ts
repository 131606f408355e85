import type { ProviderKind } from './kind.ts';
import { limited } from './limited.ts';

/** The models that the editor offers to extensions. */
export const vscodeLm: ProviderKind = {
	kind: 'vscode-lm',
	label: 'Editor',
	description: 'Models offered by the editor.',
	isModel: true,
	isServer: false,
	create: (config, { makeEditorProvider, limiter }) =>
		makeEditorProvider && limited(makeEditorProvider(config), limiter),
};
