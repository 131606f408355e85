import * as vscode from 'vscode';
import { AppError } from '../../common/errors.ts';
import { cancelled } from '../kit/arguments.ts';
import type { Command } from '../kit/command.ts';
import { showWarning } from '../kit/notify.ts';
import { runArgument } from './runArgument.ts';
import type { SuiteServices } from './suiteServices.ts';

/** Deletes runs with their answers, after a question: they take too much space to be kept for Undo. */
export const deleteRun: Command<SuiteServices> = {
	id: 'deleteRun',
	async run(services, argument, selection) {
		const given = Array.isArray(selection) && selection.length > 0 ? (selection as unknown[]) : [argument];
		const none = vscode.l10n.t('There are no runs to delete');
		const { suiteRuns } = services;
		const runs = [];
		for (const one of given) {
			runs.push(await runArgument(services, one, { offer: ({ status }) => status !== 'running', none }));
		}
		if (runs.some(({ runId, status }) => status === 'running' || suiteRuns.running.includes(runId))) {
			throw new AppError('validation', vscode.l10n.t('The run is going on. Stop it first'), {
				info: { field: 'run' },
			});
		}
		const [first] = runs;
		const remove = vscode.l10n.t('Delete');
		const question =
			runs.length === 1
				? vscode.l10n.t('Delete this run of "{0}" with its answers?', first?.suiteName ?? '')
				: vscode.l10n.t('Delete {0} runs with their answers?', runs.length);
		const detail = vscode.l10n.t('This cannot be undone.');
		if ((await showWarning(question, { modal: true, detail }, remove)) !== remove) {
			throw cancelled();
		}
		const { files } = await suiteRuns.context();
		const store = await services.openStore();
		for (const { runId } of runs) {
			await files.remove(runId);
			await store.write((repositories) => {
				repositories.runs.remove(runId);
			});
		}
	},
};
