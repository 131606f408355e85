import type { Command } from '../kit/command.ts';
import type { TemplateServices } from './templateServices.ts';

/** Writes a draft or prompt as a template. */
export const saveAsTemplate: Command<TemplateServices> = {
	id: 'saveAsTemplate',
	async run(services, owner, options) {
		// Loaded on first use.
		const { writeAsTemplate } = await import('./writeAsTemplate.ts');
		return writeAsTemplate(services, owner, options);
	},
};
