import { showReadOnly } from '../kit/readOnlyDocuments.ts';
import { resultArgument } from '../kit/arguments.ts';
import type { Command } from '../kit/command.ts';

export const openResult: Command = {
	id: 'openResult',
	async run(services, argument) {
		const testId = await resultArgument(services, argument);
		const store = await services.openStore();
		const result = await store.read(({ results }) => results.get(testId));
		await showReadOnly({ kind: 'result', key: testId, title: result.query });
		return result;
	},
};
