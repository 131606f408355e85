import type { Command } from '../kit/command.ts';
import type { VersionServices } from './versionServices.ts';

/** Compares a draft, prompt, version or file with another one, which the user chooses if it is not given. */
export const compareWith: Command<VersionServices> = {
	id: 'compareWith',
	async run(services, argument, other) {
		const { compareTexts } = await import('./comparisons.ts');
		await compareTexts(services, argument, other);
	},
};
