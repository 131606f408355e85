import * as vscode from 'vscode';
import type { SuiteRun } from '../../common/suiteModel.ts';
import type { Command } from '../kit/command.ts';
import { showInformation } from '../kit/notify.ts';
import { chooseSides } from './chooseSides.ts';
import { suiteArgument } from './openSuite.ts';
import { showRun } from './runSuite.ts';
import { confirmRun } from './startConsent.ts';
import type { SuiteServices } from './suiteServices.ts';

/**
 * Compares two prompts, versions, models or thinking levels on the cases of a suite, and stops as soon as it is
 * clear which is better; with an old and a new model it asks all cases. Its plan is shown before it runs.
 */
export const runAb: Command<SuiteServices> = {
	id: 'runAb',
	async run(services, argument) {
		const { suiteFiles, suiteRuns } = services;
		const source = await suiteFiles.savedSource(await suiteArgument(services, argument));
		const { planRun } = await import('../../suites/planRun.ts');
		const options = await chooseSides(services, source);
		const plan = await planRun(await suiteRuns.context(), source, options);
		const caps = await confirmRun(services, source, plan);
		return showRun(
			services,
			source.name,
			(signal) => suiteRuns.run(source, { ...options, ...caps, signal }),
			(run) => offerFinding(services, run),
		);
	},
};

async function offerFinding({ suiteRuns }: SuiteServices, { runId, suiteName }: SuiteRun): Promise<void> {
	const { storedRun } = await import('../../suites/compare/storedComparison.ts');
	const { compareVariants } = await import('../../suites/compare/compareRuns.ts');
	const { a, b, sentence, notes } = compareVariants(await storedRun(await suiteRuns.context(), runId), 0, 1);
	const text = vscode.l10n.t('"{0}", {1} (B) against {2} (A): {3}', suiteName, b.label, a.label, sentence);
	const show = vscode.l10n.t('Show');
	if ((await showInformation([text, ...notes].join(' '), show)) === show) {
		await vscode.commands.executeCommand('promptWorkshop.openReport', runId);
	}
}
