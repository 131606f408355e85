import * as vscode from 'vscode';
import { runCounts } from '../../statistics/runCounts.ts';
import type { SuiteRun, SuiteRunEvent, SuiteRunOptions } from '../../common/suiteModel.ts';
import type { Command } from '../kit/command.ts';
import { runWithProgress, showInformation } from '../kit/notify.ts';
import { suiteArgument } from './openSuite.ts';
import { chosenVariant, confirmRun } from './startConsent.ts';
import type { SuiteServices } from './suiteServices.ts';
import { suiteOwnerOf } from './suiteUri.ts';

/** Runs a suite: with options as a program says, else with the user's consent to its plan, shown once for each suite and model. */
export const runSuite: Command<SuiteServices> = {
	id: 'runSuite',
	async run(services, argument, given) {
		const { suiteFiles, suiteRuns } = services;
		const source = await suiteFiles.savedSource(await suiteArgument(services, argument));
		const options = given as SuiteRunOptions | undefined;
		if (options) {
			return lastRun(suiteRuns.run(source, options, { isProgram: true }));
		}
		const { planRun } = await import('../../suites/planRun.ts');
		const chosen = await chosenVariant(services, source);
		const plan = await planRun(await suiteRuns.context(), source, chosen);
		const caps = await confirmRun(services, source, plan);
		return showRun(services, source.name, (signal) => suiteRuns.run(source, { ...chosen, ...caps, signal }));
	},
};

/** Runs with a progress notification, whose Cancel stops, and offers the result. */
export async function showRun(
	services: SuiteServices,
	name: string,
	start: (signal: AbortSignal) => AsyncIterable<SuiteRunEvent>,
): Promise<SuiteRun | undefined> {
	const title = vscode.l10n.t('Suite "{0}"', name);
	const run = await runWithProgress(
		{ location: vscode.ProgressLocation.Notification, title, cancellable: true },
		async (progress, token) => {
			const stop = new AbortController();
			token.onCancellationRequested(() => stop.abort());
			return lastRun(start(stop.signal), (done, trials) => {
				progress.report({
					increment: 100 / trials,
					message: vscode.l10n.t('{0} of {1} answers', done, trials),
				});
			});
		},
	);
	if (run) {
		void offerResult(services, run);
		const { offerComparison } = await import('./offerComparison.ts');
		void offerComparison(services.suiteRuns, run.runId).catch((error: unknown) =>
			services.log.error(String(error)),
		);
	}
	return run;
}

async function offerResult({ panels }: SuiteServices, run: SuiteRun): Promise<void> {
	const owner = suiteOwnerOf(vscode.Uri.parse(run.suite));
	const text = `${run.suiteName}: ${runCounts(run, String)}`;
	const show = vscode.l10n.t('Show');
	if ((await showInformation(run.reason === undefined ? text : `${text}. ${run.reason}`, show)) !== show) {
		return;
	}
	if (owner?.ownerKind === 'draft') {
		await panels.open(owner.ownerId, { show: 'suite' });
	} else {
		await vscode.commands.executeCommand('promptWorkshop.openRun', run.runId);
	}
}

/** The run as it ended. */
async function lastRun(
	events: AsyncIterable<SuiteRunEvent>,
	onTrial: (done: number, trials: number) => void = () => undefined,
): Promise<SuiteRun | undefined> {
	let last: SuiteRun | undefined;
	let trials = 1;
	let done = 0;
	for await (const event of events) {
		if (event.type === 'plan') {
			trials = Math.max(1, event.trials);
		} else if (event.type === 'trial') {
			onTrial(++done, trials);
		} else if (event.type === 'run') {
			last = event.run;
		}
	}
	return last;
}
