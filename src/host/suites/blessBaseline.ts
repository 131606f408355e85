import * as vscode from 'vscode';
import { AppError } from '../../common/errors.ts';
import type { Store } from '../../storage/contract.ts';
import type { Command } from '../kit/command.ts';
import { showInformation } from '../kit/notify.ts';
import { runArgument } from './runArgument.ts';
import type { SuiteServices } from './suiteServices.ts';

/** Makes a run the baseline of its prompt. Rejects with `validation` if it has nothing that others can be compared with. */
export async function blessRun(store: Pick<Store, 'read' | 'write'>, runId: string): Promise<void> {
	const { status, variants } = await store.read(({ runs }) => runs.get(runId));
	if (status === 'running') {
		throw new AppError('validation', vscode.l10n.t('The run is still going on. Wait for its end, or stop it'), {
			info: { field: 'runId' },
		});
	}
	if (!variants.some(({ isModel, passed, failed }) => isModel && passed + failed > 0)) {
		throw new AppError('validation', vscode.l10n.t('The run has no answers of a model to compare others with'), {
			info: { field: 'runId' },
		});
	}
	await store.write(({ runs }) => runs.bless(runId, new Date().toISOString()));
}

/** Makes a run the baseline of its prompt, with which later runs of the suite are compared. */
export const blessBaseline: Command<SuiteServices> = {
	id: 'blessBaseline',
	async run(services, argument) {
		const none = vscode.l10n.t('No suite was run yet');
		const offer = ({ status }: { status: string }) => status !== 'running';
		const { runId, suiteName } = await runArgument(services, argument, { none, offer });
		await blessRun(await services.openStore(), runId);
		void showInformation(vscode.l10n.t('Later runs of "{0}" are compared with this one.', suiteName));
		return { runId };
	},
};
