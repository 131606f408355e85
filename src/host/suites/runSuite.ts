import * as vscode from 'vscode';
import { batchText } from '../../common/batchText.ts';
import { runCounts } from '../../statistics/runCounts.ts';
import type { SuiteRun, SuiteRunEvent, SuiteRunOptions } from '../../common/suiteModel.ts';
import type { Command } from '../kit/command.ts';
import { runWithProgress, showInformation } from '../kit/notify.ts';
import { suiteArgument } from './openSuite.ts';
import { chosenVariant, confirmRun } from './startConsent.ts';
import { stopAsked } from './stopAsked.ts';
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
		const planAs = async (batch: boolean) => planRun(await suiteRuns.context(), source, { ...chosen, batch });
		const agreed = await confirmRun(services, source, await planAs(false), { planBatch: () => planAs(true) });
		return showRun(services, source.name, (signal) => suiteRuns.run(source, { ...chosen, ...agreed, signal }));
	},
};

/** Runs with a progress notification, whose Cancel stops, and offers the result. */
export async function showRun(
	services: SuiteServices,
	name: string,
	start: (signal: AbortSignal) => AsyncIterable<SuiteRunEvent>,
	offer: (run: SuiteRun) => Promise<void> = (run) => offerResult(services, run),
): Promise<SuiteRun | undefined> {
	const title = vscode.l10n.t('Suite "{0}"', name);
	const run = await runWithProgress(
		{ location: vscode.ProgressLocation.Notification, title, cancellable: true },
		async (progress, token) => {
			const stop = new AbortController();
			let runId: string | undefined;
			token.onCancellationRequested(() => {
				if (runId === undefined) {
					stop.abort();
				} else {
					void stopAsked(services.suiteRuns, runId);
				}
			});
			return lastRun(start(stop.signal), {
				onStart: (id) => (runId = id),
				onTrial: (done, trials) =>
					progress.report({
						increment: 100 / trials,
						message: vscode.l10n.t('{0} of {1} answers', done, trials),
					}),
				onBatch: (message) => progress.report({ message }),
			});
		},
	);
	if (run) {
		offer(run).catch((error: unknown) => services.log.error(String(error)));
	}
	return run;
}

async function offerResult({ panels, suiteRuns, log }: SuiteServices, run: SuiteRun): Promise<void> {
	const { offerComparison } = await import('./offerComparison.ts');
	offerComparison(suiteRuns, run.runId).catch((error: unknown) => log.error(String(error)));
	const owner = suiteOwnerOf(vscode.Uri.parse(run.suite));
	const text = `${run.suiteName}: ${runCounts(run, String)}`;
	const show = vscode.l10n.t('Show');
	if ((await showInformation(run.reason === undefined ? text : `${text}. ${run.reason}`, show)) !== show) {
		return;
	}
	if (owner?.ownerKind === 'draft') {
		await panels.open(owner.ownerId, { show: 'suite' });
	} else {
		await vscode.commands.executeCommand('promptWorkshop.openReport', run.runId);
	}
}

interface RunListener {
	onStart?: (runId: string) => void;
	onTrial?: (done: number, trials: number) => void;
	/** What the run waits for; empty when it does not wait any more. */
	onBatch?: (text: string) => void;
}

/** The run as it ended. */
async function lastRun(
	events: AsyncIterable<SuiteRunEvent>,
	listener: RunListener = {},
): Promise<SuiteRun | undefined> {
	let last: SuiteRun | undefined;
	let trials = 1;
	let done = 0;
	for await (const event of events) {
		if (event.type === 'plan') {
			trials = Math.max(1, event.trials);
			listener.onStart?.(event.runId);
		} else if (event.type === 'trial') {
			listener.onTrial?.(++done, trials);
		} else if (event.type === 'batch') {
			listener.onBatch?.(batchText(event.batch) ?? '');
		} else if (event.type === 'run') {
			last = event.run;
		}
	}
	return last;
}
