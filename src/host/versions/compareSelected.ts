import type { Command } from '../kit/command.ts';
import type { VersionServices } from './versionServices.ts';

/**
 * Compares what is selected in a tree: two texts in a diff editor, more in a multi-diff editor, versions of one draft or
 * prompt each against the one before it, other texts each against the first.
 */
export const compareSelected: Command<VersionServices> = {
	id: 'compareSelected',
	async run(services, item, selection) {
		const { compareSelection } = await import('./comparisons.ts');
		await compareSelection(services, item, selection);
	},
};
