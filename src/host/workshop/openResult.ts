import { questionText } from '../../common/questionText.ts';
import { showReadOnly } from '../kit/readOnlyDocuments.ts';
import { resultArgument } from '../drafts/resultArguments.ts';
import type { Command } from '../kit/command.ts';
import type { WorkshopServices } from './workshopServices.ts';

export const openResult: Command<WorkshopServices> = {
	id: 'openResult',
	async run(services, argument) {
		const testId = await resultArgument(services, argument);
		const store = await services.openStore();
		const result = await store.read(({ results }) => results.get(testId));
		await showReadOnly({ kind: 'result', key: testId, title: questionText(result.query) });
		return result;
	},
};
