import { showReadOnly } from '../kit/readOnlyDocuments.ts';
import { promptArgument } from './promptArguments.ts';
import type { Command } from '../kit/command.ts';
import type { LibraryServices } from './libraryServices.ts';

export const openPrompt: Command<LibraryServices> = {
	id: 'openPrompt',
	async run(services, argument) {
		const name = await promptArgument(services, argument);
		const store = await services.openStore();
		const prompt = await store.read(({ prompts }) => prompts.get(name));
		await showReadOnly({ kind: 'prompt', key: name, title: prompt.name });
		return prompt;
	},
};
