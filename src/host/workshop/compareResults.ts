import * as vscode from 'vscode';
import { AppError } from '../../common/errors.ts';
import type { TestResult } from '../../common/model.ts';
import { questionText } from '../../common/questionText.ts';
import { readOnlyUri } from '../kit/readOnlyDocuments.ts';
import { showDiff } from '../kit/showDiff.ts';
import { pickResult, resultArgument } from '../drafts/resultArguments.ts';
import type { Command } from '../kit/command.ts';
import type { WorkshopServices } from './workshopServices.ts';

/** Compares two full answers of models side by side. */
export const compareResults: Command<WorkshopServices> = {
	id: 'compareResults',
	async run(services, first, second) {
		const left = await resultArgument(services, first);
		const store = await services.openStore();
		const { draftId } = await store.read(({ results }) => results.get(left));
		const right =
			typeof second === 'string'
				? second
				: await pickResult(services, draftId, {
						only: ({ testId, isModel }) => isModel && testId !== left,
						placeHolder: vscode.l10n.t('Compare with'),
					});
		const [a, b] = await store.read(({ results }) => [results.get(left), results.get(right)] as const);
		const guide = [a, b].find(({ isModel }) => !isModel);
		if (guide) {
			throw new AppError(
				'validation',
				vscode.l10n.t(
					'{0} is not a language model and did not read the prompt, so its results cannot be compared. Run the test on a model',
					guide.model,
				),
				{ info: { field: 'testId' } },
			);
		}
		const missing = [a, b].find(({ responseRef }) => responseRef === null);
		if (missing) {
			throw new AppError(
				'not-found',
				vscode.l10n.t('Full answer not stored for "{0}"', questionText(missing.query)),
			);
		}
		const answer = ({ testId, query }: TestResult) =>
			readOnlyUri({ kind: 'answer', key: testId, title: questionText(query) });
		await showDiff(answer(a), answer(b), vscode.l10n.t('{0} ↔ {1}', a.model, b.model));
	},
};
