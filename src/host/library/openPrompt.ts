import { showReadOnly } from '../kit/readOnlyDocuments.ts';
import { promptArgument } from '../kit/arguments.ts';
import type { Command } from '../kit/command.ts';

export const openPrompt: Command = {
	id: 'openPrompt',
	async run(services, argument) {
		const name = await promptArgument(services, argument);
		const store = await services.openStore();
		const prompt = await store.read(({ prompts }) => prompts.get(name));
		await showReadOnly({ kind: 'prompt', key: name, title: prompt.name });
		return prompt;
	},
};
