import * as vscode from 'vscode';
import type { TestOptions } from '../../common/api.ts';
import { AppError } from '../../common/errors.ts';
import { generalTopic } from '../../common/model.ts';
import { readPromptMetadata } from '../../prompts/promptMetadata.ts';
import { draftArgument } from '../drafts/draftArguments.ts';
import type { Command } from '../kit/command.ts';
import type { WorkshopServices } from './workshopServices.ts';

/** The API's options, but `query` is an alias of `testQuery` and the topic is optional. */
export type RunTestOptions = Partial<TestOptions> & { query?: string };

/** With options it runs the test and returns the stored result; without options it opens the Test tab. */
export const runTest: Command<WorkshopServices> = {
	id: 'runTest',
	async run(services, argument, given) {
		const draftId = await draftArgument(services, argument);
		if (given === undefined) {
			await services.panels.open(draftId, { column: vscode.ViewColumn.Beside, show: 'test' });
			return undefined;
		}
		const { query, testQuery = query, topic = generalTopic, ...rest } = given as RunTestOptions;
		const store = await services.openStore();
		const { promptRole } = readPromptMetadata(await store.read(({ drafts }) => drafts.get(draftId).metadata));
		if (testQuery === undefined && promptRole !== 'user') {
			throw new AppError('validation', vscode.l10n.t('The field "query" is missing'), {
				info: { field: 'query' },
			});
		}
		const run = await services.workshop.test(draftId, {
			...rest,
			...(testQuery !== undefined && { testQuery }),
			topic,
		});
		await run.finished;
		return store.read(({ results }) => results.get(run.key));
	},
};
