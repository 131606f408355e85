import * as vscode from 'vscode';
import type { SuiteRun } from '../../common/suiteModel.ts';
import type { Command } from '../kit/command.ts';
import { runArgument } from './runArgument.ts';
import type { SuiteServices } from './suiteServices.ts';

/** Shows how far the judge of a run agrees with the user's own ratings and with itself, as a document. */
export const checkJudge: Command<SuiteServices> = {
	id: 'checkJudge',
	async run(services, argument) {
		const none = vscode.l10n.t('No suite was run yet');
		const offer = ({ done }: SuiteRun) => done > 0;
		const run = await runArgument(services, argument, { none, offer });
		const { files } = await services.suiteRuns.context();
		const [{ latestTrials }, { judgeQuality }, { judgeMarkdown }] = await Promise.all([
			import('../../suites/latestTrials.ts'),
			import('../../suites/judging/judgeQuality.ts'),
			import('../../suites/judging/judgeMarkdown.ts'),
		]);
		const trials = [];
		for (const { trialId } of latestTrials(await files.trials(run.runId))) {
			const { case: one, variant, output, assertions } = await files.trial(run.runId, trialId);
			trials.push({ case: one, variant, output, assertions });
		}
		const quality = judgeQuality(trials);
		const content = judgeMarkdown(quality, run);
		const document = await vscode.workspace.openTextDocument({ content, language: 'markdown' });
		await vscode.window.showTextDocument(document, { preview: true });
		return quality;
	},
};
