import * as vscode from 'vscode';
import { AppError } from '../../common/errors.ts';
import type { TestResult } from '../../common/model.ts';
import { questionText } from '../../common/questionText.ts';
import { chosen, property } from '../kit/arguments.ts';
import { showPick } from '../kit/pick.ts';
import { testIdOf } from '../kit/readOnlyDocuments.ts';
import { draftArgument } from './draftArguments.ts';
import type { DraftServices } from './draftServices.ts';

type Services = Pick<DraftServices, 'openStore' | 'panels'>;

/** A test result's id from a string, a document or an item that has one, or the user's choice. */
export async function resultArgument(services: Services, argument: unknown): Promise<string> {
	const ofDocument = argument instanceof vscode.Uri ? testIdOf(argument) : undefined;
	const given = ofDocument ?? (typeof argument === 'string' ? argument : property(argument, 'testId'));
	return typeof given === 'string' ? given : pickResult(services, await draftArgument(services, argument));
}

/** Lets the user choose one of a draft's results. */
export async function pickResult(
	services: Services,
	draftId: number,
	options: { only?: (result: TestResult) => boolean; placeHolder?: string } = {},
): Promise<string> {
	const store = await services.openStore();
	const results = await store.read((repositories) => repositories.results.list(draftId));
	const items = results
		.filter((result) => options.only?.(result) ?? true)
		.map((result) => ({
			label: questionText(result.query),
			description: `${result.model} · ${result.topic} · ${new Date(result.timestamp).toLocaleString()}`,
			detail: result.responsePreview.slice(0, 120),
			testId: result.testId,
		}));
	if (items.length === 0) {
		throw new AppError(
			'not-found',
			results.length === 0
				? vscode.l10n.t('This draft has no test results yet. Run a test first')
				: vscode.l10n.t('This draft has no other test results. Run another test first'),
		);
	}
	const placeHolder = options.placeHolder ?? vscode.l10n.t('Choose a test result');
	return chosen(await showPick(items, { placeHolder, matchOnDescription: true })).testId;
}
