import * as vscode from 'vscode';
import type { SuiteRun, Trial } from '../../common/suiteModel.ts';
import { ownSuite } from '../../suites/asideSuite.ts';

/**
 * Searches for the version at which the case of an answer began to fail, with its prompt and model. Nothing waits for it: it
 * may take long, and VS Code shows its questions, its progress and its error.
 */
export function bisectTrial({ suite, variants }: SuiteRun, trial: Pick<Trial, 'case' | 'variant'>): void {
	const { prompt, model } = variants.find(({ label }) => label === trial.variant) ?? {};
	void vscode.commands.executeCommand('promptWorkshop.bisect', {
		suite: ownSuite(suite),
		name: trial.case.name,
		...(prompt && { prompt }),
		...(model && { model }),
	});
}
