import type { Command } from '../kit/command.ts';
import type { TemplateServices } from './templateServices.ts';

/** A draft that begins with a template or a prompt. */
export const startFromTemplate: Command<TemplateServices> = {
	id: 'startFromTemplate',
	async run(services, argument, options) {
		// Loaded on first use.
		const { beginFromTemplate } = await import('./beginFromTemplate.ts');
		return beginFromTemplate(services, argument, options);
	},
};
